using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Augmentations;

/// <summary>Pixels by their coordinates. B images, C channels, H rows, W columns, D draws: 1 or B.</summary>
static class PixelGrid
{
    /// <summary>0 … H − 1, to broadcast along rows.</summary>
    internal static Tensor RowsH1(Tensor imagesBCHW) => Tensor.Arange(0, imagesBCHW.Size(2)).To(DType.Float64).Unsqueeze(1);

    /// <summary>0 … W − 1, to broadcast along columns.</summary>
    internal static Tensor Columns1W(Tensor imagesBCHW) => Tensor.Arange(0, imagesBCHW.Size(3)).To(DType.Float64).Unsqueeze(0);

    /// <summary>A share of a side, in whole pixels: ⌊ratio · size + ½⌋.</summary>
    internal static int Part(int size, double ratio) => (int)((size * ratio) + 0.5);

    /// <summary>out[i, j] = x[row[i, j], column[i, j]], 0 outside of the image. Coordinates are whole and broadcast to D×H×W.</summary>
    internal static Tensor Take(Tensor imagesBCHW, Tensor rowDHW, Tensor columnDHW)
    {
        var (batch, channels, height, width) = (imagesBCHW.Size(0), imagesBCHW.Size(1), imagesBCHW.Size(2), imagesBCHW.Size(3));
        var insideDHW = Within(rowDHW, height).LogicalAnd(Within(columnDHW, width));
        var placeDHW = ((rowDHW.Clamp(0, height - 1) * width) + columnDHW.Clamp(0, width - 1)).To(imagesBCHW.Device, DType.Int64);
        var takenBCP = imagesBCHW.Flatten(2).Gather(2, placeDHW.Flatten(1).Unsqueeze(1).Expand(batch, channels, height * width));
        return takenBCP.Reshape(imagesBCHW.Shape) * insideDHW.Unsqueeze(1).To(imagesBCHW.Device, imagesBCHW.DType);
    }

    static Tensor Within(Tensor coordinates, long size) => (coordinates >= 0).LogicalAnd(coordinates < size);
}
