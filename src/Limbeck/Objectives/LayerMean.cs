using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>Networks that predict what a teacher has at one place from what a student has at another, whatever the two shapes.</summary>
/// <remarks>
/// Maps from maps: three convolutions with batch norm and ReLU between them, twice the student's and then twice the teacher's channels inside; 1×1 where the sizes agree, strided
/// to smaller maps, transposed to larger ones. Anything else: a linear layer of all entries.
/// </remarks>
static class LayerMean
{
    /// <param name="own">B×C×H×W or B×C of the student.</param>
    /// <param name="taught">Likewise of the teacher.</param>
    /// <param name="random">Source of the initial weights.</param>
    internal static Module Between(Tensor own, Tensor taught, Generator random) => (own.Dim, taught.Dim) switch
    {
        (4, 4) => Maps(own.Size(1), SizeOf(own), taught.Size(1), SizeOf(taught), random),
        (4, _) => new Sequential(new Flatten(), new Linear(EntriesOf(own), taught.Size(1), random)),
        (_, 4) => new Sequential(new Linear(own.Size(1), EntriesOf(taught), random), new Unflatten(taught.Size(1), SizeOf(taught))),
        _ => new Linear(own.Size(1), taught.Size(1), random),
    };

    static Sequential Maps(long from, Size2d own, long to, Size2d taught, Generator random)
    {
        var common = new Size2d(Math.Min(own.Height, taught.Height), Math.Min(own.Width, taught.Width));
        // Taller and narrower: no one convolution does both.
        if (common != own && common != taught) return new(new AdaptiveAvgPool2d(common), Maps(from, common, to, taught, random));
        var (rows, columns) = (SizeStep.Between(own.Height, taught.Height), SizeStep.Between(own.Width, taught.Width));
        long[] channels = [from, 2 * from, 2 * to, to];
        return new(Layer(0), new BatchNorm2d(channels[1]), new Relu(), Layer(1), new BatchNorm2d(channels[2]), new Relu(), Layer(2));

        Module Layer(int k)
        {
            var (row, column, isLast) = (rows[k], columns[k], k == rows.Count - 1);
            Size2d kernel = new(row.Kernel, column.Kernel), stride = new(row.Stride, column.Stride), padding = new(row.Padding, column.Padding);
            return common == taught
                ? new Conv2d(channels[k], channels[k + 1], kernel, random, stride, padding, bias: isLast)
                : new ConvTranspose2d(channels[k], channels[k + 1], kernel, random, stride, padding, new Size2d(row.Surplus, column.Surplus), bias: isLast);
        }
    }

    static Size2d SizeOf(Tensor maps) => new(maps.Size(2), maps.Size(3));

    static long EntriesOf(Tensor maps) => maps.Size(1) * maps.Size(2) * maps.Size(3);
}
