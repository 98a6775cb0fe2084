using Limbeck.Torch.Tensors;

namespace Limbeck.Torch.Nn;

/// <summary>
/// A transposed convolution as an ordinary one of the small image, whose channels hold what becomes each block of stride × stride pixels: the same sums in another order
/// (Shi et al. 2016, "Is the deconvolution layer the same as a convolutional layer?").
/// </summary>
/// <remarks>For processors, where libtorch has a fast convolution and a slow transposed one: of 1.13, on one thread, forward and backward take 3 to 7 times as long.</remarks>
static class TransposedConvolution
{
    // B batch, I channels in, O out; K kernel and S stride of rows (h) and columns (w), K a multiple of S by zeros; T = K / S
    internal static Tensor Call(Tensor imagesBIHW, Tensor weightIOKK, Tensor? biasO, Size2d stride, Size2d padding, Size2d outputPadding)
    {
        var (inputs, outputs) = (weightIOKK.Size(0), weightIOKK.Size(1));
        var (rows, columns) = (new Side(imagesBIHW.Size(2), weightIOKK.Size(2), stride.Height, padding.Height, outputPadding.Height),
            new Side(imagesBIHW.Size(3), weightIOKK.Size(3), stride.Width, padding.Width, outputPadding.Width));
        var weightOSSITT = weightIOKK.Pad([0, columns.Missing, 0, rows.Missing])
            .Reshape(inputs, outputs, rows.Taps, rows.Stride, columns.Taps, columns.Stride).Permute(1, 3, 5, 0, 2, 4).Flip(4, 5);
        var blocksBOSSHW = Functional.Conv2d(imagesBIHW, weightOSSITT.Reshape(outputs * rows.Stride * columns.Stride, inputs, rows.Taps, columns.Taps), null, [1, 1], [rows.Taps - 1, columns.Taps - 1], [1, 1], 1);
        var wholeBOHW = blocksBOSSHW.Reshape(-1, outputs, rows.Stride, columns.Stride, rows.Blocks, columns.Blocks).Permute(0, 1, 4, 2, 5, 3)
            .Reshape(-1, outputs, rows.Blocks * rows.Stride, columns.Blocks * columns.Stride)
            .Pad([0, columns.Beyond, 0, rows.Beyond]).Narrow(2, rows.Padding, rows.Length).Narrow(3, columns.Padding, columns.Length);
        return biasO is null ? wholeBOHW : wholeBOHW + biasO.Reshape(-1, 1, 1);
    }

    readonly record struct Side(long Input, long Kernel, long Stride, long Padding, long OutputPadding)
    {
        internal long Taps => (Kernel + Stride - 1) / Stride;

        internal long Missing => (Taps * Stride) - Kernel;

        internal long Blocks => Input + Taps - 1;

        internal long Length => ((Input - 1) * Stride) - (2 * Padding) + Kernel + OutputPadding;

        // Output padding may ask for pixels that no window reaches.
        internal long Beyond => Math.Max(0, Padding + Length - (Blocks * Stride));
    }
}
