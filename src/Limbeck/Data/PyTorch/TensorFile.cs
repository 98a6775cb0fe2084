using System.IO.Compression;
using Limbeck.Data.Pickle;
using Limbeck.Torch.Serialization;
using Limbeck.Torch.Tensors;

namespace Limbeck.Data.PyTorch;

/// <summary>One tensor in a file of <c>torch.save</c> (PyTorch 1.6 and later): a ZIP archive with a pickle and the bytes that it refers to. Reading executes nothing.</summary>
/// <remarks>A file of before PyTorch 1.6 is no archive: load it in Python and save it again.</remarks>
static class TensorFile
{
    const string Pickle = "data.pkl";

    // PyTorch reads no archive without it.
    const string Version = "3\n";

    // Archives with the same content are the same bytes.
    static readonly DateTimeOffset always = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads a tensor, in the open scope, on the CPU.</summary>
    /// <exception cref="DataFormatException">The file holds something else than one tensor, or is broken.</exception>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    internal static Tensor Read(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            var pickle = archive.Entries.FirstOrDefault(entry => entry.FullName.EndsWith($"/{Pickle}", StringComparison.Ordinal) || entry.FullName == Pickle)
                ?? throw new DataFormatException(path, null, $"a {Pickle} in the archive, as torch.save writes it", string.Join(", ", archive.Entries.Take(5).Select(entry => entry.FullName)));
            var root = pickle.FullName[..^Pickle.Length];
            var unpickler = new Unpickler([.. StandardGlobals.All, .. TensorGlobals.All], identifier => TensorGlobals.Storage(identifier, (name, length) => Bytes(archive, $"{root}data/{name}", length)));
            return unpickler.Load(Bytes(pickle, pickle.Length), path) as Tensor ?? throw new DataFormatException(path, null, "one tensor", "something else");
        }
        catch (InvalidDataException broken)
        {
            throw new DataFormatException(path, null, "a file of torch.save (PyTorch 1.6 or later)", broken.Message.TrimEnd('.'), broken);
        }
    }

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
            Add(archive, $"{root}/{Pickle}", TensorPickle.Of(plain));
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

    static byte[] Bytes(ZipArchive archive, string name, long length) =>
        archive.GetEntry(name) is { } entry ? Bytes(entry, length) : throw new InvalidDataException($"its tensor's bytes, {name}, are not in the archive");

    // Nothing is unpacked: what is there is as long as the file says.
    static byte[] Bytes(ZipArchiveEntry entry, long length)
    {
        if (entry.CompressedLength != entry.Length || entry.Length != length)
            throw new InvalidDataException($"{entry.FullName} has {entry.Length} bytes ({entry.CompressedLength} in the archive), expected {length}, not compressed");
        var bytes = new byte[length];
        using var stream = entry.Open();
        stream.ReadExactly(bytes);
        return bytes;
    }
}
