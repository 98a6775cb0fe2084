using Limbeck.Data;
using Limbeck.Data.Distilled;
using Limbeck.Data.Sources;
using Limbeck.Lab.Recipes;
using Limbeck.Lab.Runs;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Images;
using Limbeck.Torch.Tensors;
using Limbeck.Training;

namespace Limbeck.Lab.Tests.Runs;

/// <summary>A run whose synthetic images are whitened and whose teacher has learned from others, on images of 8×8.</summary>
public sealed class WhitenedRunTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("limbeck-whitened-");

    string Images => Path.Combine(folder.FullName, "images");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void ImagesAreWhitenedAndSeenAsTheyWere()
    {
        Assert.SkipUnless(ImageCodec.IsThere, "needs libstb0");
        var run = Run("{ kind: random, soft-labels: true }, from: teacher");
        using var scope = new Scope();
        using var set = DistilledSet.Open(run.Images("images", 1));
        Assert.Equal(0.1, set.Card.Normalization.Whitened!.Epsilon);
        var raw = ImageFolder.Load(Images, new(8));
        using var whitened = DataSplit.Like(raw, set.Card.Normalization);
        Assert.True(set.Card.Normalization.IsLike(whitened.Train.Normalization));

        // Real images: as they were, to a level.
        var places = Enumerable.Range(0, set.Count).Select(image => Nearest(whitened.Train, set.Images.Narrow(0, image, 1))).ToList();
        var seen = set.Pixels();
        Assert.All(places.Index(), place => Assert.All(raw.Train[place.Item].ToArray().Zip(seen.Select(0, place.Index).Contiguous().ToArray<byte>()), pair => Assert.InRange(pair.First - pair.Second, -1, 1)));

        // The teacher saw them as it learned to.
        using var usual = DataSplit.From(raw);
        using var teacher = Networks.Open(run.Network("teacher", 1));
        using var off = Grad.Off();
        teacher.Train(false);
        var asLearned = usual.Train.Choose(places).Render(0, set.Count).Images;
        Assert.True(teacher.Call(asLearned).AllClose(set.Labels, 1e-3, 1e-3));
        var cards = (NetworkCard.Read(run.Network("teacher", 1)).Normalization.Whitened, NetworkCard.Read(run.Network("images", 1)).Normalization.Whitened);
        Assert.Null(cards.Item1);
        Assert.True(cards.Item2!.Agrees(set.Card.Normalization.Whitened));
    }

    [Fact]
    public void ATeacherThatLearnedFromOtherWhitenedImagesIsRefused()
    {
        Assert.SkipUnless(ImageCodec.IsThere, "needs libstb0");
        var refused = Assert.Throws<FitException>(() => Run("{ kind: random, soft-labels: true }, from: teacher", ", data: { zca: 0.5 }"));
        Assert.Contains("learned from images that were whitened with ε 0.5", refused.Message, StringComparison.Ordinal);
    }

    RunFolder Run(string method, string ofTeacher = "")
    {
        var random = new Random(3);
        foreach (var (split, count) in new[] { ("train", 20), ("test", 4) })
        {
            foreach (var label in new[] { "one", "two" })
            {
                for (var image = 0; image < count; image++) Write($"{split}/{label}/{image}.bmp", random);
            }
        }

        var recipe = Path.Combine(folder.FullName, "recipe.yaml");
        File.WriteAllText(recipe, $$"""
            name: whitened
            data: { name: image-folder, path: {{Images}}, size: 8, validation: 8 }
            defaults: { epochs: 1, batch: 8, images-per-class: 2, evaluate: { networks: 1, epochs: 2, augmentation: null } }
            stages:
              teacher: { train: mlp{{ofTeacher}} }
              images: { synthesize: mlp, data: { zca: 0.1 }, method: {{method}} }
            seeds: [1]
            """);
        var runs = Path.Combine(folder.FullName, "runs");
        var run = RunFolder.Create(runs, RecipeFile.Read(recipe, Words.Vocabulary), null, DateTimeOffset.Now);
        new Runner(runs).Run(run);
        return run;
    }

    static int Nearest(ImageDataset images, Tensor image1CHW) => (int)(images.Render(0, images.Count).Images - image1CHW).Square().Flatten(1).Sum(1).Topk(1, largest: false).Indices.Item();

    // 8×8, 24 bits.
    void Write(string name, Random random)
    {
        var file = new byte[54 + (8 * 8 * 3)];
        random.NextBytes(file);
        "BM"u8.CopyTo(file);
        file.AsSpan(2, 52).Clear();
        foreach (var (at, value) in new[] { (2, file.Length), (10, 54), (14, 40), (18, 8), (22, 8), (26, 1 | (24 << 16)) }) BitConverter.TryWriteBytes(file.AsSpan(at), value);
        var path = Path.Combine(Images, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, file);
    }
}
