using Limbeck.Torch.Tensors;

namespace Limbeck.Training.Synthesizing;

/// <summary>The gradient that leads to a flat minimum: g' − α g⊥, where g' is the gradient at θ + ρ g/|g|, and g⊥ the part of g across g'. Zhuang et al. 2022 (GSAM), algorithm 1; FTD (Du et al. 2023) trains experts by it.</summary>
static class FlatMinimum
{
    /// <param name="slope">g at some weights.</param>
    /// <param name="thetaP">θ.</param>
    /// <param name="radius">ρ.</param>
    /// <param name="balance">α.</param>
    internal static Tensor Slope(Func<Tensor, Tensor> slope, Tensor thetaP, double radius, double balance)
    {
        var hereP = slope(thetaP);
        var upP = slope(thetaP.Detach() + (radius / (hereP.Norm() + 1e-12) * hereP));
        var acrossP = hereP - ((hereP * upP).Sum() / (upP.Square().Sum() + 1e-12) * upP);
        return upP - (balance * acrossP);
    }
}
