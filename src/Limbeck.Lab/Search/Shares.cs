namespace Limbeck.Lab.Search;

/// <summary>How likely each of some choices is, given those seen: each observation speaks for its choice, and a little, the prior shared out among all of them, for every choice.</summary>
/// <remarks>The rows of Optuna's categorical estimator, added up: row i is 1 at its choice plus 1/(n + 1) everywhere, normalised; the prior's row is flat.</remarks>
sealed class Shares : IDensity
{
    readonly double[] shares;

    internal Shares(int choices, IReadOnlyList<double> seen)
    {
        var weights = Recency.Weights(seen.Count);
        var everywhere = 1.0 / (seen.Count + 1);
        var row = 1 + (choices * everywhere);
        shares = [.. Enumerable.Repeat((weights[^1] / choices) + ((1 - weights[^1]) * everywhere / row), choices)];
        foreach (var (choice, weight) in seen.Zip(weights)) shares[(int)choice] += weight / row;
    }

    /// <inheritdoc/>
    public double Draw(Dice dice) => dice.Pick(shares);

    /// <inheritdoc/>
    public double Of(double value) => shares[(int)value];
}
