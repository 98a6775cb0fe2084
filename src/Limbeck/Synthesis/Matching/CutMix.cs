using Limbeck.Data;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Matching;

/// <summary>A rectangle of every image of a batch is taken from another image of it, and the loss is that of both labels, by their shares of the pixels. Yun et al. 2019 (ICCV), equation 1 and algorithm A1.</summary>
/// <remarks>
/// λ is uniform in [0, 1] (β = 1) and the rectangle about √(1 − λ) of each side, around a centre anywhere and clipped at the edges. As in the code of IDC, it reaches ⌊⌊side √(1 − λ)⌋ / 2⌋ to either side of the centre, so
/// that a side is even before it is clipped, and the shares are those of what is left.
/// </remarks>
/// <param name="OrderB">Whose rectangle each image gets, int64.</param>
/// <param name="Top">First row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Left">First column.</param>
/// <param name="Width">Columns.</param>
sealed record CutMix(Tensor OrderB, int Top, int Height, int Left, int Width)
{
    /// <summary>Draws for a batch; null, by 1 − probability, for none.</summary>
    internal static CutMix? Draw(double probability, ImageShape shape, long images, Generator random)
    {
        if (probability == 0 || Uniform() >= probability) return null;
        var share = Math.Sqrt(1 - Uniform());
        var ((top, height), (left, width)) = (Span(shape.Height), Span(shape.Width));
        return new CutMix(Tensor.Randperm(images, random), top, height, left, width);

        double Uniform() => Tensor.Rand([1], random, DType.Float64).Item();

        (int Start, int Size) Span(int side)
        {
            var (centre, half) = ((int)Tensor.Randint(0, side, [1], random).Item(), (int)(side * share) / 2);
            var start = Math.Max(0, centre - half);
            return (start, Math.Min(side, centre + half) - start);
        }
    }

    /// <summary>The images with their rectangles exchanged; no gradient goes to them.</summary>
    internal Tensor Apply(Tensor imagesBCHW)
    {
        if (Height == 0 || Width == 0) return imagesBCHW;
        var mixedBCHW = imagesBCHW.Clone();
        Cut(mixedBCHW).CopyFrom(Cut(imagesBCHW.IndexSelect(0, OrderB.To(imagesBCHW.Device))));
        return mixedBCHW;
    }

    /// <summary>Share of an image that stays its own.</summary>
    internal double Kept(ImageShape shape) => 1 - ((double)Height * Width / (shape.Height * shape.Width));

    /// <summary>Cross-entropy with both labels.</summary>
    internal Tensor Loss(Module network, Tensor imagesBCHW, Tensor labelsB, ImageShape shape)
    {
        var logitsBK = network.Call(Apply(imagesBCHW));
        var kept = Kept(shape);
        return (kept * Functional.CrossEntropy(logitsBK, labelsB)) + ((1 - kept) * Functional.CrossEntropy(logitsBK, labelsB.IndexSelect(0, OrderB.To(labelsB.Device))));
    }

    Tensor Cut(Tensor imagesBCHW) => imagesBCHW.Narrow(2, Top, Height).Narrow(3, Left, Width);
}
