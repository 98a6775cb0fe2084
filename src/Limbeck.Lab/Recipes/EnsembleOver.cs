namespace Limbeck.Lab.Recipes;

/// <summary>Which networks of the named stages make one ensemble.</summary>
public enum EnsembleOver
{
    /// <summary>All seeds of all of them: one ensemble.</summary>
    Seeds,

    /// <summary>One network of each stage: an ensemble for each seed, repeated as trainings are.</summary>
    Stages,
}
