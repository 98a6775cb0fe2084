using Limbeck.Synthesis.Selection;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Synthesis.Selection;

public class ClassSelectionTests
{
    [Fact]
    public void HerdingKeepsTheRunningMeanNearest()
    {
        using var scope = new Scope();
        var features = Features(30);
        var rows = PlainRows.Of(features);
        var mean = Mean(rows);
        var chosen = new List<int>();
        for (var k = 0; k < 8; k++)
        {
            chosen.Add(Enumerable.Range(0, rows.Length).Except(chosen)
                .MinBy(candidate => PlainRows.Distance(mean, Mean([.. chosen.Select(row => rows[row]), rows[candidate]]))));
        }

        Assert.Equal(chosen, ClassSelection.Herding(features, 8));
    }

    [Fact]
    public void KCentreTakesTheFarthest()
    {
        using var scope = new Scope();
        var features = Features(30);
        var rows = PlainRows.Of(features);
        var chosen = new List<int> { Enumerable.Range(0, 30).MinBy(row => PlainRows.Distance(rows[row], Mean(rows))) };
        while (chosen.Count < 8) chosen.Add(Enumerable.Range(0, 30).MaxBy(row => chosen.Min(centre => PlainRows.Distance(rows[row], rows[centre]))));
        Assert.Equal(chosen, ClassSelection.KCentre(features, 8));
    }

    [Fact]
    public void KCentreIsAtMostTwiceTheBest()
    {
        using var scope = new Scope();
        var features = Features(9);
        var rows = PlainRows.Of(features);
        var best = (from a in Enumerable.Range(0, 9) from b in Enumerable.Range(0, a) from c in Enumerable.Range(0, b) select Radius([a, b, c])).Min();
        Assert.InRange(Radius(ClassSelection.KCentre(features, 3)), best, 2 * best);

        double Radius(int[] centres) => rows.Max(row => centres.Min(centre => PlainRows.Distance(row, rows[centre])));
    }

    [Fact]
    public void ChoosesEachRowOnceEvenWhereAllAreTheSame()
    {
        using var scope = new Scope();
        var same = Tensor.Ones([6, 3]);
        Assert.Equal(6, ClassSelection.Herding(same, 6).Distinct().Count());
        Assert.Equal(6, ClassSelection.KCentre(same, 6).Distinct().Count());
    }

    [Fact]
    public void ChoosesWithinEachClass()
    {
        using var scope = new Scope();
        var features = Features(30);
        int[] labels = [.. Enumerable.Range(0, 30).Select(row => row * 7 % 3)];
        using var random = new Generator(3);
        foreach (var rule in (Func<Tensor, int, int[]>[])[ClassSelection.Herding, ClassSelection.KCentre, ClassSelection.Any(random)])
        {
            var chosen = ClassSelection.PerClass(rule, features, labels, 3, 4);
            Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2], chosen.Select(row => labels[row]));
            Assert.Equal(12, chosen.Distinct().Count());
        }

        // A class by itself is chosen from as it is among the others.
        long[] second = [.. Enumerable.Range(0, 30).Where(row => labels[row] == 1).Select(row => (long)row)];
        var alone = ClassSelection.Herding(features.IndexSelect(0, Tensor.From<long>(second)), 4).Select(row => (int)second[row]);
        Assert.Equal(alone, ClassSelection.PerClass(ClassSelection.Herding, features, labels, 3, 4)[4..8]);
    }

    [Fact]
    public void RefusesWhatDoesNotFit()
    {
        using var scope = new Scope();
        Assert.Contains("class 1 has 1 images, expected 2", Assert.Throws<ArgumentException>(() => ClassSelection.PerClass(ClassSelection.Herding, Features(3), [0, 0, 1], 2, 2)).Message);
        Assert.Contains("a row of features for each of 2 labels", Assert.Throws<ArgumentException>(() => ClassSelection.PerClass(ClassSelection.Herding, Features(3), [0, 0], 1, 1)).Message);
        Assert.Contains("at least 4 rows", Assert.Throws<ArgumentException>(() => ClassSelection.KCentre(Features(3), 4)).Message);
    }

    static Tensor Features(int count) => new ReferenceStream(17).Draw(1, count, 4);

    static double[] Mean(double[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Average(row => row[column]))];
}
