using Limbeck.Data;
using Limbeck.Data.Distilled;
using Limbeck.Torch.Serialization;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Data.Distilled;

public class DistilledSetTests
{
    [Fact]
    public void WhatIsSavedIsOpenedToTheLastBit()
    {
        using var folder = new TempFolder();
        using var scope = new Scope();
        using var random = new Generator(1);
        var card = SyntheticSet.Card with { Kept = [3, 1, 2, 0], Evaluation = """{"mean":0.5}""" };
        using var set = new DistilledSet(Tensor.Randn([5, 1, 6, 8], random), Tensor.From<long>([3, 0, 2, 1, 1]), [0.013, 0.02], card);
        set.Save(folder["set.safetensors"]);
        using var again = DistilledSet.Open(folder["set.safetensors"]);
        Assert.True(set.Images.SameAs(again.Images));
        Assert.Equal([3, 0, 2, 1, 1], again.Classes());
        Assert.Equal([0.013, 0.02], again.StepSizes);
        Assert.Equal(0.0165, again.StepSize!.Value, 15);
        Assert.False(again.HasSoftLabels);
        Assert.Equal(new ImageShape(1, 6, 8), again.Shape);
        Assert.Equivalent(card, again.Card, strict: true);
    }

    [Fact]
    public void TheOrderOfStepsIsKeptAndMustFit()
    {
        using var folder = new TempFolder();
        using var scope = new Scope();
        var (images, labels, order) = (Tensor.Zeros([4, 1, 4, 4]), Tensor.From<long>([0, 1, 2, 3]), Tensor.From<long>([0, 1, 2, 3, 0, 1], [3, 2]));
        using var set = new DistilledSet(images, labels, [0.1, 0.2, 0.3], SyntheticSet.Card with { WeightsSeed = 4 }, order, momenta: [0, 0.5, 0.9]);
        set.Save(folder["set.safetensors"]);
        using var again = DistilledSet.Open(folder["set.safetensors"]);
        Assert.True(again.Order!.SameAs(order));
        Assert.Equal(4, again.Card.WeightsSeed);
        Assert.Equal([0, 0.5, 0.9], again.Momenta);
        using var other = again.With(again.Card with { Seed = 9 });
        Assert.True(other.Order!.SameAs(order));
        Assert.Equal(again.Momenta, other.Momenta);
        Assert.Contains("1 momenta for 3 ordered steps", Wrong([0.1, 0.2, 0.3], [0.5]), StringComparison.Ordinal);
        Assert.Contains("0.5, 1, 0, expected 0 and above, below 1", Wrong([0.1, 0.2, 0.3], [0.5, 1, 0]), StringComparison.Ordinal);
        Assert.Contains("one row for each of 2 step sizes, got Int64[3, 2]", Assert.Throws<ArgumentException>(() => new DistilledSet(images, labels, [0.1, 0.2], SyntheticSet.Card, order)).Message, StringComparison.Ordinal);
        Assert.Contains("name images 0 to 4, expected 0 to 3", Assert.Throws<ArgumentException>(() => new DistilledSet(images, labels, [0.1], SyntheticSet.Card, Tensor.From<long>([0, 4], [1, 2]))).Message, StringComparison.Ordinal);

        string Wrong(double[] sizes, double[] momenta) => Assert.Throws<ArgumentException>(() => new DistilledSet(images, labels, sizes, SyntheticSet.Card, order, momenta: momenta)).Message;
    }

    [Fact]
    public void SoftLabelsAreKeptAndTheirClassesAreTheLargest()
    {
        using var folder = new TempFolder();
        using var scope = new Scope();
        var logits = Tensor.From<float>([0, 3, 1, 0, 2, 1, 0, -1], [2, 4]);
        using var set = new DistilledSet(Tensor.Zeros([2, 1, 4, 4]), logits, [], SyntheticSet.Card);
        set.Save(folder["set.safetensors"]);
        using var again = DistilledSet.Open(folder["set.safetensors"]);
        Assert.True(again.HasSoftLabels && again.Labels.SameAs(logits) && again.StepSize is null);
        Assert.Equal([1, 0], again.Classes());
        using var soft = again.ToDataset();
        Assert.True(soft.Choose([1]).Render(0, 1).SoftLabels!.SameAs(logits.Narrow(0, 1, 1)));
        using var hard = again.ToDataset(hard: true);
        Assert.Null(hard.Render(0, 2).SoftLabels);
        Assert.Equal([1, 0], hard.Labels);
    }

