namespace Limbeck.Lab.Search;

/// <summary>Every combination of values once, the last parameter changing first.</summary>
sealed class GridSampler : ISampler
{
    /// <summary>How many combinations there are; infinite where a domain is not countable.</summary>
    internal static double Size(IEnumerable<Parameter> space) => space.Aggregate(1.0, (points, parameter) => points * (parameter.Domain.Count ?? double.PositiveInfinity));

    /// <inheritdoc/>
    public IReadOnlyList<double> Propose(IReadOnlyList<Parameter> space, IReadOnlyList<Trial> earlier, int number)
    {
        var values = new double[space.Count];
        for (var i = space.Count - 1; i >= 0; i--)
        {
            (number, var digit) = Math.DivRem(number, space[i].Domain.Count!.Value);
            values[i] = space[i].Domain.At(digit);
        }

        return values;
    }
}
