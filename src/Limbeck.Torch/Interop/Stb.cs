using System.Runtime.InteropServices;

namespace Limbeck.Torch.Interop;

/// <summary>libstb, which reads image files: loaded when the first one is read, so that nobody else needs it.</summary>
static partial class Stb
{
    const string Library = "libstb.so.0";

    /// <summary>Whether it is on this machine.</summary>
    internal static bool IsThere { get; } = NativeLibrary.TryLoad(Library, out _);

    /// <summary>Width and height that a file claims to have; null if it is no image.</summary>
    internal static unsafe (int Width, int Height)? Size(ReadOnlySpan<byte> file)
    {
        fixed (byte* bytes = file) return stbi_info_from_memory(bytes, file.Length, out var width, out var height, out _) == 0 ? null : (width, height);
    }

    /// <summary>Rows of pixels of so many channels each; null if the file is broken.</summary>
    internal static unsafe byte[]? Pixels(ReadOnlySpan<byte> file, int channels)
    {
        fixed (byte* bytes = file)
        {
            var pixels = stbi_load_from_memory(bytes, file.Length, out var width, out var height, out _, channels);
            if (pixels is null) return null;
            try
            {
                return new ReadOnlySpan<byte>(pixels, checked(width * height * channels)).ToArray();
            }
            finally
            {
                stbi_image_free(pixels);
            }
        }
    }

    /// <summary>Why the last file could not be read, in a word or two. Kept per thread.</summary>
    internal static string Reason => Marshal.PtrToStringUTF8(stbi_failure_reason()) ?? "no reason given";

    [LibraryImport(Library)] private static unsafe partial byte* stbi_load_from_memory(byte* file, int length, out int width, out int height, out int channelsInFile, int channels);

    [LibraryImport(Library)] private static unsafe partial int stbi_info_from_memory(byte* file, int length, out int width, out int height, out int channels);

    [LibraryImport(Library)] private static unsafe partial void stbi_image_free(byte* pixels);

    [LibraryImport(Library)] private static partial nint stbi_failure_reason();
}
