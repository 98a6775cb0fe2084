using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Augmentations;

/// <summary>
/// Images looked up bilinearly under a linear map about their middle, 0 outside: out at p is x at A p. PyTorch's <c>affine_grid</c> and <c>grid_sample</c> in one,
/// but made of gathers, because ATen has no second derivative of <c>grid_sampler_2d</c>.
/// </summary>
/// <remarks>
/// Coordinates run from −1 to 1 along each side. In pixels from the middle this is x' = xx · x + xy · (W'/H') · y, y' = yx · (H'/W') · x + yy · y, where W' and H' are
/// the sides, or one less where corners are aligned. So aligning matters for turns of images that are not square, and for nothing else.
/// </remarks>
readonly record struct AffineMap(Tensor Xx, Tensor Xy, Tensor Yx, Tensor Yy)
{
    internal Tensor Sample(Tensor imagesBCHW, bool alignCorners)
    {
        var (height, width) = (imagesBCHW.Size(2), imagesBCHW.Size(3));
        var less = alignCorners ? 1 : 0;
        var aspect = Math.Max(1, width - less) / (double)Math.Max(1, height - less);
        var (middleX, middleY) = ((width - 1) / 2.0, (height - 1) / 2.0);
        var (x1W, yH1) = (PixelGrid.Columns1W(imagesBCHW) - middleX, PixelGrid.RowsH1(imagesBCHW) - middleY);

        var columnDHW = (Xx * x1W) + (Xy * aspect * yH1) + middleX;
        var rowDHW = (Yx / aspect * x1W) + (Yy * yH1) + middleY;
        var (leftDHW, topDHW) = (columnDHW.Floor(), rowDHW.Floor());
        var (rightDHW, bottomDHW) = (columnDHW - leftDHW, rowDHW - topDHW);

        return Corner(topDHW, leftDHW, (1 - bottomDHW) * (1 - rightDHW)) + Corner(topDHW, leftDHW + 1, (1 - bottomDHW) * rightDHW)
            + Corner(topDHW + 1, leftDHW, bottomDHW * (1 - rightDHW)) + Corner(topDHW + 1, leftDHW + 1, bottomDHW * rightDHW);

        Tensor Corner(Tensor row, Tensor column, Tensor weightDHW) =>
            PixelGrid.Take(imagesBCHW, row, column) * weightDHW.Unsqueeze(1).To(imagesBCHW.Device, imagesBCHW.DType);
    }
}
