using System.Text.Json;
using Limbeck.Lab.Recipes;
using Limbeck.Lab.Runs;
using Limbeck.Training;

namespace Limbeck.Lab.Tests.Runs;

public sealed class RecipeSearchTests : IDisposable
{
    const string Text = """
        name: tiny
        data: { name: synthetic, validation: 100, train: 150 }
        defaults: { epochs: 3, batch: 50, threads: 1 }
        stages:
          teacher: { train: conv-very-tiny, seeds: [1] }
          student: { distil: conv-very-tiny, from: teacher, objectives: [cross-entropy, soft-targets] }
        seeds: [1, 2]
        search:
          student:
            trials: 6
            startup: 3
            space:
              student.objectives[1].weight: { quniform: [0.1, 0.9, 0.1], complement: "student.objectives[0].weight" }
              student.optimizer.lr: { log-uniform: [1e-3, 0.3] }
        """;

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("limbeck-search-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void TheStageRunsWithWhatWasBestOnValidationImages()
    {
        var events = new List<TrainingEvent>();
        var made = Make("all");
        var run = new Runner(Runs("all"), events.Add).Run(made);

        var search = Assert.Single(run.Searches);
        Assert.Equal(("student", "tpe", 6), (search.Stage, search.Sampler, search.Trials.Count));
        Assert.Equal(search.Trials.Max(trial => trial.Value), search.Winner.Value);
        Assert.Equal(1, double.Parse(search.Winner.Values["student.objectives[0].weight"]) + double.Parse(search.Winner.Values["student.objectives[1].weight"]), 12);
        Assert.Equal([1], search.Seeds);

        var student = run.Stages[^1];
        Assert.Equal([1, 2], student.Seeds.Select(seed => seed.Seed));
        Assert.Equal(search.Winner.Value, student.Seeds[0].Fit.Chosen.Validation!.Accuracy);
        Assert.StartsWith($"{search.Winner.Values["student.objectives[1].weight"]} · soft-targets", student.Objectives[1], StringComparison.Ordinal);
        // What the best trial trained is not trained again, and is this run's own.
        Assert.All(run.Stages.SelectMany(stage => stage.Seeds), seed => Assert.False(seed.Reused));
        Assert.Equal(1 + 6 + 1, events.OfType<StageDone>().Count());
        Assert.Equal(6, events.OfType<TrialStarted>().Count());
        Assert.Equal(events.Select(happened => happened.GetType()), EventLog.Read(made.Events).Select(happened => happened.GetType()));
        Assert.Equal(search.Best, EventLog.Read(made.Events).OfType<TrialDone>().Last().Best);

        var found = RecipeFile.Read(made.Found, Words.Vocabulary);
        Assert.Empty(found.Search);
        Assert.Equal(StagePlan.Of(found).Select(stage => stage.Key), run.Stages.SelectMany(stage => stage.Seeds).Select(seed => seed.Key));
        Assert.Equal(JsonSerializer.Serialize(run.Searches), JsonSerializer.Serialize(made.ReadResult().Searches));

        // A second run of the same recipe finds every trial trained, and so the same.
        var again = new Runner(Runs("all")).Run(Make("all"));
        Assert.Equal(JsonSerializer.Serialize(run.Searches), JsonSerializer.Serialize(again.Searches));
        Assert.All(again.Stages.SelectMany(stage => stage.Seeds), seed => Assert.True(seed.Reused));
    }

    [Theory]
    [InlineData("search.student.prune=null")]
    [InlineData("search.student.prune={ after: 1, factor: 2 }")]
    public void StoppedAgainAndAgainItComesToTheSame(string prune)
    {
        string[] changes = [prune, "stages.student.seeds=[1]", "search.student.trials=5"];
        var undisturbed = new Runner(Runs("undisturbed")).Run(Make("undisturbed", changes));
        var made = Make("stopped", changes);
        var stops = 0;
        while (true)
        {
            // At every fifth thing that happens, later each time: within trials, between them, before and after a rung.
            using var stop = new CancellationTokenSource();
            var seen = 0;
            stops++;
            try
            {
                var run = new Runner(Runs("stopped"), _ => { if (++seen == 5 + stops) stop.Cancel(); }) { CheckpointEvery = TimeSpan.Zero }.Run(made, stop.Token);
                Assert.True(stops > 3);
                Assert.Equal(JsonSerializer.Serialize(undisturbed.Searches), JsonSerializer.Serialize(run.Searches));
                Assert.Equal(undisturbed.Stages[^1].Seeds[0].Fit.Epochs[^1].Loss, run.Stages[^1].Seeds[0].Fit.Epochs[^1].Loss);
                Assert.Equal(prune != "search.student.prune=null", run.Searches[0].Trials.Any(trial => trial.State == "pruned"));
                break;
            }
            catch (OperationCanceledException)
            {
                Assert.True(stops < 200, "it never comes to its end");
            }
        }
    }

    [Fact]
    public void AGridTriesEverythingAndOneSearchGoesOnFromAnother()
    {
        const string Chain = """
            search:
              teacher: { sampler: grid, space: { teacher.optimizer.lr: { choice: [0.001, 0.05] } } }
              student: { sampler: grid, seeds: [1, 2], space: { "student.objectives[1].temperature": { choice: [2, 8] }, "student.objectives[0].weight": { integer: [0, 1] } } }
            """;
        var run = new Runner(Runs("grid")).Run(Make("grid", Text[..Text.IndexOf("search:", StringComparison.Ordinal)] + Chain, "defaults.epochs=1"));
        Assert.Equal([2, 4], run.Searches.Select(search => search.Trials.Count));
        Assert.Equal(["2 0", "2 1", "8 0", "8 1"], run.Searches[1].Trials.Select(trial => string.Join(' ', trial.Values.Values)));
        Assert.Equal(run.Searches[0].Winner.Value, run.Stages[0].Seeds[0].Fit.Chosen.Validation!.Accuracy);
        Assert.Equal(run.Searches[1].Winner.Value!.Value, run.Stages[1].Seeds.Average(seed => seed.Fit.Chosen.Validation!.Accuracy), 12);
    }

    [Fact]
    public void ATrialThatDivergesIsTheWorstAndNotTheEnd()
    {
        var events = new List<TrainingEvent>();
        var change = "search.student.space={ student.optimizer.lr: { choice: [1e3, 0.01] } }";
        var run = new Runner(Runs("diverged"), events.Add).Run(Make("diverged", change, "search.student.sampler=grid", "search.student.trials=null", "stages.student.schedule=constant"));
        Assert.Equal(["failed", "complete"], run.Searches[0].Trials.Select(trial => trial.State));
        Assert.Equal(2, run.Searches[0].Best);
        Assert.Contains("the loss of student, trial 1", events.OfType<TrialFailed>().Single().Reason, StringComparison.Ordinal);
    }

    string Runs(string name) => Path.Combine(folder.FullName, name);

    RunFolder Make(string name, params string[] changes) => Make(name, Text, changes);

    RunFolder Make(string name, string text, params string[] changes)
    {
        var path = Path.Combine(folder.FullName, $"{name}.yaml");
        File.WriteAllText(path, text);
        return RunFolder.Create(Runs(name), RecipeFile.Read(path, Words.Vocabulary, null, changes), null, DateTimeOffset.Now);
    }
}