    [Fact]
    public void ImagesAreRenderedAsTheyAreAndSeenAsBytes()
    {
        using var scope = new Scope();
        // 0.5 + 0.25 x for x = −3, −2, 0, 1, 2, 9: below, black, grey, …, white, above.
        var images = Tensor.From<float>([-3, -2, 0, 1, 2, 9], [1, 1, 2, 3]);
        using var set = new DistilledSet(images, Tensor.From<long>([2]), [], SyntheticSet.Card);
        byte[] seen = [0, 0, 128, 191, 255, 255];
        Assert.Equal(seen, set.Pixels().ToArray<byte>());
        using var data = set.ToDataset();
        Assert.True(images.SameAs(data.Render(0, 1).Images));
        Assert.Equal(seen, data.Pixels(0));
        // Around normalised images the border of a crop is 0, the mean, as in the papers' codes.
        var cropped = data.Render(new Views([0], [1], [0], [false], [], []), new Augmentation { CropPadding = 1 }).Images;
        Assert.Equal([0, -3, -2, 0, 1, 2], cropped.ToArray<float>());
    }

    [Fact]
    public void PartsThatDoNotFitAreRefused()
    {
        using var scope = new Scope();
        var (images, labels, card) = (Tensor.Zeros([2, 1, 4, 4]), Tensor.From<long>([0, 1]), SyntheticSet.Card);
        Refuses("expected images as Float32[N, C, H, W], got Float32[2, 16]", images.Reshape(2, 16), labels);
        Refuses("2 images have 1 labels", images, labels.Narrow(0, 0, 1));
        Refuses("labels go from 0 to 4, expected 0 to 3", images, Tensor.From<long>([0, 4]));
        Refuses("soft labels of 3 classes, and 4 class names", images, Tensor.Zeros([2, 3]));
        Refuses("labels as classes Int64[N] or as logits Float32[N, 4], got Int32[2]", images, labels.To(DType.Int32));
        Refuses("NaN", Tensor.Full([2, 1, 4, 4], double.NaN), labels);
        Refuses("step sizes are 0.01, -0.001", images, labels, [0.01, -0.001]);
        Refuses("images of 3 channels, normalised with 1 means", Tensor.Zeros([2, 3, 4, 4]), labels);
        Refuses("no images", Tensor.Zeros([0, 1, 4, 4]), Tensor.Zeros([0], DType.Int64));

        void Refuses(string why, Tensor wrongImages, Tensor wrongLabels, double[]? steps = null) =>
            Assert.Contains(why, Assert.Throws<ArgumentException>(() => new DistilledSet(wrongImages, wrongLabels, steps ?? [], card)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WrongFilesSayWhatIsWrong()
    {
        using var folder = new TempFolder();
        using var scope = new Scope();
        using var set = new DistilledSet(Tensor.Zeros([2, 1, 4, 4]), Tensor.From<long>([0, 1]), [0.01], SyntheticSet.Card);
        var path = folder["set.safetensors"];
        set.Save(path);
        var bytes = File.ReadAllBytes(path);
        Refuses("no valid safetensors file", () => File.WriteAllBytes(path, bytes[..^8]));
        Refuses("no valid safetensors file", () => File.WriteAllBytes(path, bytes[..40]));
        Refuses("limbeck.format is missing, expected 'distilled-set'", () => Safetensors.Save(path, [("images", set.Images)]));
        Refuses("it has no tensor 'labels', only: images", () => Write([("images", set.Images)]));
        Refuses("2 images have 1 labels", () => Write([("images", set.Images), ("labels", set.Labels.Narrow(0, 0, 1))]));
        Refuses("of format version 2, and this Limbeck reads 1: it was made by Limbeck", () => Write(Whole(), "format-version", "2"));
        Refuses("not understood", () => Write(Whole(), "mean", "a half"));
        Refuses("lacks 'limbeck.network'", () => Write(Whole(), "network", null));
        Refuses("4 class names", () => Write([("images", set.Images), ("labels", Tensor.Zeros([2, 3]))]));
        Assert.Throws<FileNotFoundException>(() => DistilledSet.Open(folder["none.safetensors"]));

        (string, Tensor)[] Whole() => [("images", set.Images), ("labels", set.Labels)];

        void Write((string, Tensor)[] tensors, string? key = null, string? value = null)
        {
            var notes = SyntheticSet.Card.Write().ToDictionary(StringComparer.Ordinal);
            if (key is not null) notes.Remove($"limbeck.{key}");
            if (value is not null) notes[$"limbeck.{key}"] = value;
            Safetensors.Save(path, tensors, notes);
        }

        void Refuses(string why, Action spoil)
        {
            spoil();
            var error = Assert.Throws<InvalidDataException>(() => DistilledSet.Open(path));
            Assert.Contains(why, error.Message, StringComparison.Ordinal);
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        }
    }
}
