using Limbeck.Data.Sources;
using Limbeck.Data.Storage;
using Limbeck.Lab.Recipes;
using Limbeck.Lab.Runs;

namespace Limbeck.Lab.Tests.Runs;

public sealed class CalibrationTests : IDisposable
{
    const string Text = """
        name: tiny
        data: { name: synthetic, validation: 100, train: 300 }
        defaults: { epochs: 2, batch: 50 }
        stages:
          teacher: { train: lenet }
          student: { distil: lenet, from: teacher, objectives: [soft-targets] }
        seeds: [1, 2]
        """;

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("limbeck-calibration-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void TimeGrowsWithEpochsAndSeedsAndEachKindIsMeasuredOnce()
    {
        var told = new List<string>();
        using var calibration = new Calibration(folder.FullName, told.Add);
        var once = calibration.Of(Read("seeds=[1]"));
        var twice = calibration.Of(Read());
        var longer = calibration.Of(Read("defaults.epochs=20"));
        Assert.Equal(["measuring lenet, batch 50", "measuring lenet from lenet, batch 50"], told);
        Assert.Equal(2 * once.Seconds, twice.Seconds, 9);
        // Evaluation grows along, but for the teacher's, which is asked once.
        Assert.InRange(longer.Seconds, 4 * twice.Seconds, 10.001 * twice.Seconds);
        Assert.All(once.Stages, stage => Assert.Equal(6, stage.Steps));
        Assert.True(once.MemoryBytes > 50_000_000);
        Assert.Equal("lenet", once.Stages[1].Teacher);
    }

    [Theory]
    [InlineData("{ kind: soft-targets, temperature: 9 }", 2)]
    [InlineData("{ kind: soft-targets, reduction: element-mean }", 3)]
    public void WordsAmongAnObjectivesOptionsMakeAKindOfItsOwn(string objective, int measurements)
    {
        var told = new List<string>();
        using var calibration = new Calibration(folder.FullName, told.Add);
        calibration.Of(Read());
        calibration.Of(Read($"stages.student.objectives=[{objective}]"));
        Assert.Equal(measurements, told.Count);
    }

    [Theory]
    [InlineData("method: { kind: dm, real-batch: 8 }, seeds: [3]", 1)]
    [InlineData("method: { kind: dm, real-batch: 8 }, image-optimizer: { kind: sgd, lr: 7 }, evaluate: { momentum: 0.5 }", 1)]
    [InlineData("method: { kind: dm, real-batch: 16 }", 2)]
    [InlineData("method: { kind: dsa, real-batch: 8 }", 2)]
    [InlineData("method: { kind: dm, real-batch: 8 }, images-per-class: 2", 2)]
    [InlineData("method: { kind: dm, real-batch: 8 }, from: teacher, evaluate: { teacher-weight: 0.5 }", 2)]
    public void ImagesAreMeasuredOnceForWhatTakesTheSameTime(string second, int measurements)
    {
        var told = new List<string>();
        using var calibration = new Calibration(folder.FullName, told.Add);
        const string Usual = "synthesize: convnet-d1-w16, iterations: 1";
        calibration.Of(Read("defaults.images-per-class=1", "~stages.student", "stages.first={ " + Usual + ", method: { kind: dm, real-batch: 8 } }", "stages.second={ " + Usual + ", " + second + " }"));
        Assert.Equal(measurements, told.Count(line => line.Contains("convnet", StringComparison.Ordinal)));
    }

    [Fact]
    public void ImagesAndExpertsThatStagesShareAreCountedOnce()
    {
        using var calibration = new Calibration(folder.FullName);
        string[] two =
        [
            "~stages.teacher", "~stages.student", "seeds=[1]", "defaults.experts={ count: 40, epochs: 10 }", "defaults.evaluate={ networks: 1, epochs: 2 }",
            "stages.one={ synthesize: mlp, method: { kind: mtt, steps: 2, last-start: 3 }, iterations: 400, images-per-class: 1 }",
            "stages.two={ synthesize: mlp, method: { kind: mtt, steps: 2, last-start: 3 }, iterations: 400, images-per-class: 1, evaluate: { epochs: 3 } }",
        ];
        var stages = calibration.Of(Read(two)).Stages;
        Assert.InRange(stages[1].Seconds, 1e-6, stages[0].Seconds / 4);
        Assert.InRange(calibration.Of(Read([.. two, "defaults.experts.count=400"])).Stages[0].Seconds, 1.5 * stages[0].Seconds, double.MaxValue);
    }

    [Fact]
    public void TheEstimateIsOfTheRightSize()
    {
        using var calibration = new Calibration(folder.FullName);
        var recipe = Read("defaults.epochs=10", "seeds=[1]");
        var expected = calibration.Of(recipe).Seconds;
        var run = RunFolder.Create(folder.FullName, recipe, scale: null, DateTimeOffset.Now);
        var taken = new Runner(folder.FullName).Run(run).Stages.Sum(stage => stage.Seeds[0].Fit.Seconds);
        // The machine may be busy with other tests: within a factor of four.
        Assert.InRange(expected / taken, 0.25, 4);
        Assert.Equal(0, calibration.Of(recipe).Seconds);
    }

    [Fact]
    public void TeachersOfSomeClassesAreMeasuredToo()
    {
        using var calibration = new Calibration(folder.FullName);
        string[] committee =
        [
            "stages.teacher.data.classes=[0, 1]", "stages.other.train=lenet", "stages.other.data.classes=[2, 3, 4]",
            "stages.student.from=[teacher, other]", "stages.student.objectives=[cross-entropy, averaged-teachers]",
        ];
        Assert.Equal("lenet + lenet", calibration.Of(Read(committee)).Stages[^1].Teacher);
    }

    [Fact]
    public void AMissingDatasetIsSaid()
    {
        Assert.SkipWhen(new DataStore().List().Any(known => known.Dataset == Cifar100.Info && known.Location is not null), "CIFAR-100 is on this machine");
        using var calibration = new Calibration(folder.FullName);
        Assert.Throws<DatasetNotFoundException>(() => calibration.Of(Read("data.name=cifar100")));
    }

    Recipe Read(params string[] changes)
    {
        var path = Path.Combine(folder.FullName, "tiny.yaml");
        File.WriteAllText(path, Text);
        return RecipeFile.Read(path, Words.Vocabulary, scale: null, changes);
    }
}
