using Limbeck.Data.Distilled;
using Limbeck.Evaluation;
using Limbeck.Lab.Recipes;
using Limbeck.Lab.Runs;
using Limbeck.Models;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;
using Limbeck.Training;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Lab.Tests.Runs;

public sealed class SynthesisRunTests : IDisposable
{
    const string Text = """
        name: tiny
        data: { name: synthetic, validation: 100, train: 300 }
        defaults: { epochs: 1, batch: 50, images-per-class: 2, evaluate: { networks: 2, epochs: 4 } }
        stages:
          teacher: { train: mlp, seeds: [1] }
          images: { synthesize: mlp, method: random }
        seeds: [1, 2]
        """;

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("limbeck-synthesis-");
    readonly List<TrainingEvent> events = [];

    string Runs => Path.Combine(folder.FullName, "runs");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void EndsInTheScoresOfFreshNetworksAndAFileThatHoldsAll()
    {
        var (run, result) = Run();
        var images = result.Stages[1];
        Assert.Equal([101, 102, 201, 202], images.Seeds.Select(seed => seed.Seed));
        Assert.Equal(("mlp", 20), (images.Model, images.TrainImages));
        Assert.All(images.Seeds, seed => Assert.True(seed.Fit.Chosen is { Validation: not null, Test: not null } && seed.Fit.TestBest.Test is null));
        using var set = DistilledSet.Open(run.Images("images", 2));
        Assert.Equal(("random", "synthetic", "mlp", 2), (set.Card.Method, set.Card.Dataset, set.Card.Network, set.Card.Seed));
        var record = SetRecord.Of(set.Card)!;
        Assert.Equal(images.Seeds.Skip(2).Select(seed => (seed.Seed, seed.Fit.Test.Accuracy)), record.Entries.Select(entry => (entry.Seed, entry.Test!.Value)));

        // The stage's network is the first: by hand, from the file.
        using var first = Networks.Open(run.Network("images", 2));
        using var shelf = new DataShelf(new());
        using var again = Zoo.Create("mlp", 10, set.Shape, seed: 201);
        SetEvaluation.Train(again, set, shelf.Open(StagePlan.Of(Read())[^1].Recipe.Data), record.Options, seed: 201);
        Assert.All(first.State().Zip(again.State()), pair => Assert.True(pair.First.Value.SameAs(pair.Second.Value)));
    }

    [Fact]
    public void AnotherEvaluationMakesNoImagesAnew()
    {
        Run("seeds=[1]");
        Assert.Single(events.OfType<SynthesisDone>());
        events.Clear();
        var (_, result) = Run("seeds=[1]", "defaults.evaluate.networks=3");
        Assert.Empty(events.OfType<SynthesisDone>());
        Assert.Equal(3, result.Stages[1].Seeds.Count);
        events.Clear();
        Run("seeds=[1]", "defaults.evaluate.networks=3");
        Assert.Equal(2, events.OfType<StageReused>().Count());
        Assert.Empty(events.OfType<StageStarted>());
    }

    [Fact]
    public void AStoppedEvaluationGoesOnWithTheNextNetwork()
    {
        using var stop = new CancellationTokenSource();
        var run = RunFolder.Create(Runs, Read("seeds=[1]"), null, DateTimeOffset.Now);
        Assert.Throws<OperationCanceledException>(() => new Runner(Runs, happened => StopAt(happened, 102)).Run(run, stop.Token));
        var result = new Runner(Runs, events.Add).Run(run);
        Assert.Equal([102], events.OfType<StageStarted>().Where(started => started.Stage == "images").Select(started => started.Seed));
        Assert.Equal([101, 102], result.Stages[1].Seeds.Select(seed => seed.Seed));

        void StopAt(TrainingEvent happened, int seed)
        {
            if (happened is StageStarted { Stage: "images" } && happened.Seed == seed) stop.Cancel();
        }
    }

