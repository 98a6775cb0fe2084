using System.Collections.Immutable;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Augmentations;

/// <summary>x + s for every pixel, s = (u − ½) · strength.</summary>
/// <param name="Shift">s.</param>
public sealed record Brightness(ImmutableArray<double> Shift) : ImageChange
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor imagesBCHW) => imagesBCHW + Column(Shift, imagesBCHW);

    internal static Brightness Draw(DrawSource source, double strength) => new(source.Uniform(u => (u - 0.5) * strength));
}
