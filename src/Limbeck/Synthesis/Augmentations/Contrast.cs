using System.Collections.Immutable;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Augmentations;

/// <summary>f (x − m) + m, m the mean of the whole image, f = u + strength.</summary>
/// <param name="Factor">f.</param>
public sealed record Contrast(ImmutableArray<double> Factor) : ImageChange
{
    static readonly long[] image = [1, 2, 3];

    /// <inheritdoc/>
    public override Tensor Apply(Tensor imagesBCHW)
    {
        var meanB111 = imagesBCHW.Mean(image, keepDim: true);
        return ((imagesBCHW - meanB111) * Column(Factor, imagesBCHW)) + meanB111;
    }

    internal static Contrast Draw(DrawSource source, double strength) => new(source.Uniform(u => u + strength));
}