    [Fact]
    public void ImagesAreChosenByValidation()
    {
        var (run, _) = Run("seeds=[1]", "stages.images.method={ kind: dm, real-batch: 4 }", "stages.images.synthesize=lenet", "stages.images.iterations=4", "stages.images.image-optimizer={ kind: sgd, lr: 1e-12 }",
            "stages.images.choose={ every: 2, networks: 1 }");
        // Images that stay as they are: the first of equals is kept.
        using var set = DistilledSet.Open(run.Images("images", 1));
        Assert.Equal(0, set.Card.Iterations);
        var looks = Directory.GetFiles(Runs, "looks.json", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None });
        Assert.Equal(["0", "2", "4"], System.Text.Json.JsonDocument.Parse(File.ReadAllText(Assert.Single(looks))).RootElement.EnumerateObject().Select(look => look.Name));
    }

    [Fact]
    public void WhatImagesLookLikeOnTheWayIsKeptWithThem()
    {
        string[] changes = ["seeds=[1]", "stages.images.method={ kind: dm, real-batch: 4 }", "stages.images.synthesize=lenet", "stages.images.iterations=8", "stages.images.image-optimizer={ kind: sgd, lr: 300 }"];
        var (_, result) = Run(changes);
        var set = Assert.Single(result.Sets);
        Assert.Equal([0, 1, 2, 4, 8], set.History.Select(frame => frame.Iteration));
        Assert.Equal(set.Pixels, set.History[^1].Pixels);
        Assert.Equal(set.Labels, set.History[0].Labels);
        Assert.NotEqual(set.Pixels, set.History[0].Pixels);
        // Another evaluation makes no images anew: what they looked like is still there.
        var (_, again) = Run([.. changes, "defaults.evaluate.epochs=1"]);
        Assert.Equal(set.History.Select(frame => frame.Pixels), Assert.Single(again.Sets).History.Select(frame => frame.Pixels));
        Assert.Empty(Assert.Single(Run("seeds=[1]").Result.Sets).History);
    }

    [Fact]
    public void ATeacherLabelsImagesAndHelpsNetworks()
    {
        var (run, result) = Run("seeds=[1]", "stages.images.from=teacher", "stages.images.method={ kind: random, soft-labels: true }", "defaults.evaluate.teacher-weight=0.5");
        using var set = DistilledSet.Open(run.Images("images", 1));
        Assert.True(set.HasSoftLabels);
        var hash = FileHash.Of(run.Network("teacher", 1));
        Assert.Equal((hash, hash), (set.Card.Teacher, SetRecord.Of(set.Card)!.Teacher));
        Assert.Equal(["teacher"], result.Stages[1].Teachers);
        Assert.Equal(["random (soft-labels = true)"], result.Stages[1].Objectives);
        // Labels are the teacher's own.
        Assert.Equal(1, Assert.Single(result.Sets).Recognised);
        Assert.Null(Assert.Single(Run("seeds=[1]").Result.Sets).Recognised);
    }

    [Fact]
    public void OtherModelsLearnFromTheSameImagesAndFromRandomOnes()
    {
        const string evaluate = "defaults.evaluate={ networks: 2, epochs: 2, across: [lenet], beside: [random, hard-labels, unaugmented], whole: teacher }";
        var (run, result) = Run("seeds=[1]", evaluate);
        var images = result.Stages[1].Images!;
        Assert.Equal(
            [("mlp", SetVariant.Own), ("lenet", SetVariant.Own), ("mlp", SetVariant.Random), ("lenet", SetVariant.Random), ("mlp", SetVariant.Unaugmented), ("mlp", SetVariant.RandomUnaugmented)],
            images.Cells.Select(cell => (cell.Network, cell.Variant)));
        Assert.All(images.Cells, cell => Assert.Equal(2, cell.Accuracies.Count));
        Assert.Equal(result.Stages[1].Seeds.Select(seed => seed.Fit.Test.Accuracy), images.Cells[0].Accuracies);
        Assert.Null(result.Stages[0].Images);

        // By hand, from the file; labels are hard, so that the set's own networks are those of hard labels.
        using var set = DistilledSet.Open(run.Images("images", 1));
        using var shelf = new DataShelf(new());
        var data = shelf.Open(StagePlan.Of(Read())[^1].Recipe.Data);
        using var random = RandomImages.Like(set, data.Train, seed: 1);
        var options = new SetEvaluation.Options { Networks = 2, Epochs = 2 };
        Assert.Equal(images.Cells[1].Accuracies, Accuracies(set, "lenet", options));
        Assert.Equal(images.Cells[3].Accuracies, Accuracies(random, "lenet", options));
        Assert.Equal(images.Cells[5].Accuracies, Accuracies(random, "mlp", options with { Augmentation = null }));
        Assert.Equal(["mlp", "mlp", "lenet", "lenet"], SetRecord.Of(set.Card)!.Entries.Select(entry => entry.Network));
        Assert.Equal(DistillationScores.Of(result.Stages[0].Seeds[0].Fit.Test.Accuracy, images.Cells[0].Mean, images.Cells[0].Mean, images.Cells[2].Mean, images.Cells[4].Mean, images.Cells[5].Mean), images.Scores);
        // The teacher is whole here, and of the images' model.
        Assert.Empty(images.Missing);

        double[] Accuracies(DistilledSet from, string model, SetEvaluation.Options how) => [.. SetEvaluation.Run(from, data, model, how, seed: 101).Select(score => score.Test!.Accuracy)];
    }

    [Fact]
    public void WhatScoresLackIsSaid()
    {
        var (_, result) = Run("seeds=[1]", "stages.teacher.train=plain-cnn-2", "stages.images.from=teacher", "stages.images.method={ kind: random, soft-labels: true }",
            "defaults.evaluate={ networks: 1, epochs: 1, beside: [random], whole: teacher }");
        var images = result.Stages[1].Images!;
        Assert.NotNull(images.Scores.ImprovementOverRandom);
        Assert.Equal((null, null, null), (images.Scores.HardLabelRecovery, images.Scores.LabelRobust, images.Scores.AugmentationRobust));
        Assert.Equal(["HLR and LRS: teacher trains a plain-cnn-2, and the images are for a mlp", "HLR and LRS: no network learned the images with hard labels; put hard-labels beside them",
            "ARS: no network learned without augmentation; put unaugmented beside the images"], images.Missing);
    }

    // Learned soft labels, and nobody to label random images likewise.
    [Fact]
    public void AControlThatCannotBeLabelledIsLeftOut()
    {
        var (_, result) = Run("seeds=[1]", "stages.images.method=frepo", "stages.images.iterations=1", "stages.images.synthesize=convnet-d2-w16",
            "defaults.evaluate={ networks: 1, epochs: 1, beside: [random, hard-labels], whole: null }");
        var images = result.Stages[1].Images!;
        Assert.Equal([SetVariant.Own, SetVariant.HardLabels], images.Cells.Select(cell => cell.Variant));
        Assert.Contains(images.Missing, why => why.Contains("there is no teacher to label random images", StringComparison.Ordinal));
        Assert.Contains(images.Missing, why => why.Contains("named by evaluate.whole", StringComparison.Ordinal));
    }

    // Batch norm in training mode would answer for the batch, not for the image.
    [Fact]
    public void ATeacherIsAskedInEvaluationMode()
    {
        var (run, _) = Run("seeds=[1]", "stages.teacher.train=plain-cnn-2", "stages.images.from=teacher", "stages.images.method={ kind: random, soft-labels: true }");
        using var off = Grad.Off();
        using var scope = new Scope();
        using var set = DistilledSet.Open(run.Images("images", 1));
        using var teacher = Networks.Open(run.Network("teacher", 1));
        teacher.Train(false);
        Assert.True(set.Labels.AllClose(teacher.Call(set.Images), rtol: 1e-4, atol: 1e-5));
    }

    [Fact]
    public void ExpertsAreTrainedOnceForAllThatMatchThem()
    {
        string[] changes = ["seeds=[1]", "defaults.experts={ count: 2, epochs: 3 }", "stages.images.method={ kind: mtt, steps: 2, expert-epochs: 1, last-start: 2 }", "stages.images.iterations=2", "stages.images.initial=real"];
        var (run, _) = Run(changes);
        Assert.Equal(6, events.OfType<ExpertEpochDone>().Count());
        using var set = DistilledSet.Open(run.Images("images", 1));
        Assert.Equal(2, set.Card.Iterations);
        Assert.NotNull(set.StepSize);
        events.Clear();
        Run([.. changes, "stages.images.iterations=3"]);
        Assert.Empty(events.OfType<ExpertEpochDone>());
        Assert.Single(events.OfType<SynthesisDone>());
    }

    [Fact]
    public void ImagesForOrderedStepsAreLearnedFromByThese()
    {
        string[] dd = ["seeds=[1]", "stages.images.method={ kind: dd, passes: 2, real-batch: 8, networks: 1 }", "stages.images.iterations=2"];
        var (run, result) = Run(dd);
        using var set = DistilledSet.Open(run.Images("images", 1));
        Assert.Equal([4, 10], set.Order!.Shape);
        Assert.Equal(4, set.StepSizes.Count);
        Assert.All(result.Stages[1].Seeds, seed => Assert.Equal(1, seed.Fit.Chosen.Epoch));
        var (_, usual) = Run([.. dd, "defaults.evaluate.in-order=false"]);
        Assert.All(usual.Stages[1].Seeds, seed => Assert.Equal(4, seed.Fit.Chosen.Epoch));
        var (fixedRun, same) = Run([.. dd, "stages.images.method.fixed-seed=3"]);
        using var own = DistilledSet.Open(fixedRun.Images("images", 1));
        Assert.Equal(3, own.Card.WeightsSeed);
        Assert.Single(same.Stages[1].Seeds.Select(seed => seed.Fit.Test.Loss).Distinct());
        Assert.Contains("a set by random has none", Assert.Throws<FitException>(() => Run("defaults.evaluate.in-order=true")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ImagesThatHoldSeveralAreTakenApart()
    {
        var (run, _) = Run("seeds=[1]", "stages.images.synthesize=lenet", "stages.images.method={ kind: idc, formation: 2, real-batch: 4, matches: 1, updates: 0 }", "stages.images.iterations=1");
        using var set = DistilledSet.Open(run.Images("images", 1));
        Assert.Equal(10 * 2 * 4, set.Count);
        Assert.Equal("color_crop_cutout", set.Card.Augmentation);
        Assert.All(set.Classes().CountBy(label => label), label => Assert.Equal(8, label.Value));
    }

    [Theory]
    [InlineData("stages.images.method={ kind: random, soft-labels: true }", "needs a teacher: name one with 'from'")]
    [InlineData("defaults.evaluate.teacher-weight=0.5", "there is no teacher")]
    [InlineData("stages.images.images-per-class=2000", "has only")]
    [InlineData("stages.images.method={ kind: idc, real-batch: 4, matches: 1, updates: 0 }", "nothing to match")]
    [InlineData("stages.images.method=mtt", "needs the trajectories of experts")]
    [InlineData("stages.images.synthesize=convnet-d8-w16", "stage 'images': images of 3x32x32 are too small for convnet-d8-w16")]
    public void WhatCannotWorkIsFoundBeforeAnythingIsTrained(string change, string expected)
    {
        var error = Assert.Throws<FitException>(() => Run(change));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.All(events, happened => Assert.IsType<StageRehearsed>(happened));
    }

    [Fact]
    public void ItsCostIsEstimated()
    {
        using var calibration = new Calibration(Runs);
        var images = calibration.Of(Read("stages.images.method={ kind: dm, real-batch: 4 }", "stages.images.synthesize=lenet", "stages.images.iterations=100")).Stages[1];
        Assert.Equal((100, 1, 2), (images.Epochs, images.Steps, images.Seeds));
        Assert.True(images.StepSeconds > 0 && images.Seconds > images.StepSeconds * 200, $"{images}");
    }

    (RunFolder Run, RunResult Result) Run(params string[] changes)
    {
        var run = RunFolder.Create(Runs, Read(changes), null, DateTimeOffset.Now);
        return (run, new Runner(Runs, events.Add).Run(run));
    }

    Recipe Read(params string[] changes)
    {
        var path = Path.Combine(folder.FullName, "recipe.yaml");
        if (!File.Exists(path)) File.WriteAllText(path, Text);
        return RecipeFile.Read(path, Words.Vocabulary, null, changes);
    }
}
