using System.IO.Compression;
using Limbeck.Data.Pickle;
using Limbeck.Torch.Tensors;

namespace Limbeck.Data.PyTorch;

/// <summary>What <c>torch.save</c> has written: a ZIP archive with a pickle and the bytes of its tensors, or before PyTorch 1.6 some pickles with these bytes behind them. Reading executes nothing.</summary>
static class TorchFile
{
    /// <summary>The pickle's name in an archive.</summary>
    internal const string Pickle = "data.pkl";

    const string Expected = "a file of torch.save";

    /// <summary>Whether a file begins as those of <c>torch.save</c> do.</summary>
    internal static bool IsAt(string path) => Start(path) is var start && (IsArchive(start) || LegacyTorchFile.Begins(start));

    /// <summary>Reads it: tensors are on the CPU, in the open scope, and those that share a storage there share it here.</summary>
    /// <param name="path">The file.</param>
    /// <param name="others">Stands for a global that no tensor needs; null to refuse it.</param>
    /// <exception cref="DataFormatException">It is no such file, is broken, or names what it may not.</exception>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    internal static object? Read(string path, Func<string, PickleGlobal>? others = null)
    {
        var start = Start(path);
        try
        {
            return IsArchive(start) ? FromArchive(path, Reader)
                : LegacyTorchFile.Begins(start) ? LegacyTorchFile.Read(path, Reader)
                : throw new InvalidDataException("something else: it begins neither as an archive nor with PyTorch's magic number");
        }
        catch (InvalidDataException broken)
        {
            throw new DataFormatException(path, null, Expected, broken.Message.TrimEnd('.'), broken);
        }

        Unpickler Reader(Func<string, long, byte[]> storages)
        {
            var known = new Dictionary<string, Tensor>(StringComparer.Ordinal);
            return new([.. StandardGlobals.All, .. TensorGlobals.All], identifier => TensorGlobals.Storage(identifier, known, storages), others);
        }
    }

    static byte[] Start(string path)
    {
        using var file = File.OpenRead(path);
        var start = new byte[LegacyTorchFile.Telling];
        return start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
    }

    static bool IsArchive(ReadOnlySpan<byte> start) => start.StartsWith("PK\x03\x04"u8);

    static object? FromArchive(string path, Func<Func<string, long, byte[]>, Unpickler> reader)
    {
        using var archive = ZipFile.OpenRead(path);
        var pickle = archive.Entries.FirstOrDefault(entry => entry.FullName.EndsWith($"/{Pickle}", StringComparison.Ordinal) || entry.FullName == Pickle)
            ?? throw new DataFormatException(path, null, $"a {Pickle} in the archive, as torch.save writes it", string.Join(", ", archive.Entries.Take(5).Select(entry => entry.FullName)));
        var root = pickle.FullName[..^Pickle.Length];
        return reader((name, length) => Bytes(archive, $"{root}data/{name}", length)).Load(Bytes(pickle, pickle.Length), path);
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
