namespace Limbeck.Lab.Search;

/// <summary>A distribution over the values of a domain.</summary>
interface IDensity
{
    /// <summary>A value.</summary>
    double Draw(Dice dice);

    /// <summary>How likely a value is. Only ratios between densities of one domain mean something.</summary>
    double Of(double value);
}
