using System.Text.Json.Nodes;

namespace Limbeck.Lab.Search;

/// <summary>Values with no order between them.</summary>
/// <param name="Values">The values, as a recipe writes them.</param>
sealed record Choices(IReadOnlyList<JsonNode> Values) : Domain
{
    /// <inheritdoc/>
    internal override int? Count => Values.Count;

    /// <inheritdoc/>
    internal override double At(int index) => index;

    /// <inheritdoc/>
    internal override bool Contains(double value) => value >= 0 && value < Values.Count && value == Math.Floor(value);

    /// <inheritdoc/>
    internal override double Draw(Dice dice) => (int)(dice.Fraction() * Values.Count);

    /// <inheritdoc/>
    internal override IDensity Around(IReadOnlyList<double> values) => new Shares(Values.Count, values);

    /// <inheritdoc/>
    internal override JsonNode Write(double value) => Values[(int)value].DeepClone();
}
