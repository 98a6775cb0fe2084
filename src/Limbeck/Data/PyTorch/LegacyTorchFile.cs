using System.Buffers.Binary;
using Limbeck.Data.Pickle;
using Limbeck.Torch.Tensors;

namespace Limbeck.Data.PyTorch;

/// <summary>
/// A file of <c>torch.save</c> of before PyTorch 1.6: five pickles – a magic number, the format's version, the machine, the object, the names of its storages – and the storages' bytes in that order,
/// each behind its number of elements. What Python 2 has written is refused: its texts are bytes.
/// </summary>
static class LegacyTorchFile
{
    const long Version = 1001;

    /// <summary>As many bytes tell.</summary>
    internal const int Telling = 14;

    /// <summary>Whether a file begins with the pickle of the magic number: the protocol, and 10 bytes of an integer.</summary>
    internal static bool Begins(ReadOnlySpan<byte> start) =>
        start.Length >= Telling && start[0] == (byte)PickleOpcode.Proto && start[2..Telling].SequenceEqual((ReadOnlySpan<byte>)[(byte)PickleOpcode.Long1, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19]);

    internal static object? Read(string path, Func<Func<string, long, byte[]>, Unpickler> reader)
    {
        ReadOnlyMemory<byte> file = File.ReadAllBytes(path), rest = file;
        var plain = reader((_, _) => throw new InvalidDataException("a tensor where none belongs"));
        Next(plain);
        if (Next(plain) is not Version) throw new InvalidDataException($"another version of the format than {Version}");
        Next(plain);

        // The object comes before the bytes of its tensors. It is read once for its length and theirs, and again with them.
        var storages = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var (described, reserved) = (rest, 0L);
        using (new Scope()) Next(reader(Reserve));
        if (Next(plain) is not List<object?> names) throw new InvalidDataException("no list of storages");
        foreach (var name in names) Fill(name as string);
        if (rest.Length > 0) throw new InvalidDataException($"{rest.Length} bytes behind the last tensor");
        return reader((name, _) => storages[name]).Load(described, path, out _);

        object? Next(Unpickler unpickler)
        {
            var value = unpickler.Load(rest, path, out var length);
            rest = rest[length..];
            return value;
        }

        byte[] Reserve(string name, long length)
        {
            reserved += length;
            if (reserved > file.Length) throw new InvalidDataException($"storages of {reserved} bytes and more, in a file of {file.Length}");
            return storages[name] = new byte[length];
        }

        void Fill(string? name)
        {
            if (name is null || !storages.TryGetValue(name, out var bytes)) throw new InvalidDataException($"a storage {name} that no tensor has");
            if (rest.Length - sizeof(long) < bytes.Length) throw new InvalidDataException($"it ends in the bytes of storage {name}");
            var count = BinaryPrimitives.ReadInt64LittleEndian(rest.Span);
            if (count < 0 || (count == 0 ? bytes.Length > 0 : bytes.Length % count > 0)) throw new InvalidDataException($"storage {name} has {count} elements here, and {bytes.Length} bytes by its tensors");
            rest.Slice(sizeof(long), bytes.Length).CopyTo(bytes);
            rest = rest[(sizeof(long) + bytes.Length)..];
        }
    }
}
