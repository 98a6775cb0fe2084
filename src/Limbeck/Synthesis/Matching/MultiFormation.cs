using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Matching;

/// <summary>
/// One stored image as f × f images: cut into tiles, each enlarged bilinearly to the whole size. As many pixels hold f² times as many images of 1/f² the resolution. Kim et al. 2022 (IDC), section 4.1.
/// </summary>
/// <remarks>Where f does not divide a side, zeros are added to the right and below. In normalised space that is the mean image; IDC's code adds ½ in pixels of [0, 1].</remarks>
public static class MultiFormation
{
    /// <summary>N·f² images, tile by tile: first the upper left one of every image, then those to its right, row by row. Linear in the pixels.</summary>
    /// <param name="imagesNCHW">What is stored.</param>
    /// <param name="factor">f, at least 1; 1 changes nothing.</param>
    public static Tensor Decode(Tensor imagesNCHW, int factor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        if (factor == 1) return imagesNCHW;
        var (count, channels, height, width) = (imagesNCHW.Size(0), imagesNCHW.Size(1), imagesNCHW.Size(2), imagesNCHW.Size(3));
        var (tileHeight, tileWidth) = ((height + factor - 1) / factor, (width + factor - 1) / factor);
        var (below, right) = ((tileHeight * factor) - height, (tileWidth * factor) - width);
        var paddedNCHW = below + right > 0 ? imagesNCHW.Pad([0, right, 0, below]) : imagesNCHW;
        // Y, X which tile; H, W where in it.
        var tilesYXNCHW = paddedNCHW.Reshape(count, channels, factor, tileHeight, factor, tileWidth).Permute(2, 4, 0, 1, 3, 5);
        return Functional.Bilinear(tilesYXNCHW.Reshape(-1, channels, tileHeight, tileWidth), [height, width]);
    }

    /// <summary>N·f² images as N: what <see cref="Decode"/> takes apart, each made small by taking the nearest pixels.</summary>
    /// <exception cref="ArgumentException">The number of images is no multiple of f².</exception>
    public static Tensor Encode(Tensor imagesMCHW, int factor)
    {
        var (count, channels, height, width) = (imagesMCHW.Size(0) / (factor * factor), imagesMCHW.Size(1), imagesMCHW.Size(2), imagesMCHW.Size(3));
        if (count * factor * factor != imagesMCHW.Size(0)) throw new ArgumentException($"images that hold {factor}x{factor} need a multiple of {factor * factor}, got {imagesMCHW.Describe()}", nameof(imagesMCHW));
        var (tileHeight, tileWidth) = ((height + factor - 1) / factor, (width + factor - 1) / factor);
        var tilesYXNCHW = Functional.Nearest(imagesMCHW, [tileHeight, tileWidth]).Reshape(factor, factor, count, channels, tileHeight, tileWidth);
        return tilesYXNCHW.Permute(2, 3, 0, 4, 1, 5).Reshape(count, channels, factor * tileHeight, factor * tileWidth).Narrow(2, 0, height).Narrow(3, 0, width);
    }

    /// <summary>Labels of the decoded images.</summary>
    public static Tensor DecodeLabels(Tensor labelsN, int factor) => labelsN.Unsqueeze(0).Expand(factor * factor, -1).Reshape(-1);
}
