using System.Text.Json;
using Limbeck.Data;
using Limbeck.Data.Distilled;
using Limbeck.Data.PyTorch;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;

namespace Limbeck.Tests.Data.Distilled;

public sealed class SetFolderTests : IDisposable
{
    const string Python = "/usr/bin/python3";
    static readonly float[] values = [.. Enumerable.Range(0, 16).Select(k => (k / 8f) - 1)];

    static readonly DistilledCard card = SyntheticSet.Card with { ClassNames = ["a", "b"], Teacher = null };

    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ReadsWhatMttWrites()
    {
        using var set = SetFolder.Read(TinyData.Fixture("mtt"), SetLayout.Mtt, card);
        Assert.Equal(values, set.Images.ToArray<float>());
        Assert.Equal([4, 1, 2, 2], set.Images.Shape);
        Assert.Equal([0, 0, 1, 1], set.Classes());
        Assert.Equal((0.25, "mtt"), (set.StepSize, set.Card.Method));
    }

    // Images that are a transposed view of a larger storage; logits in double precision; no step size.
    [Fact]
    public void ReadsWhatDdRankingReads()
    {
        using var set = SetFolder.Read(TinyData.Fixture("ranking"), SetLayout.DdRanking, card);
        Assert.Equal(values, set.Images.ToArray<float>());
        Assert.Equal([2, -1, 1, 0, 0, 1, -1, 2], set.Labels.ToArray<float>());
        Assert.Empty(set.StepSizes);
    }

    [Fact]
    public void ImagesWithoutLabelsComeClassByClass()
    {
        File.Copy(TinyData.Fixture("ranking/images.pt"), folder["images.pt"]);
        using var set = SetFolder.Read(folder.Path, SetLayout.DdRanking, card);
        Assert.Equal([0, 0, 1, 1], set.Classes());
        Assert.Contains("not as many of each of 3 classes", Assert.Throws<InvalidDataException>(() => SetFolder.Read(folder.Path, SetLayout.DdRanking, card with { ClassNames = ["a", "b", "c"] })).Message, StringComparison.Ordinal);
        Assert.Contains("images_best.pt", Assert.Throws<FileNotFoundException>(() => SetFolder.Read(folder.Path, SetLayout.Mtt, card)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SetLayout.Mtt)]
    [InlineData(SetLayout.DdRanking)]
    public void ReadsWhatItWrites(SetLayout layout)
    {
        using var scope = new Scope();
        using var set = new DistilledSet(Tensor.From(values, [4, 1, 2, 2]), Tensor.From<long>([0, 0, 1, 1]), [0.125], card);
        using var soft = new DistilledSet(set.Images, Tensor.From<float>([1, 2, 3, 4, 5, 6, 7, 8], [4, 2]), [], card);
        foreach (var one in (DistilledSet[])[set, soft])
        {
            var files = SetFolder.Write(one, folder[$"soft-{one.HasSoftLabels}"], layout);
            Assert.All(files, file => Assert.True(File.Exists(file)));
            using var again = SetFolder.Read(folder[$"soft-{one.HasSoftLabels}"], layout, card);
            Assert.True(again.Images.SameAs(one.Images));
            Assert.True(again.Labels.SameAs(one.Labels));
            Assert.Equal(one.StepSizes, again.StepSizes);
        }
    }

    [Fact]
    public void PythonReadsWhatItWrites()
    {
        if (External.Run(Python, ["-c", "import torch"]).Code != 0) Assert.Skip("python3-torch is not installed");
        using var scope = new Scope();
        using var set = new DistilledSet(Tensor.From(values, [4, 1, 2, 2]), Tensor.From<long>([1, 0, 1, 0]), [0.125], card);
        SetFolder.Write(set, folder["mtt"], SetLayout.Mtt);
        SetFolder.Write(set, folder["ranking"], SetLayout.DdRanking);
        var mtt = Told("mtt");
        Check(mtt["images_best.pt"], "torch.float32", [4, 1, 2, 2], values);
        Check(mtt["labels_best.pt"], "torch.int64", [4], [1, 0, 1, 0]);
        Check(mtt["lr_best.pt"], "torch.float32", [], [0.125f]);
        var ranking = Told("ranking");
        Assert.Equal(["images.pt", "labels.pt", "lr.pt"], ranking.Keys);
        // Class by class: the second and the last image first.
        Check(ranking["images.pt"], "torch.float32", [4, 1, 2, 2], [.. values[4..8], .. values[12..], .. values[..4], .. values[8..12]]);
        Check(ranking["labels.pt"], "torch.int64", [4], [0, 0, 1, 1]);

        Dictionary<string, JsonElement> Told(string name)
        {
            var (code, output, error) = External.Run(Python, [TinyData.Fixture("make_torch_files.py"), "read", folder[name]]);
            Assert.True(code == 0, error);
            return JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(output)!;
        }

        static void Check(JsonElement tensor, string type, long[] shape, float[] content)
        {
            Assert.Equal(type, tensor[0].GetString());
            Assert.Equal(shape, tensor[1].EnumerateArray().Select(size => size.GetInt64()));
            Assert.Equal(content, tensor[2].EnumerateArray().Select(value => value.GetSingle()));
        }
    }

    [Fact]
    public void WhatHasNoRoomOrIsNoTensorIsRefused()
    {
        using var scope = new Scope();
        using var set = new DistilledSet(Tensor.From(values, [4, 1, 2, 2]), Tensor.From<long>([0, 0, 1, 1]), [0.1, 0.2], card);
        Assert.Contains("2 ordered steps", Assert.Throws<InvalidDataException>(() => SetFolder.Write(set, folder["out"], SetLayout.Mtt)).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["out"]));
        Assert.Contains("a file of torch.save", Assert.Throws<DataFormatException>(() => TensorFile.Read(folder.Write("text.pt", "no archive"u8.ToArray()))).Message, StringComparison.Ordinal);
        // Whole archives end in a directory: of a part, nothing is read.
        var whole = File.ReadAllBytes(TinyData.Fixture("mtt/images_best.pt"));
        foreach (var length in (int[])[0, 30, whole.Length / 2, whole.Length - 1])
        {
            File.WriteAllBytes(folder["cut.pt"], whole[..length]);
            Assert.Throws<DataFormatException>(() => TensorFile.Read(folder["cut.pt"]));
        }
    }

