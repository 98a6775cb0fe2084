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
    [Fact]
    public void ADamagedFileIsRefused()
    {
        var whole = File.ReadAllBytes(TinyData.Fixture("weights/legacy-plain.pth"));
        for (var length = 0; length < whole.Length; length++)
        {
            using var scope = new Scope();
            var cut = folder.Write("cut.pth", whole[..length]);
            Assert.True(Record.Exception(() => StateFile.Read(cut)) is DataFormatException or InvalidDataException, $"cut at {length}");
        }

        for (var at = 0; at < whole.Length; at++)
        {
            using var scope = new Scope();
            var changed = folder.Write("changed.pth", [.. whole[..at], (byte)(whole[at] ^ 0x15), .. whole[(at + 1)..]]);
            var error = Record.Exception(() => StateFile.Read(changed));
            Assert.True(error is null or DataFormatException or InvalidDataException, $"changed at {at}: {error}");
        }

        Assert.Contains("3 bytes behind the last tensor", Assert.Throws<DataFormatException>(() => StateFile.Read(folder.Write("long.pth", [.. whole, 1, 2, 3]))).Message, StringComparison.Ordinal);
    }
}
