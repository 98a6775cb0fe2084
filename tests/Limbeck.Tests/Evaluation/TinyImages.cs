using Limbeck.Data;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Evaluation;

/// <summary>Random images of 2 channels and 3×2 pixels in 2 classes, under a normalisation that is not the identity.</summary>
static class TinyImages
{
    internal const int Channels = 2, Pixels = 6, Numbers = Channels * Pixels;

    internal static readonly Normalization Normalization = new([0.4, 0.55], [0.2, 0.35]);

    internal static ImageDataset Make(int count, byte low = 90, byte high = 160)
    {
        using var scope = new Scope();
        using var random = new Generator(7);
        var pixelsNCHW = Tensor.Randint(low, high + 1, [count, Channels, 3, 2], random).To(DType.UInt8);
        return new ImageDataset("tiny", pixelsNCHW, [.. Enumerable.Range(0, count).Select(i => i % 2)], ["even", "odd"], Normalization);
    }

    /// <summary>Pixels in [0, 1], channel by channel.</summary>
    internal static double[] Image(ImageDataset data, int sample) => [.. data.Pixels(sample).Select(value => value / 255.0)];

    internal static double Mean(int number) => Normalization.Mean[number / Pixels];

    internal static double Std(int number) => Normalization.Std[number / Pixels];
}
