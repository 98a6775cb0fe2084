using System.Collections.Immutable;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Augmentations;

/// <summary>Stretched about the middle: out at p is x at (sx px, sy py); sx and sy uniform in [1/most, most], each by itself.</summary>
/// <param name="X">sx; above 1 makes things narrower.</param>
/// <param name="Y">sy.</param>
/// <remarks>Whether corners or edges of pixels are aligned makes no difference here: see <see cref="AffineMap"/>.</remarks>
public sealed record Scale(ImmutableArray<double> X, ImmutableArray<double> Y) : ImageChange
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor imagesBCHW)
    {
        var none = Tensor.Zeros([1, 1, 1], DType.Float64);
        return new AffineMap(Coordinate(X, imagesBCHW), none, none, Coordinate(Y, imagesBCHW)).Sample(imagesBCHW, alignCorners: false);
    }

    internal static Scale Draw(DrawSource source, double most)
    {
        return new(source.Uniform(Stretch), source.Uniform(Stretch));

        double Stretch(double u) => (1 / most) + (u * (most - (1 / most)));
    }
}
