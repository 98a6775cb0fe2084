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
        defaults: { epochs: 9, batch: 50, optimizer: { kind: sgd, lr: 0.1 } }
        stages:
          teacher: { train: conv-very-tiny, seeds: [1] }
          student: { distil: conv-very-tiny, from: teacher, objectives: [cross-entropy, soft-targets] }
        seeds: [1, 2]
        search:
          student:
            trials: 12
            startup: 4
            space:
              student.objectives[1].weight: { quniform: [0.1, 0.9, 0.1], complement: "student.objectives[0].weight" }
              student.optimizer.lr: { log-uniform: [1e-4, 0.3] }
        """;

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("limbeck-search-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void TheBestValuesTakeThePlaceOfTheSearch()
    {
        var (recipe, searches, events) = Search(Make("all"));
        var search = Assert.Single(searches);
        Assert.Equal(("student", "tpe", null, 12), (search.Stage, search.Sampler, search.Pruning, search.Trials.Count));
        Assert.Equal(search.Trials.Max(trial => trial.Value), search.Winner.Value);
        Assert.Equal([1], search.Seeds);
        Assert.All(search.Trials, trial => Assert.Equal(1, double.Parse(trial.Values["student.objectives[0].weight"]) + double.Parse(trial.Values["student.objectives[1].weight"]), 12));
        Assert.Empty(recipe.Search);
        Assert.Equal(search.Winner.Values["student.optimizer.lr"], $"{recipe.Stages["student"].Optimizer.Lr}");
        Assert.Equal(12, events.OfType<TrialDone>().Count());
        Assert.Equal(search.Best, events.OfType<TrialDone>().Last().Best);
        // The teacher is the same for all trials, and is trained as itself.
        Assert.Equal(Enumerable.Range(1, 12).Select(n => $"student, trial {n}").Prepend("teacher"), events.OfType<StageDone>().Select(done => done.Stage));
        Assert.Empty(events.OfType<StageReused>());
    }

    [Theory]
    [InlineData("search.student.sampler=tpe")]
    [InlineData("search.student.sampler=random", "search.student.prune={ after: 2, factor: 2 }")]
    [InlineData("search.student.prune={ factor: 3 }", "search.student.seeds=[1, 2]")]
    public void KilledAtAnythingThatHappensItComesToTheSame(params string[] changes)
    {
        changes = [.. changes, "defaults.epochs=4", "search.student.trials=7"];
        var undisturbed = Search(Make("undisturbed", changes));
        for (var kill = 0; kill < undisturbed.Events.Count; kill++)
        {
            var (made, training, told) = (Make("killed", changes), new MadeUpTraining(), 0);
            Assert.Throws<Killed>(() => Search(made, training, _ => { if (told++ == kill) throw new Killed(); }));
            var (_, searches, _) = Search(made, training);
            Assert.Equal(JsonSerializer.Serialize(undisturbed.Searches), JsonSerializer.Serialize(searches));
        }
    }

    [Fact]
    public void WhatIsWorseThanOthersIsStoppedEarly()
    {
        var training = new MadeUpTraining();
        var (_, searches, events) = Search(Make("pruned", "search.student.prune={ factor: 3 }", "search.student.sampler=random", "search.student.trials=30"), training);
        var pruned = events.OfType<TrialPruned>().ToList();
        Assert.Equal(pruned.Select(trial => trial.Trial), searches[0].Trials.Where(trial => trial.State == "pruned").Select(trial => trial.Number));
        Assert.InRange(pruned.Count(trial => trial.Epoch == 1), 15, 26);
        Assert.All(pruned, trial => Assert.Contains(trial.Epoch, new[] { 1, 3 }));
        // Each one trained to the epoch where it was judged, and no further.
        Assert.Equal(9 + pruned.Sum(trial => trial.Epoch) + (9 * (30 - pruned.Count)), training.Epochs);
        Assert.Equal("one in 3 goes on after epoch 1, and each time that these are multiplied by 3", searches[0].Pruning);
    }

    [Fact]
    public void WhatIsInStoreChangesNothing()
    {
        string[] changes = ["search.student.prune={ factor: 3 }"];
        var training = new MadeUpTraining();
        // Every trial is finished, also those that would have been stopped.
        Search(Make("unpruned", "search.student.sampler=random"), training);
        var first = Search(Make("clean", [.. changes, "search.student.sampler=random"]));
        var second = Search(Make("stored", [.. changes, "search.student.sampler=random"]), training);
        Assert.Equal(JsonSerializer.Serialize(first.Searches), JsonSerializer.Serialize(second.Searches));
        Assert.Equal(9 * 13, training.Epochs);
    }

    [Fact]
    public void AnEqualTrialIsNotTrainedAgain()
    {
        var training = new MadeUpTraining();
        string[] changes = ["~search.student.space", "search.student.space={ student.optimizer.lr: { choice: [0.001, 0.01, 0.1] } }", "search.student.prune={ factor: 2 }", "search.student.trials=20"];
        var (_, searches, _) = Search(Make("equal", changes), training);
        Assert.Equal(20, searches[0].Trials.Count);
        Assert.True(training.Epochs <= 9 * 4);
        Assert.Equal("0.01", searches[0].Winner.Values["student.optimizer.lr"]);
    }

    [Fact]
    public void ATrialThatDivergesIsTheWorstAndNotTheEnd()
    {
        string[] grid = ["~search.student.space", "search.student.sampler=grid", "search.student.trials=null"];
        var (_, searches, events) = Search(Make("diverged", [.. grid, "search.student.space={ student.optimizer.lr: { choice: [10, 0.01] } }"]));
        Assert.Equal(["failed", "complete"], searches[0].Trials.Select(trial => trial.State));
        Assert.Equal(2, searches[0].Best);
        Assert.Equal("the loss of student, trial 1 is NaN", events.OfType<TrialFailed>().Single().Reason);
        var none = Assert.Throws<DivergedException>(() => Search(Make("none", [.. grid, "search.student.space={ student.optimizer.lr: { choice: [10, 20] } }"])));
        Assert.Contains("none of the 2 trials of student", none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AGridTriesEverythingAndOneSearchGoesOnFromAnother()
    {
        const string Chain = """
            search:
              teacher: { sampler: grid, space: { teacher.optimizer.lr: { choice: [0.001, 0.05] } } }
              student: { sampler: grid, seeds: [1, 2], space: { "student.objectives[1].temperature": { choice: [2, 8] }, "student.objectives[0].weight": { integer: [0, 1] } } }
            """;
        var (recipe, searches, _) = Search(MakeOf("grid", Text[..Text.IndexOf("search:", StringComparison.Ordinal)] + Chain));
        Assert.Equal([2, 4], searches.Select(search => search.Trials.Count));
        Assert.Equal(["2 0", "2 1", "8 0", "8 1"], searches[1].Trials.Select(trial => string.Join(' ', trial.Values.Values)));
        Assert.Equal(0.05, recipe.Stages["teacher"].Optimizer.Lr);
        Assert.Equal("0.001, 0.05", searches[0].Space["teacher.optimizer.lr"]);
    }

    /// <summary>With networks, checkpoints and stages in store: from the recipe to the result, stopped on the way.</summary>
    [Fact]
    public void ARunSearchesTrainsAndReports()
    {
        string[] changes = ["defaults.epochs=3", "defaults.threads=1", "search.student.trials=4", "search.student.startup=2", "search.student.prune={ factor: 2 }"];
        var undisturbed = new Runner(Runs("undisturbed")).Run(Make("undisturbed", changes));
        var search = undisturbed.Searches[0];
        var student = undisturbed.Stages[^1];
        Assert.Equal([1, 2], student.Seeds.Select(seed => seed.Seed));
        Assert.Equal(search.Winner.Value, student.Seeds[0].Fit.Chosen.Validation!.Accuracy);
        Assert.StartsWith($"{search.Winner.Values["student.objectives[1].weight"]} · soft-targets", student.Objectives[1], StringComparison.Ordinal);
        // What the best trial trained is this run's own.
        Assert.All(undisturbed.Stages.SelectMany(stage => stage.Seeds), seed => Assert.False(seed.Reused));

        var made = Make("stopped", changes);
        RunResult? run = null;
        for (var stops = 0; run is null; stops++)
        {
            Assert.True(stops < 100, "it never comes to its end");
            using var stop = new CancellationTokenSource();
            var told = 0;
            try
            {
                run = new Runner(Runs("stopped"), _ => Stop(stop, ++told == 8 + (4 * stops))) { CheckpointEvery = TimeSpan.Zero }.Run(made, stop.Token);
                Assert.True(stops > 2, "it was hardly stopped");
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                Assert.False(made.IsFinished);
            }
        }

        Assert.Equal(JsonSerializer.Serialize(undisturbed.Searches), JsonSerializer.Serialize(run.Searches));
        Assert.Equal(student.Seeds.Select(seed => seed.Fit.Epochs[^1].Loss), run.Stages[^1].Seeds.Select(seed => seed.Fit.Epochs[^1].Loss));
        Assert.Equal(JsonSerializer.Serialize(run.Searches), JsonSerializer.Serialize(made.ReadResult().Searches));
        Assert.Equal(4, EventLog.Read(made.Events).OfType<TrialStarted>().DistinctBy(trial => trial.Trial).Count());
        Assert.Equal(StagePlan.Of(RecipeFile.Read(made.Found, Words.Vocabulary)).Select(stage => stage.Key), run.Stages.SelectMany(stage => stage.Seeds).Select(seed => seed.Key));
    }

    static void Stop(CancellationTokenSource stop, bool now)
    {
        if (now) stop.Cancel();
    }

    static (Recipe Recipe, IReadOnlyList<SearchResult> Searches, List<TrainingEvent> Events) Search(RunFolder made, MadeUpTraining? training = null, Action<TrainingEvent>? tell = null)
    {
        var events = new List<TrainingEvent>();
        var search = new RecipeSearch(made, (training ?? new()).Train, happened =>
        {
            tell?.Invoke(happened);
            events.Add(happened);
        });
        var (recipe, searches) = search.Run(RecipeFile.Read(made.Recipe, Words.Vocabulary), TestContext.Current.CancellationToken);
        return (recipe, searches, events);
    }

    string Runs(string name) => Path.Combine(folder.FullName, name);

    RunFolder Make(string name, params string[] changes) => MakeOf(name, Text, changes);

    RunFolder MakeOf(string name, string text, params string[] changes)
    {
        var path = Path.Combine(folder.FullName, $"{name}.yaml");
        File.WriteAllText(path, text);
        return RunFolder.Create(Runs(name), RecipeFile.Read(path, Words.Vocabulary, null, changes), null, DateTimeOffset.Now);
    }

    sealed class Killed : Exception;
}
