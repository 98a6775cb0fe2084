using Limbeck.Data;
using Limbeck.Data.Sources;
using Limbeck.Data.Storage;
using Limbeck.Lab.Recipes;
using Limbeck.Lab.Runs;
using Limbeck.Torch.Tensors;
using Limbeck.Training;

namespace Limbeck.Lab.Tests.Runs;

public sealed class EnsembleTests : IDisposable
{
    const string Text = """
        name: tiny
        data: { name: synthetic, validation: 100, train: 200 }
        defaults: { epochs: 1, batch: 50 }
        stages:
          one: { train: conv-very-tiny }
          committee: { ensemble: one }
          student: { distil: conv-very-tiny, from: committee, objectives: [soft-targets], seeds: [1] }
        seeds: [1, 2]
        """;

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("limbeck-ensemble-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void IsScoredAsItsMembersTogetherTeachesAndIsReused()
    {
        var runs = Path.Combine(folder.FullName, "runs");
        var made = RunFolder.Create(runs, Read(), null, DateTimeOffset.Now);
        var result = new Runner(runs).Run(made);
        var committee = result.Stages[1];
        Assert.Equal(("mean(2 conv-very-tiny)", 1), (committee.Model, committee.Seeds.Count));
        Assert.Equal(["one", "one"], committee.Members);
        Assert.Equal(result.Stages[0].Parameters * 2, committee.Parameters);
        Assert.Empty(committee.Teachers);
        Assert.Equal(["committee"], result.Stages[2].Teachers);
        Assert.NotNull(result.Stages[2].Seeds[0].Fit.Test.Agreement);
        var fit = committee.Seeds[0].Fit;
        Assert.Empty(fit.Epochs);
        Assert.Null(fit.Last.Test);
        Assert.Null(fit.TestBest.Test);
        Assert.NotNull(fit.Chosen.Validation);
        Assert.Equal(ByHand(made), fit.Chosen.Test!.Accuracy, 1e-6);
        Assert.Contains("committee", result.Gallery!.Items[0].Answers.Keys);

        var events = new List<TrainingEvent>();
        var again = new Runner(runs, events.Add).Run(RunFolder.Create(runs, Read("stages.committee2={ensemble: one}"), null, DateTimeOffset.Now));
        Assert.Equal(5, events.OfType<StageReused>().Count());
        Assert.Equal(fit.Chosen.Test.Loss, again.Stages[1].Seeds[0].Fit.Test.Loss);
    }

    [Fact]
    public void WithoutValidationItsMembersAreThoseOfTheLastEpoch()
    {
        var runs = Path.Combine(folder.FullName, "last");
        var fit = new Runner(runs).Run(RunFolder.Create(runs, Read("data.validation=0", "~stages.student", "stages.committee.mean=logits"), null, DateTimeOffset.Now)).Stages[1].Seeds[0].Fit;
        Assert.Equal(fit.Chosen, fit.Last);
        Assert.Null(fit.Chosen.Validation);
    }

    [Theory]
    [InlineData("stages.one.data.normalize=false", "its member one knows all 10 classes of synthetic")]
    [InlineData("stages.one.data.classes=[1, 0, 2, 3, 4, 5, 6, 7, 8, 9]", "its member one knows classes [1, 0, 2")]
    [InlineData("stages.one.data.seed=7", "may have learned from them")]
    [InlineData("stages.one.data.validation=0", "may have learned from them")]
    public void MembersThatSawOtherImagesAreFoundBeforeAnythingIsTrained(string change, string expected)
    {
        var events = new List<TrainingEvent>();
        var runs = Path.Combine(folder.FullName, "unfit");
        var error = Assert.Throws<FitException>(() => new Runner(runs, events.Add).Run(RunFolder.Create(runs, Read("~stages.student", change), null, DateTimeOffset.Now)));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.All(events, happened => Assert.IsType<StageRehearsed>(happened));
    }

    // The mean of both members' probabilities, from their files.
    static double ByHand(RunFolder run)
    {
        using var scope = new Scope();
        using var data = DataSplit.From(new DataStore().Load(Datasets.Get("synthetic"), null));
        var images = data.Test.Render(0, data.Test.Count);
        Tensor[] answers = [.. new[] { 1, 2 }.Select(seed => Answer(run.Network("one", seed)))];
        return (answers[0] + answers[1]).Argmax(1).Eq(images.Labels).To(DType.Float32).Mean().Item();

        Tensor Answer(string file)
        {
            using var network = Networks.Open(file);
            network.Train(false);
            return network.Call(images.Images).Softmax(1);
        }
    }

    Recipe Read(params string[] changes)
    {
        var path = Path.Combine(folder.FullName, "recipe.yaml");
        if (!File.Exists(path)) File.WriteAllText(path, Text);
        return RecipeFile.Read(path, Words.Vocabulary, null, changes);
    }
}
