using System.IO.Compression;
using Limbeck.Torch.Serialization;
using Limbeck.Torch.Tensors;

namespace Limbeck.Data.PyTorch;

/// <summary>One tensor in a file of <c>torch.save</c>; written as PyTorch 1.6 and later do.</summary>
static class TensorFile
{
    // PyTorch reads no archive without it.
    const string Version = "3\n";

    // Archives with the same content are the same bytes.
    static readonly DateTimeOffset always = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads a tensor, in the open scope, on the CPU.</summary>
    /// <exception cref="DataFormatException">The file holds something else than one tensor, or is broken.</exception>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    internal static Tensor Read(string path) => (TorchFile.Read(path) as Tensor)?.Contiguous() ?? throw new DataFormatException(path, null, "one tensor", "something else");

    /// <summary>Writes a tensor, whole or not at all.</summary>
    internal static void Write(string path, Tensor tensor)
    {
        using var scope = new Scope();
        var plain = tensor.Detach().To(Device.Cpu).Contiguous();
        var bytes = new byte[plain.Count * plain.DType.Size()];
        plain.ToBytes(bytes);
        var root = Path.GetFileNameWithoutExtension(path);
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, $"{root}/{TorchFile.Pickle}", TensorPickle.Of(plain));
            Add(archive, $"{root}/data/{TensorPickle.Key}", bytes);
            Add(archive, $"{root}/version", System.Text.Encoding.ASCII.GetBytes(Version));
        }

        AtomicFile.Write(path, file => file.Write(packed.GetBuffer().AsSpan(0, (int)packed.Length)));
    }

    static void Add(ZipArchive archive, string name, ReadOnlySpan<byte> content)
    {
        // PyTorch maps bytes from where they lie: they must not be compressed.
        var entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = always;
        using var stream = entry.Open();
        stream.Write(content);
    }
}
