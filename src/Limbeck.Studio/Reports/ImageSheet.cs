using Limbeck.Data.Distilled;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;

namespace Limbeck.Studio.Reports;

/// <summary>All images of a distilled set on one picture, each class on lines of its own.</summary>
/// <remarks>The images are taken back from their normalisation and clipped: other codes' sheets, and who saves what a network sees, show other colours.</remarks>
public static class ImageSheet
{
    const int MostColumns = 50;
    const int Border = 1;
    const int White = 255;

    // Small images are enlarged by whole factors, so that pixels stay square and sharp.
    const int Width = 64;

    /// <summary>The sheet as a PNG file.</summary>
    public static byte[] Of(DistilledSet set)
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        // N images, C channels, H×W pixels of an image with its border; R lines of K columns
        var tilesNCHW = Enlarged(set.Pixels(), Math.Max(1, Width / set.Shape.Width)).Pad([Border, Border, Border, Border], White);
        var lines = Lines(set);
        var columns = lines.Max(line => line.Length);
        var blank = set.Count;
        long[] places = [.. lines.SelectMany(line => line.Concat(Enumerable.Repeat(blank, columns - line.Length))).Select(image => (long)image)];
        var (channels, height, width) = (tilesNCHW.Size(1), tilesNCHW.Size(2), tilesNCHW.Size(3));
        var sheetCHW = Tensor.Cat([tilesNCHW, Tensor.Full([1, channels, height, width], White, DType.UInt8)]).IndexSelect(0, Tensor.From<long>(places))
            .Reshape(lines.Count, columns, channels, height, width).Permute(2, 0, 3, 1, 4).Reshape(channels, lines.Count * height, columns * width);
        return Png.Encode(sheetCHW.ToArray<byte>(), (int)channels, (int)sheetCHW.Size(1), (int)sheetCHW.Size(2));
    }

    static List<int[]> Lines(DistilledSet set) =>
        [.. set.Classes().Index().GroupBy(image => image.Item, image => image.Index).OrderBy(group => group.Key).SelectMany(group => group.Chunk(MostColumns))];

    static Tensor Enlarged(Tensor imagesNCHW, int factor)
    {
        var (images, channels, height, width) = (imagesNCHW.Size(0), imagesNCHW.Size(1), imagesNCHW.Size(2), imagesNCHW.Size(3));
        return imagesNCHW.Reshape(images, channels, height, 1, width, 1).Expand(images, channels, height, factor, width, factor).Reshape(images, channels, height * factor, width * factor);
    }
}
