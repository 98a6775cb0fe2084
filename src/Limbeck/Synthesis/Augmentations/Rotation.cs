using System.Collections.Immutable;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Augmentations;

/// <summary>Turned about the middle: out at p is x at (cos θ px − sin θ py, sin θ px + cos θ py), in coordinates that run from −1 to 1 along both sides.</summary>
/// <param name="Radians">θ.</param>
/// <param name="AlignCorners">What lies at −1 and 1: the middles of the outermost pixels, or their outer edges. The same for square images.</param>
public sealed record Rotation(ImmutableArray<double> Radians, bool AlignCorners) : ImageChange
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor imagesBCHW)
    {
        var cosine = Coordinate([.. Radians.Select(Math.Cos)], imagesBCHW);
        var sine = Coordinate([.. Radians.Select(Math.Sin)], imagesBCHW);
        return new AffineMap(cosine, -sine, sine, cosine).Sample(imagesBCHW, AlignCorners);
    }

    internal static Rotation Draw(DrawSource source, double mostDegrees, bool alignCorners) =>
        new(source.Uniform(u => ((2 * u) - 1) * mostDegrees * Math.PI / 180), alignCorners);
}
