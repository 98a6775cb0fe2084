using System.Text.Json.Nodes;

namespace Limbeck.Lab.Search;

/// <summary>Numbers between two bounds, both included.</summary>
/// <param name="Low">The least.</param>
/// <param name="High">The greatest that may be reached: with a step, the last one not above it.</param>
/// <param name="Step">Distance of neighbours, counted from <paramref name="Low"/>; null for all numbers between.</param>
/// <param name="IsLog">Drawn uniformly in the logarithm; has no step.</param>
sealed record Interval(double Low, double High, double? Step = null, bool IsLog = false) : Domain
{
    /// <inheritdoc/>
    internal override int? Count => Step is { } step ? (int)Math.Floor((((decimal)High - (decimal)Low) / (decimal)step)) + 1 : null;

    /// <summary>The interval on the axis where it is uniform. A step's neighbourhood belongs to it, so that the ends are as likely as the rest.</summary>
    internal (double Low, double High) Axis => Step is { } step ? (Low - (step / 2), At(Count!.Value - 1) + (step / 2)) : (OnAxis(Low), OnAxis(High));

    /// <inheritdoc/>
    // In decimals: 0.05 + 5 · 0.05 is 0.3 to a person, and to whoever compares stage keys.
    internal override double At(int index) => Step is { } step
        ? (double)((decimal)Low + (index * (decimal)step))
        : throw new InvalidOperationException($"the numbers between {Low} and {High} are not countable: give them a step");

    /// <inheritdoc/>
    internal override bool Contains(double value) => Step is { } step
        ? Math.Round((value - Low) / step) is >= 0 and var index && index < Count && At((int)index) == value
        : value >= Low && value <= High;

    /// <inheritdoc/>
    internal override double Draw(Dice dice) => FromAxis(Axis.Low + (dice.Fraction() * (Axis.High - Axis.Low)));

    /// <inheritdoc/>
    internal override IDensity Around(IReadOnlyList<double> values) => new NormalMixture(this, values);

    /// <inheritdoc/>
    internal override JsonNode Write(double value) => value;

    internal double OnAxis(double value) => IsLog ? Math.Log(value) : value;

    /// <summary>The value nearest to a place on the axis.</summary>
    internal double FromAxis(double place) => Step is { } step
        ? At((int)Math.Clamp(Math.Round((place - Low) / step), 0, Count!.Value - 1))
        : Math.Clamp(IsLog ? Math.Exp(place) : place, Low, High);
}
