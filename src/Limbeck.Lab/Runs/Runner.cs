using System.Diagnostics;
using Limbeck.Data;
using Limbeck.Data.Storage;
using Limbeck.Lab.Recipes;
using Limbeck.Models;
using Limbeck.Torch;
using Limbeck.Torch.Serialization;
using Limbeck.Training;

namespace Limbeck.Lab.Runs;

/// <summary>Runs a recipe into a folder: every stage in its order, for every seed, reusing what is finished and going on where a run was stopped.</summary>
/// <param name="runs">The folder that holds the run folders; finished stages are shared under it.</param>
/// <param name="tell">Who is told of progress, besides the run's event log.</param>
public sealed class Runner(string runs, Action<TrainingEvent>? tell = null)
{
    readonly StageStore store = new(Path.Combine(runs, ".stages"));

    /// <summary>Time between two checkpoints of a training: what a crash can lose. Default half a minute.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Runs, or goes on with, the recipe of a folder.</summary>
    /// <exception cref="FitException">Something does not fit together.</exception>
    /// <exception cref="DivergedException">A loss is not finite any more.</exception>
    /// <exception cref="OperationCanceledException">It was stopped. Running the folder again goes on from the last checkpoint.</exception>
    public RunResult Run(RunFolder folder, CancellationToken stop = default)
    {
        var watch = Stopwatch.StartNew();
        var recipe = RecipeFile.Read(folder.Recipe, Words.Vocabulary);
        var plan = StagePlan.Of(recipe);
        using var log = new EventLog(folder.Events);
        var ownStages = EventLog.Read(folder.Events).OfType<StageDone>().Select(done => (done.Stage, done.Seed)).ToHashSet();
        using var shelf = new DataShelf(new DataStore());
        Rehearsal.Of(plan, shelf);
        var seeds = new Dictionary<PlannedStage, SeedResult>();
        var threads = Engine.Threads;
        foreach (var stage in plan)
        {
            Engine.Threads = stage.Recipe.Threads ?? threads;
            var result = RunStage(stage, shelf.Open(stage.Recipe.Data), happened => Tell(log, happened), stop);
            seeds.Add(stage, result with { Reused = result.Reused && !ownStages.Contains((stage.Name, stage.Seed)) });
            CopyNetwork(store.Network(stage.Key), folder.Network(stage.Name, stage.Seed));
        }

        Engine.Threads = threads;
        var measuring = new Measuring(recipe, store, shelf, happened => Tell(log, happened));
        foreach (var stage in plan) seeds[stage] = seeds[stage] with { Robustness = measuring.Robustness(stage) };
        var start = folder.ReadStart();
        var stages = plan.GroupBy(stage => stage.Name).Select(group => Summary.Stage(recipe, [.. group], seeds, shelf) with { Latent = measuring.Latent(group.First()) }).ToList();
        var shown = plan[^1].Recipe.Data;
        var alike = plan.DistinctBy(stage => stage.Name).Where(stage => SeesTheSame(stage.Recipe.Data, shown)).ToDictionary(stage => stage.Name, stage => store.Network(stage.Key));
        var run = new RunResult(recipe.Name, recipe.Description ?? "", start.Scale, RecipeFile.Write(recipe), MachineProbe.Read(), start.Started,
            SecondsOf(folder, watch), Summary.Data(shelf.Open(shown with { Train = null, PerClass = null })), stages, Galleries.Choose(shelf.Open(shown).Test, alike))
        {
            Differences = recipe.Differences,
        };
        folder.WriteResult(run);
        return run;
    }

    SeedResult RunStage(PlannedStage stage, DataSplit data, Action<TrainingEvent> told, CancellationToken stop)
    {
        using var only = store.Lock(stage.Key, stop);
        if (store.Find(stage.Key) is { } found)
        {
            told(new StageReused(stage.Key) { Stage = stage.Name, Seed = stage.Seed });
            using var finished = Networks.Open(store.Network(stage.Key));
            return new SeedResult(stage.Seed, stage.Key, Reused: true, found, Latency.Milliseconds(finished));
        }

        using var network = Networks.Create(stage, data);
        if (stage.Load is { } start) network.Load(Weights(start));
        using var teacher = Teacher(stage, parent => Networks.Open(Weights(parent)));
        var fit = Fit.Run(Job(stage, network, teacher, data) with
        {
            Checkpoint = store.Checkpoint(stage.Key),
            CheckpointEvery = CheckpointEvery,
            Key = stage.Key,
            Tell = told,
        }, stop);
        Networks.Save(network, store.Network(stage.Key), stage, data);
        store.KeepAligned(stage.Key, fit.Aligned);
        store.Finish(stage.Key, fit);
        return new SeedResult(stage.Seed, stage.Key, Reused: false, fit, Latency.Milliseconds(network));
    }

    internal static FitJob Job(PlannedStage stage, Network network, Network? teacher, DataSplit data) =>
        new(network, teacher, StageJob.Terms(stage.Recipe), data, StageJob.Options(stage)) { Stage = stage.Name, Model = stage.Recipe.Model };

    internal static Network? Teacher(PlannedStage stage, Func<StageParent, Network> open) => stage.From.Count switch
    {
        0 => null,
        1 => open(stage.From[0]),
        var several => throw new FitException($"stage '{stage.Name}' names {several} teachers, and its objectives read one: name one in 'from'"),
    };

    static bool SeesTheSame(DataRecipe one, DataRecipe other) =>
        (one.Name, one.Path, one.Normalize) == (other.Name, other.Path, other.Normalize) && (one.Classes ?? []).SequenceEqual(other.Classes ?? []);

    string Weights(StageParent parent) => parent.Checkpoint ?? store.Network(parent.Key);

    void Tell(EventLog log, TrainingEvent happened)
    {
        log.Write(happened);
        tell?.Invoke(happened);
    }

    // Time in all: earlier sessions' from the times of their events, this one's from its watch. The pause before a session is not counted.
    static double SecondsOf(RunFolder folder, Stopwatch session)
    {
        var (total, last) = (0.0, (DateTimeOffset?)null);
        var began = DateTimeOffset.UtcNow - session.Elapsed;
        foreach (var happened in EventLog.Read(folder.Events).Where(happened => happened.At < began))
        {
            if (last is { } before && happened is not StageStarted and not StageReused) total += (happened.At - before).TotalSeconds;
            last = happened.At;
        }

        return total + session.Elapsed.TotalSeconds;
    }

    // A run folder stands on its own: it holds the networks too, in copies of their own.
    static void CopyNetwork(string stored, string wanted)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(wanted)!);
        if (File.Exists(wanted)) return;
        using var source = File.OpenRead(stored);
        AtomicFile.Write(wanted, source.CopyTo);
    }
}
