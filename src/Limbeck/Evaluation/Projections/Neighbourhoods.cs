using Limbeck.Torch.Tensors;

namespace Limbeck.Evaluation.Projections;

/// <summary>
/// p(j|i) ∝ exp(−β_i ‖x_i − x_j‖²) over the others of each point, with β_i = 1 / 2σ_i² so that exp(H(p(·|i))) is the perplexity: a smooth count of neighbours.
/// Van der Maaten, Hinton 2008, section 2, equation 1.
/// </summary>
static class Neighbourhoods
{
    const double Tolerance = 1e-9;
    const double Tiny = 1e-30;
    const int MostSteps = 200;

    /// <summary>The probabilities, found by bisection for all points at once. A point with more twins than the perplexity gets as near as it can.</summary>
    /// <param name="distancesNO">Squared distances of N points to their N − 1 others.</param>
    /// <param name="perplexity">In (1, N − 1).</param>
    internal static Tensor Of(Tensor distancesNO, double perplexity)
    {
        using var scope = new Scope();
        var betaN1 = distancesNO.Mean(1, keepDim: true).Clamp(min: Tiny).Reciprocal();
        var (lowN1, highN1) = (betaN1.ZerosLike(), betaN1 + double.PositiveInfinity);
        for (var step = 0; step < MostSteps; step++)
        {
            using var one = new Scope();
            var surplusN1 = Entropy(distancesNO, betaN1) - Math.Log(perplexity);
            if (surplusN1.Abs().Max().Item() < Tolerance) break;
            var wide = surplusN1 > 0;
            lowN1 = one.Keep(wide.Where(betaN1, lowN1));
            highN1 = one.Keep(wide.Where(highN1, betaN1));
            betaN1 = one.Keep(highN1.IsFinite().Where((lowN1 + highN1) / 2, 2 * betaN1));
        }

        return scope.Keep((-betaN1 * distancesNO).Softmax(1));
    }

    static Tensor Entropy(Tensor distancesNO, Tensor betaN1)
    {
        using var scope = new Scope();
        var logNO = (-betaN1 * distancesNO).LogSoftmax(1);
        return scope.Keep(-(logNO.Exp() * logNO).Sum(1, keepDim: true));
    }
}
