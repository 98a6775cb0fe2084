using Limbeck.Data;
using Limbeck.Data.Storage;
using Limbeck.Lab.Recipes;
using Limbeck.Lab.Runs;

namespace Limbeck.Lab.Tests.Runs;

public sealed class DataShelfTests : IDisposable
{
    static readonly DataRecipe Recipe = new() { Name = "synthetic", Validation = 100, Tuning = 50, Train = 40 };

    readonly DataShelf shelf = new(new DataStore());

    public void Dispose() => shelf.Dispose();

    [Fact]
    public void ImagesStandInTheFilesOrderIfAsked()
    {
        var all = shelf.Open(Recipe with { Validation = 0, Tuning = null, Train = null }).Train;
        var split = shelf.Open(Recipe with { Order = DataOrder.File });
        AssertSame(all, Enumerable.Range(0, 40), split.Train);
        AssertSame(all, Enumerable.Range(all.Count - 150, 50), split.Tuning!);
        AssertSame(all, Enumerable.Range(all.Count - 100, 100), split.Validation!);
    }

    [Theory]
    [InlineData(DataOrder.Random)]
    [InlineData(DataOrder.File)]
    public void NoImageIsInTwoParts(DataOrder order)
    {
        var split = shelf.Open(Recipe with { Order = order, Train = null });
        Assert.Equal((100, 50, 1850), (split.Validation!.Count, split.Tuning!.Count, split.Train.Count));
        Assert.Same(split.Tuning, split.HeldOut);
        var seen = new[] { split.Train, split.Tuning, split.Validation }.SelectMany(part => Enumerable.Range(0, part.Count).Select(sample => Convert.ToHexString(part.Pixels(sample)))).ToList();
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    // They are taken out of all classes: of a few, there may be none.
    [Fact]
    public void ValidationImagesOfNoneOfTheClassesAreAnError()
    {
        var last = shelf.Open(Recipe with { Order = DataOrder.File, Validation = 1, Tuning = null, Train = null }).Validation!.Labels[0];
        var error = Assert.Throws<Training.FitException>(() => shelf.Open(Recipe with { Order = DataOrder.File, Validation = 1, Tuning = null, Train = null, Classes = [(last + 1) % 10, (last + 2) % 10] }));
        Assert.Contains("none of the 1 images held out for validation is of the classes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TuningLeavesTheValidationImagesWhereTheyAre()
    {
        var (with, without) = (shelf.Open(Recipe), shelf.Open(Recipe with { Tuning = null }));
        AssertSame(without.Validation!, Enumerable.Range(0, 100), with.Validation!);
        Assert.Same(without.Validation, without.HeldOut);
    }

    static void AssertSame(ImageDataset all, IEnumerable<int> places, ImageDataset part)
    {
        var expected = places.ToArray();
        Assert.Equal(expected.Length, part.Count);
        Assert.All(expected.Index(), place => Assert.Equal(all.Pixels(place.Item), part.Pixels(place.Index)));
    }
}
