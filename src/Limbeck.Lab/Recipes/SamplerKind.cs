namespace Limbeck.Lab.Recipes;

/// <summary>How a search chooses its values.</summary>
public enum SamplerKind
{
    /// <summary>From what was good so far: tree-structured Parzen estimator (Bergstra et al. 2011).</summary>
    Tpe,

    /// <summary>At random.</summary>
    Random,

    /// <summary>Every combination once.</summary>
    Grid,
}
