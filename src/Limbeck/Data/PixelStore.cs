using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;

namespace Limbeck.Data;

/// <summary>The pixels of a dataset, bytes or numbers that are normalised already, and the making of batches from them.</summary>
sealed class PixelStore : IDisposable
{
    readonly Tensor imagesNCHW;
    readonly Tensor scaleC;
    readonly Tensor shiftC;
    readonly Dictionary<int, Tensor> padded = [];

    internal PixelStore(Tensor imagesNCHW, Normalization normalization)
    {
        if (imagesNCHW.Dim != 4 || imagesNCHW.DType is not (DType.UInt8 or DType.Float32))
            throw new ArgumentException($"expected images as UInt8[N, C, H, W], or as Float32 of that shape where they are normalised already, got {imagesNCHW.Describe()}", nameof(imagesNCHW));
        var shape = imagesNCHW.Shape;
        Count = (int)shape[0];
        Shape = new ImageShape((int)shape[1], (int)shape[2], (int)shape[3]);
        if (normalization.Mean.Count != Shape.Channels || normalization.Std.Count != Shape.Channels)
            throw new ArgumentException($"{normalization.Mean.Count} means and {normalization.Std.Count} deviations for {Shape.Channels} channels", nameof(normalization));
        Normalization = normalization;
        this.imagesNCHW = imagesNCHW.Hold();
        scaleC = PerChannel(channel => 1 / (255 * normalization.Std[channel]));
        shiftC = PerChannel(channel => -normalization.Mean[channel] / normalization.Std[channel]);
    }

    internal int Count { get; }

    internal ImageShape Shape { get; }

    internal Normalization Normalization { get; }

    bool AreBytes => imagesNCHW.DType == DType.UInt8;

    internal Tensor Render(Views views, long[] rows, Augmentation augmentation)
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        var moved = augmentation.CropPadding > 0 || augmentation.Flip;
        var pixelsBCHW = moved ? Crop(views, rows, augmentation.CropPadding) : imagesNCHW.IndexSelect(0, Tensor.From<long>(rows));
        var imagesBCHW = pixelsBCHW.To(DType.Float32);
        if (AreBytes)
        {
            imagesBCHW.MulInPlace(scaleC);
            imagesBCHW.AddInPlace(shiftC);
        }

        if (augmentation.CutoutLength > 0) Cut(imagesBCHW, views, augmentation.CutoutLength);
        return scope.Keep(imagesBCHW);
    }

    internal byte[] Raw(long row)
    {
        using var scope = new Scope();
        var imageCHW = imagesNCHW.Select(0, row);
        return (AreBytes ? imageCHW : Normalization.ToBytes(imageCHW.Unsqueeze(0))).ToArray<byte>();
    }

    public void Dispose()
    {
        imagesNCHW.Dispose();
        scaleC.Dispose();
        shiftC.Dispose();
        foreach (var copy in padded.Values) copy.Dispose();
        Normalization.Zca?.Dispose();
    }

    // Whole rows are gathered first (a copy of bytes), columns second: crop and flip are then one index each.
    Tensor Crop(Views views, long[] rows, int padding)
    {
        var (channels, height, width) = (Shape.Channels, Shape.Height, Shape.Width);
        var (paddedHeight, paddedWidth) = (height + (2 * padding), width + (2 * padding));
        var batch = rows.Length;
        var sourceB = Tensor.From<long>(rows).Reshape(-1, 1, 1);
        var shiftYB = Tensor.From<int>(views.ShiftY).To(DType.Int64).Reshape(-1, 1, 1);
        var shiftXB = Tensor.From<int>(views.ShiftX).To(DType.Int64).Reshape(-1, 1);
        var flippedB = Tensor.From<bool>(views.Flipped).Reshape(-1, 1);

        var channelC = Tensor.Arange(0, channels).Reshape(1, -1, 1);
        var rowBCH = ((sourceB * channels) + channelC) * paddedHeight + (Tensor.Arange(0, height).Reshape(1, 1, -1) + padding - shiftYB);
        var linesLW = Padded(padding).Reshape(-1, paddedWidth).IndexSelect(0, rowBCH.Reshape(-1));

        var columnsW = Tensor.Arange(0, width).Reshape(1, -1);
        var columnBW = flippedB.Where(width - 1 - columnsW, columnsW) + padding - shiftXB;
        var columnBLW = columnBW.Unsqueeze(1).Expand(batch, channels * height, width);
        return linesLW.Reshape(batch, channels * height, paddedWidth).Gather(2, columnBLW).Reshape(batch, channels, height, width);
    }

    static void Cut(Tensor imagesBCHW, Views views, int length)
    {
        var (height, width) = (imagesBCHW.Size(2), imagesBCHW.Size(3));
        var insideYBH = Near(Tensor.Arange(0, height), views.HoleY, length).Unsqueeze(2);
        var insideXBW = Near(Tensor.Arange(0, width), views.HoleX, length).Unsqueeze(1);
        imagesBCHW.MaskedFillInPlace(insideYBH.LogicalAnd(insideXBW).Unsqueeze(1), 0);
    }

    // The square covers [centre − length/2, centre + length/2), clipped at the edges, as in the paper's code.
    static Tensor Near(Tensor positions, int[] centres, int length)
    {
        var start = Tensor.From<int>(centres).To(DType.Int64).Reshape(-1, 1) - (length / 2);
        var offset = positions.Reshape(1, -1) - start;
        return (offset >= 0).LogicalAnd(offset < 2 * (length / 2));
    }

    // Trainings on several threads may share the pixels and pad differently: no copy goes before all of it does.
    Tensor Padded(int padding)
    {
        if (padding == 0) return imagesNCHW;
        lock (padded)
        {
            if (!padded.TryGetValue(padding, out var copy)) padded.Add(padding, copy = imagesNCHW.Pad([padding, padding, padding, padding]).Hold());
            return copy;
        }
    }

    Tensor PerChannel(Func<int, double> value) =>
        Tensor.From<float>([.. Enumerable.Range(0, Shape.Channels).Select(channel => (float)value(channel))], [1, Shape.Channels, 1, 1]).Hold();
}
