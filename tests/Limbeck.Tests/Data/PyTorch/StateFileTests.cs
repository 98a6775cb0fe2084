using System.IO.Compression;
using System.Text;
using Limbeck.Data;
using Limbeck.Data.PyTorch;
using Limbeck.Torch.Serialization;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Data.PyTorch;

// What the fixtures hold: make_torch_files.py, write_weights.
public sealed class StateFileTests : IDisposable
{
    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("plain")]
    [InlineData("legacy-plain")]
    [InlineData("checkpoint")]
    [InlineData("legacy-checkpoint")]
    [InlineData("averaged")]
    public void ReadsWhatPyTorchWrites(string name)
    {
        using var scope = new Scope();
        var state = StateFile.Read(TinyData.Fixture($"weights/{name}.pth"));
        Assert.Equal(["fc.weight", "fc.bias", "bn.half", "bn.num_batches_tracked"], state.Keys);
        Assert.Equal([2, 3], state["fc.weight"].Shape);
        Assert.Equal([0, 2, 4, 1, 3, 5], state["fc.weight"].ToArray<float>());
        Assert.Equal([6, 7], state["fc.bias"].ToArray<float>());
        Assert.Equal([0.5f, -2], state["bn.half"].To(DType.Float32).ToArray<float>());
        Assert.Equal(DType.Float16, state["bn.half"].DType);
        Assert.Equal([7], state["bn.num_batches_tracked"].Reshape(1).ToArray<long>());
    }

    // The length of its header comes first, whose lowest byte may be any: that of a pickle too.
    [Fact]
    public void ReadsSafetensors()
    {
        for (var name = new string('a', 1); name.Length < 260; name += "a")
        {
            using var scope = new Scope();
            Safetensors.Save(folder["weights.pth"], [(name, Tensor.From<float>([1, 2], [2]))]);
            Assert.Equal([1, 2], StateFile.Read(folder["weights.pth"])[name].ToArray<float>());
        }
    }

    // A header of 19,280 bytes: its length begins with the letters of a ZIP archive, P and K.
    [Fact]
    public void ReadsSafetensorsWhoseHeaderBeginsAsAnArchive()
    {
        using var scope = new Scope();
        var (path, header) = (folder["weights.pth"], 0);
        for (var note = 19_100; header != 19_280; note++)
        {
            Safetensors.Save(path, [("a", Tensor.From<float>([1, 2], [2]))], new Dictionary<string, string>(StringComparer.Ordinal) { ["note"] = new('x', note) });
            header = BitConverter.ToInt32(File.ReadAllBytes(path), 0);
            Assert.True(note < 19_300, "no note makes a header of that length");
        }

        Assert.Equal("PK", Encoding.ASCII.GetString(File.ReadAllBytes(path)[..2]));
        Assert.False(StateFile.IsPickled(path));
        Assert.Equal([1, 2], StateFile.Read(path)["a"].ToArray<float>());
    }

    [Fact]
    public void WhatSharesAStorageThereSharesItHere()
    {
        using var scope = new Scope();
        var state = StateFile.Read(Archive($"(Va\n{Rebuild([4], [1])}Vb\n{Rebuild([2, 2], [2, 1])}d."));
        state["a"].CopyFrom(Tensor.From<float>([1, 2, 3, 4]));
        Assert.Equal([1, 2, 3, 4], state["b"].ToArray<float>());
    }

    [Theory]
    [InlineData(new[] { 4611686018427387904, 4611686018427387904, 0 }, new long[] { 1, 1, 1 }, "an empty tensor of [4611686018427387904, 4611686018427387904, 0]")]
    [InlineData(new long[] { 5 }, new long[] { 1 }, "a tensor of 5 elements up to number 4, in a storage of 4")]
    [InlineData(new long[] { 2 }, new[] { 9223372036854775807 }, "up to number 9223372036854775807")]
    [InlineData(new long[] { 8 }, new long[] { 0 }, "a tensor of 8 elements up to number 0, in a storage of 4")]
    [InlineData(null, null, "a tensor of 65 dimensions")]
    public void ShapesThatCannotBeAreRefused(long[]? sizes, long[]? strides, string expected)
    {
        using var scope = new Scope();
        var many = Enumerable.Repeat(1L, Tensor.MostDimensions + 1).ToArray();
        Assert.Contains(expected, Assert.Throws<DataFormatException>(() => StateFile.Read(Archive($"(Va\n{Rebuild(sizes ?? many, strides ?? many)}d."))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEmptyTensorHasItsShape()
    {
        using var scope = new Scope();
        Assert.Equal([3, 0, 2], StateFile.Read(Archive($"(Va\n{Rebuild([3, 0, 2], [0, 2, 1])}d."))["a"].Shape);
    }

    // Both would be as long as most of the file.
    [Fact]
    public void StoragesThatDoNotFitIntoTheFileAreNotReserved()
    {
        using var scope = new Scope();
        var pickles = Encoding.ASCII.GetBytes($"I1001\n.(d.(Va\n{Rebuild([60], [1], count: 60)}Vb\n{Rebuild([60], [1], "1", count: 60)}d.(V0\nV1\nl.");
        var path = folder.Write("legacy.pth", [.. File.ReadAllBytes(TinyData.Fixture("weights/legacy-plain.pth"))[..15], .. pickles]);
        Assert.InRange(new FileInfo(path).Length, 241, 479);
        Assert.Contains("storages of 480 bytes and more, in a file of", Assert.Throws<DataFormatException>(() => StateFile.Read(path)).Message, StringComparison.Ordinal);
    }

    // A dictionary's subclass with items, a list's, and keys that are none of plain data.
    [Fact]
    public void WhatIsNoPlainDataIsPassedOver()
    {
        using var scope = new Scope();
        const string Others = "Vlog\nccollections\ndefaultdict\n(c__builtin__\nlist\ntRVx\nI1\nsVqueue\nccollections\ndeque\n(tRI1\naVplaces\n((I1\nI2\ntI3\nNI4\nd";
        Assert.Equal(["w"], StateFile.Read(Archive($"(Vmodel\n(Vw\n{Rebuild([4], [1])}d{Others}d.")).Keys);
    }

    [Fact]
    public void AWholeModelIsRefusedWithWhatToDo()
    {
        using var scope = new Scope();
        Assert.Contains("save its state_dict()", Assert.Throws<DataFormatException>(() => StateFile.Read(Archive("(Vmodule\nctorch.nn\nLinear\nVfile\nVcode\ntQ."))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNeitherIsToldSo() =>
        Assert.Contains("torch.save or safetensors", Assert.Throws<DataFormatException>(() => StateFile.Read(folder.Write("page.pth", "<html>Not found</html>"u8.ToArray()))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("two", "several, student, teacher: save the one that is meant by itself")]
    [InlineData("whole", "found an object of Python, such as a whole model")]
    [InlineData("none", "found one of epoch, optimizer")]
    [InlineData("storage", "found something else")]
    public void WhatIsNoOneNetworksWeightsIsRefused(string name, string expected)
    {
        using var scope = new Scope();
        Assert.Contains(expected, Assert.Throws<DataFormatException>(() => StateFile.Read(TinyData.Fixture($"weights/{name}.pth"))).Message, StringComparison.Ordinal);
    }

    // Cut anywhere, or with a byte changed anywhere, a file is read or refused, and nothing else.
    [Theory]
    [InlineData("legacy-plain")]
    [InlineData("plain")]
    public void ADamagedFileIsRefused(string name)
    {
        var whole = File.ReadAllBytes(TinyData.Fixture($"weights/{name}.pth"));
        for (var length = 0; length < whole.Length; length++)
        {
            using var scope = new Scope();
            var cut = folder.Write("cut.pth", whole[..length]);
            var error = Record.Exception(() => StateFile.Read(cut));
            Assert.True(error is DataFormatException, $"cut at {length}: {error}");
        }

        for (var at = 0; at < whole.Length; at++)
        {
            using var scope = new Scope();
            var changed = folder.Write("changed.pth", [.. whole[..at], (byte)(whole[at] ^ 0x15), .. whole[(at + 1)..]]);
            var error = Record.Exception(() => StateFile.Read(changed));
            Assert.True(error is null or DataFormatException, $"changed at {at}: {error}");
        }

    }

    [Fact]
    public void BytesBehindTheLastTensorAreRefused()
    {
        using var scope = new Scope();
        var whole = File.ReadAllBytes(TinyData.Fixture("weights/legacy-plain.pth"));
        Assert.Contains("3 bytes behind the last tensor", Assert.Throws<DataFormatException>(() => StateFile.Read(folder.Write("long.pth", [.. whole, 1, 2, 3]))).Message, StringComparison.Ordinal);
    }

    // A call of _rebuild_tensor_v2 in the oldest, textual form of pickles.
    static string Rebuild(long[] sizes, long[] strides, string storage = "0", int count = 4) =>
        $"ctorch._utils\n_rebuild_tensor_v2\n((Vstorage\nctorch\nFloatStorage\nV{storage}\nVcpu\nI{count}\ntQI0\n({Numbers(sizes)}t({Numbers(strides)}tI00\nNtR";

    static string Numbers(long[] numbers) => string.Concat(numbers.Select(number => $"I{number}\n"));

    string Archive(string pickle)
    {
        using (var file = File.Create(folder["made.pth"]))
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create))
        {
            foreach (var (name, bytes) in ((string, byte[])[])[("made/data.pkl", Encoding.ASCII.GetBytes(pickle)), ("made/data/0", new byte[16])])
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(bytes);
            }
        }

        return folder["made.pth"];
    }
}
