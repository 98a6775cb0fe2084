using System.Collections.Immutable;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Augmentations;

/// <summary>A function of images, with the numbers that were drawn for it: one for all images (D = 1), or one for each of them (D = B).</summary>
public abstract record ImageChange
{
    /// <summary>The changed images, B×C×H×W as they were.</summary>
    /// <exception cref="ArgumentException">Numbers were drawn for another count of images.</exception>
    public abstract Tensor Apply(Tensor imagesBCHW);

    /// <summary>Drawn numbers as D×1×1×1, of the images' type and place.</summary>
    private protected static Tensor Column(ImmutableArray<double> drawn, Tensor imagesBCHW) =>
        Fitting(drawn, imagesBCHW).Reshape(-1, 1, 1, 1).To(imagesBCHW.Device, imagesBCHW.DType);

    /// <summary>Drawn numbers as D×1×1, in double precision on the CPU, for coordinates.</summary>
    private protected static Tensor Coordinate(ImmutableArray<double> drawn, Tensor imagesBCHW) => Fitting(drawn, imagesBCHW).Reshape(-1, 1, 1);

    static Tensor Fitting(ImmutableArray<double> drawn, Tensor imagesBCHW) => drawn.Length == 1 || drawn.Length == imagesBCHW.Size(0)
        ? Tensor.From(drawn.AsSpan())
        : throw new ArgumentException($"augmentation was drawn for {drawn.Length} images, got {imagesBCHW.Describe()}: draw one for all of a batch, or one for each of its images", nameof(imagesBCHW));
}
