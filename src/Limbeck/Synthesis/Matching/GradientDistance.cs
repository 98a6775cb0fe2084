using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Matching;

/// <summary>How far apart two gradients of one network are, parameter by parameter; differentiable by both.</summary>
/// <remarks>Only weights count: a parameter of one dimension (biases, norms) adds nothing, as in the codes of DC and IDC; IDC's leaves linear layers out too.</remarks>
public static class GradientDistance
{
    // DC's code: keeps the cosine of a unit without gradient at 0.
    const double LeastProduct = 1e-6;

    /// <summary>The distance that a metric names.</summary>
    /// <param name="metric">Which.</param>
    /// <param name="synthetic">A gradient for each parameter.</param>
    /// <param name="real">The other.</param>
    /// <param name="leastDim">Dimensions of a parameter that counts: 2 for every weight, 3 for convolutions alone.</param>
    /// <exception cref="ArgumentException">The gradients are not of one network, or none of them counts.</exception>
    public static Tensor Of(GradientMetric metric, IReadOnlyList<Tensor> synthetic, IReadOnlyList<Tensor> real, int leastDim = 2) => metric switch
    {
        GradientMetric.Cosine => Sum(synthetic, real, leastDim, Cosine),
        GradientMetric.Squares => Sum(synthetic, real, leastDim, (own, other) => (own - other).Square().Sum()),
        GradientMetric.Absolute => Sum(synthetic, real, leastDim, (own, other) => (own - other).Abs().Sum()),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "unknown metric"),
    };

    // Σ_o 1 − g_o · h_o / (‖g_o‖ ‖h_o‖ + 1e-6), o the output units. Zhao, Mopuri, Bilen 2021 (ICLR), equation 10. The original adds into a number of single precision whatever the gradients have.
    static Tensor Cosine(Tensor own, Tensor other)
    {
        // O output units, I what goes into each.
        var (ownOI, otherOI) = (own.Flatten(1), other.Flatten(1));
        var lengthsO = ownOI.Norm([1]) * otherOI.Norm([1]);
        return (1 - ((ownOI * otherOI).Sum(1) / (lengthsO + LeastProduct))).Sum();
    }

    static Tensor Sum(IReadOnlyList<Tensor> synthetic, IReadOnlyList<Tensor> real, int leastDim, Func<Tensor, Tensor, Tensor> distance)
    {
        if (synthetic.Count != real.Count) throw new ArgumentException($"gradients of {synthetic.Count} and of {real.Count} parameters: both must be of one network", nameof(real));
        var counting = synthetic.Zip(real).Where(pair => pair.First.Dim >= leastDim).ToList();
        return counting.Count > 0
            ? counting.Select(pair => distance(pair.First, pair.Second)).Aggregate((sum, next) => sum + next)
            : throw new ArgumentException($"none of {synthetic.Count} parameters has {leastDim} dimensions or more: nothing to match", nameof(synthetic));
    }
}
