namespace Limbeck.Lab.Recipes;

/// <summary>Which images are taken where not all are.</summary>
public enum DataOrder
{
    /// <summary>Drawn by the data's seed.</summary>
    Random,

    /// <summary>As they stand in the files: the last ones are held out, the first of the others are trained on.</summary>
    File,
}
