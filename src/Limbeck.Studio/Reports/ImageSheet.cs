using Limbeck.Data.Distilled;
using Limbeck.Lab.Runs;
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
        using var scope = new Scope();
        var sheetCHW = Draw(set.Pixels(), set.Classes(), Width);
        return Png.Encode(sheetCHW.ToArray<byte>(), (int)sheetCHW.Size(0), (int)sheetCHW.Size(1), (int)sheetCHW.Size(2));
    }

    /// <summary>A sheet for a page, its images not enlarged.</summary>
    internal static string DataUri(SetPicture set) => DataUri(set, set.Labels, set.Pixels);

    /// <summary>A sheet of some of its images, as they were on the way.</summary>
    internal static string DataUri(SetPicture set, SetFrame frame) => DataUri(set, frame.Labels, frame.Pixels);

    static string DataUri(SetPicture set, IReadOnlyList<int> labels, byte[] pixels)
    {
        using var scope = new Scope();
        var sheetCHW = Draw(Tensor.FromBytes(pixels, DType.UInt8, [labels.Count, set.Channels, set.Height, set.Width]), labels, width: 0);
        return Png.DataUri(sheetCHW.ToArray<byte>(), (int)sheetCHW.Size(0), (int)sheetCHW.Size(1), (int)sheetCHW.Size(2));
    }

    // N images, C channels, H×W pixels of an image with its border
    static Tensor Draw(Tensor imagesNCHW, IReadOnlyList<int> labels, int width)
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        var tilesNCHW = Enlarged(imagesNCHW, Math.Max(1, width / imagesNCHW.Size(3))).Pad([Border, Border, Border, Border], White);
        var lines = Lines(labels);
        var columns = lines.Max(line => line.Length);
        long[] places = [.. lines.SelectMany(line => line.Concat(Enumerable.Repeat(labels.Count, columns - line.Length))).Select(image => (long)image)];
        var (channels, tileHeight, tileWidth) = (tilesNCHW.Size(1), tilesNCHW.Size(2), tilesNCHW.Size(3));
        var blankCHW = Tensor.Full([1, channels, tileHeight, tileWidth], White, DType.UInt8);
        return scope.Keep(Tensor.Cat([tilesNCHW, blankCHW]).IndexSelect(0, Tensor.From<long>(places))
            .Reshape(lines.Count, columns, channels, tileHeight, tileWidth).Permute(2, 0, 3, 1, 4).Reshape(channels, lines.Count * tileHeight, columns * tileWidth));
    }

    static List<int[]> Lines(IReadOnlyList<int> labels) =>
        [.. labels.Index().GroupBy(image => image.Item, image => image.Index).OrderBy(group => group.Key).SelectMany(group => group.Chunk(MostColumns))];

    static Tensor Enlarged(Tensor imagesNCHW, long factor)
    {
        var (images, channels, height, width) = (imagesNCHW.Size(0), imagesNCHW.Size(1), imagesNCHW.Size(2), imagesNCHW.Size(3));
        return imagesNCHW.Reshape(images, channels, height, 1, width, 1).Expand(images, channels, height, factor, width, factor).Reshape(images, channels, height * factor, width * factor);
    }
}