    // Nothing that the file names is run, and no length in it is believed.
    [Theory]
    [InlineData("cposix\nsystem\n(S'true'\ntR.", "posix.system")]
    [InlineData("ctorch._utils\n_rebuild_tensor_v2\n((S'storage'\nctorch\nFloatStorage\nS'0'\nS'cpu'\nL1000000L\ntQI0\n(I4\nt(I1\ntI00\nNtR.", "a storage that is not")]
    [InlineData("ctorch._utils\n_rebuild_tensor_v2\n((Vstorage\nctorch\nFloatStorage\nV0\nVcpu\nL1000000L\ntQI0\n(I4\nt(I1\ntI00\nNtR.", "expected 4000000")]
    [InlineData("ctorch._utils\n_rebuild_tensor_v2\n((Vstorage\nctorch\nFloatStorage\nV0\nVcpu\nL16L\ntQI0\n(I4\nI4\nt(I8\nI1\ntI00\nNtR.", "up to number 27, in a storage of 16")]
    [InlineData("ctorch._utils\n_rebuild_tensor_v2\n((Vstorage\nctorch\nFloatStorage\nV0\nVcpu\nL16L\ntQI0\n(I1000000\nt(I0\ntI00\nNtR.", "a tensor of 1000000 elements")]
    [InlineData("I1\n.", "one tensor")]
    public void AHostileFileIsRefused(string pickle, string expected)
    {
        File.Copy(TinyData.Fixture("mtt/images_best.pt"), folder["bad.pt"]);
        using (var archive = System.IO.Compression.ZipFile.Open(folder["bad.pt"], System.IO.Compression.ZipArchiveMode.Update))
        {
            archive.Entries.Single(entry => entry.Name == "data.pkl").Delete();
            using var stream = archive.CreateEntry("images_best/data.pkl", System.IO.Compression.CompressionLevel.NoCompression).Open();
            stream.Write(System.Text.Encoding.Latin1.GetBytes(pickle));
        }

        Assert.Contains(expected, Assert.Throws<DataFormatException>(() => TensorFile.Read(folder["bad.pt"])).Message, StringComparison.Ordinal);
    }
}
