namespace Limbeck.Evaluation;

/// <summary>Accuracy against the strength of a disturbance.</summary>
/// <param name="Strengths">From 0 up, evenly spaced, in the disturbance's own unit.</param>
/// <param name="Accuracies">Share of right answers at each strength, in [0, 1].</param>
public sealed record RobustnessCurve(IReadOnlyList<double> Strengths, IReadOnlyList<double> Accuracies)
{
    /// <summary>Area under the curve by trapezoids over the range of strengths, in [0, 1]: the accuracy at a strength drawn from that range.</summary>
    public double Area => Enumerable.Range(1, Strengths.Count - 1)
        .Sum(k => (Strengths[k] - Strengths[k - 1]) * (Accuracies[k] + Accuracies[k - 1]) / 2) / (Strengths[^1] - Strengths[0]);

    internal static double[] Evenly(double most, int points) => [.. Enumerable.Range(0, points).Select(k => most * k / (points - 1))];
}
