using System.Collections.Immutable;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Augmentations;

/// <summary>f (x − m) + m, m the mean of a pixel's channels, f = strength · u: between grey and colours that are twice as strong.</summary>
/// <param name="Factor">f.</param>
public sealed record Saturation(ImmutableArray<double> Factor) : ImageChange
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor imagesBCHW)
    {
        var greyB1HW = imagesBCHW.Mean(1, keepDim: true);
        return ((imagesBCHW - greyB1HW) * Column(Factor, imagesBCHW)) + greyB1HW;
    }

    internal static Saturation Draw(DrawSource source, double strength) => new(source.Uniform(u => strength * u));
}
