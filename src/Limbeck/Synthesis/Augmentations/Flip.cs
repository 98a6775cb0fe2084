using System.Collections.Immutable;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Augmentations;

/// <summary>Mirrored left to right where the drawn u lies below the probability.</summary>
/// <param name="Flipped">1 where mirrored, else 0.</param>
public sealed record Flip(ImmutableArray<double> Flipped) : ImageChange
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor imagesBCHW) => (Column(Flipped, imagesBCHW) > 0).Where(imagesBCHW.Flip(3), imagesBCHW);

    internal static Flip Draw(DrawSource source, double probability) => new(source.Uniform(u => u < probability ? 1 : 0));
}
