using System.Collections.Immutable;
using Limbeck.Data;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Augmentations;

/// <summary>Where the numbers of a draw come from.</summary>
/// <param name="Shape">Of the images.</param>
/// <param name="Count">How many numbers each function gets: 1, or one for each image.</param>
/// <param name="Random">Uniform numbers.</param>
readonly record struct DrawSource(ImageShape Shape, int Count, Generator Random)
{
    /// <summary>Values of u in [0, 1), each mapped.</summary>
    internal ImmutableArray<double> Uniform(Func<double, double> map)
    {
        using var uniform = Tensor.Rand([Count], Random, DType.Float64);
        return [.. uniform.ToArray<double>().Select(map)];
    }

    /// <summary>Whole numbers from low to high, both included.</summary>
    internal ImmutableArray<double> Whole(int low, int high)
    {
        using var whole = Tensor.Randint(low, high + 1L, [Count], Random);
        return [.. whole.ToArray<long>().Select(number => (double)number)];
    }
}
