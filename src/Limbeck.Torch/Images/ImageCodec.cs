using Limbeck.Torch.Interop;
using Limbeck.Torch.Tensors;

namespace Limbeck.Torch.Images;

/// <summary>Reads image files: JPEG, PNG, BMP and what else libstb knows. It is loaded at the first call.</summary>
public static class ImageCodec
{
    // A file of a few hundred bytes can claim to be larger than any memory.
    const long MostPixels = 100_000_000;

    /// <summary>Whether image files can be read here.</summary>
    public static bool IsThere => Stb.IsThere;

    /// <summary>The pixels of an image file.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="channels">1 for grey, 3 for colours, whatever the file has.</param>
    /// <returns>[channels, height, width], uint8.</returns>
    /// <exception cref="InvalidDataException">It is no such file, it is broken, or it has over a hundred million pixels.</exception>
    /// <exception cref="PlatformNotSupportedException">libstb is not on this machine; the message says how to get it.</exception>
    public static Tensor Decode(ReadOnlySpan<byte> file, int channels = 3)
    {
        if (channels is not (1 or 3)) throw new ArgumentOutOfRangeException(nameof(channels), channels, "images are read with 1 channel or with 3");
        if (!IsThere) throw new PlatformNotSupportedException("image files are read by libstb, which is not on this machine. Debian: apt-get install libstb0");
        var (width, height) = Stb.Size(file) ?? throw Unreadable();
        if ((long)width * height > MostPixels) throw new InvalidDataException($"an image of {width}×{height} pixels: more than {MostPixels:N0} are not read");
        using var scope = new Scope();
        return scope.Keep(Tensor.FromBytes(Stb.Pixels(file, channels) ?? throw Unreadable(), DType.UInt8, [height, width, channels]).Permute(2, 0, 1).Contiguous());
    }

    static InvalidDataException Unreadable() => new($"no image that can be read: {Stb.Reason}");
}
