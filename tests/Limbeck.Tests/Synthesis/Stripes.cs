using Limbeck.Data;
using Limbeck.Models;
using Limbeck.Synthesis;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Synthesis;

/// <summary>Twelve images of 8×8 in three classes, and a network of some hundred parameters for them.</summary>
sealed class Stripes : IDisposable
{
    static readonly ImageShape shape = new(1, 8, 8);

    internal ImageDataset Images { get; } = Make();

    internal Ingredients Ingredients => new(Images, Network);

    /// <summary>Another network that has an answer to everything.</summary>
    internal static Network Teacher()
    {
        using var random = new Generator(77);
        return new ConvNet(new(Depth: 1, Width: 8), 3, shape, random);
    }

    public void Dispose() => Images.Dispose();

    internal static Network Network(Generator random) => new ConvNet(new(Depth: 2, Width: 4), 3, shape, random);

    static ImageDataset Make()
    {
        // Class 0 has rows, 1 columns, 2 neither; each image with noise of its own.
        var noise = new Random(5);
        int[] labels = [.. Enumerable.Range(0, 12).Select(image => image % 3)];
        byte[] pixels = [.. from label in labels from y in Enumerable.Range(0, 8) from x in Enumerable.Range(0, 8)
                            select (byte)((label switch { 0 => y % 2, 1 => x % 2, _ => (x + y) / 4 % 2 } * 120) + noise.Next(100))];
        return new ImageDataset("stripes", Tensor.FromBytes(pixels, DType.UInt8, [12, 1, 8, 8]), labels, ["rows", "columns", "neither"], new Normalization([0.4], [0.25]));
    }
}
