namespace Limbeck.Lab.Search;

/// <summary>What a line of a journal does: Optuna's <c>op_code</c>.</summary>
enum JournalOperation
{
    /// <summary>Begins a study.</summary>
    CreateStudy = 0,

    /// <summary>Begins a trial.</summary>
    CreateTrial = 4,

    /// <summary>Sets one value of a trial.</summary>
    SetTrialParam = 5,

    /// <summary>Ends a trial.</summary>
    SetTrialStateValues = 6,

    /// <summary>Sets the value of a trial at an epoch.</summary>
    SetTrialIntermediateValue = 7,
}
