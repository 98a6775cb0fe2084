namespace Limbeck.Lab.Search;

/// <summary>How far a trial is. The numbers are those of Optuna's journal; a trial with a greater one is worth less.</summary>
enum TrialState
{
    /// <summary>Not at its end.</summary>
    Running = 0,

    /// <summary>At its end, with a value.</summary>
    Complete = 1,

    /// <summary>Stopped before its end, since others were better by then.</summary>
    Pruned = 2,

    /// <summary>Its training diverged.</summary>
    Failed = 3,
}
