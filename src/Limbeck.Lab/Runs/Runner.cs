using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Limbeck.Data;
using Limbeck.Data.Storage;
using Limbeck.Lab.Recipes;
using Limbeck.Models;
using Limbeck.Torch;
using Limbeck.Torch.Serialization;
using Limbeck.Training;

namespace Limbeck.Lab.Runs;

/// <summary>Runs a recipe into a folder: every stage after those that it needs, for every seed, reusing what is finished and going on where a run was stopped.</summary>
/// <param name="runs">The folder that holds the run folders; finished stages are shared under it.</param>
/// <param name="tell">Who is told of progress, besides the run's event log: of one event at a time, on any thread.</param>
public sealed class Runner(string runs, Action<TrainingEvent>? tell = null)
{
    readonly StageStore store = new(Path.Combine(runs, ".stages"));
    readonly HashSet<string> rehearsed = new(StringComparer.Ordinal);
    readonly Lock telling = new();

    /// <summary>Time between two checkpoints of a training: what a crash can lose. Default half a minute.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Stages that run side by side where none of them needs another; 0 for as many as the cores are for. Default 1. A stage that does not say its number of threads
    /// gets <see cref="Engine.Threads"/> / jobs, and for 0 there are as many jobs as have room: <see cref="Engine.Threads"/> / the most that a stage asks for, which is 1 where none asks.
    /// </summary>
    /// <remarks>A stage comes to the same bits as alone with as many threads. Each takes memory for itself; only the data are shared.</remarks>
    [Range(0, 1024)] public int Jobs { get; init; } = 1;

    /// <summary>Asked of each stage that could start; null lets all.</summary>
    public StageGate? Gate { get; init; }

    /// <summary>Finds what cannot work, without training anything. <see cref="Run"/> begins with it; what was found to fit is not tried again.</summary>
    /// <exception cref="FitException">Something does not fit together.</exception>
    public void Check(Recipe recipe, CancellationToken stop = default)
    {
        using var shelf = new DataShelf(new DataStore());
        Rehearse(StagePlan.Of(recipe), shelf, stop);
    }

    /// <summary>Runs, or goes on with, the recipe of a folder.</summary>
    /// <exception cref="FitException">Something does not fit together.</exception>
    /// <exception cref="DivergedException">A loss is not finite any more.</exception>
    /// <exception cref="OperationCanceledException">It was stopped. Running the folder again goes on from the last checkpoint.</exception>
    public RunResult Run(RunFolder folder, CancellationToken stop = default)
    {
        var watch = Stopwatch.StartNew();
        var written = RecipeFile.Read(folder.Recipe, Words.Vocabulary);
        using var log = new EventLog(folder.Events);
        using var shelf = new DataShelf(new DataStore());
        Rehearse(StagePlan.Of(written), shelf, stop);
        var (recipe, searches) = new RecipeSearch(folder, TrainTrial, happened => Tell(log, happened)).Run(written, stop);
        var plan = StagePlan.Of(recipe);
        var skipped = new ConcurrentDictionary<PlannedStage, SkippedStage>();
        var queue = new StageQueue(plan, Gate, (stage, reason) =>
        {
            skipped[stage] = new(stage.Name, stage.Seed, reason) { Model = stage.Recipe.Model, Teachers = Summary.Teachers(stage) };
            Tell(log, new StageSkipped(reason) { Stage = stage.Name, Seed = stage.Seed });
        });
        Work(queue, CoreShare.Of(Jobs, Engine.Threads, plan), Run, stop);

        var start = folder.ReadStart();
        var seeds = Measure(queue.Done, folder, searches);
        var done = plan.Where(seeds.ContainsKey).ToList();
        var measuring = new Measuring(recipe, store, shelf, happened => Tell(log, happened));
        foreach (var stage in done) seeds[stage] = seeds[stage] with { Robustness = measuring.Robustness(stage) };
        var stages = done.GroupBy(stage => stage.Name).Select(group => Summary.Stage(recipe, [.. group], seeds, shelf) with { Latent = measuring.Latent(group.First()) }).ToList();
        List<SetPicture> sets = [.. done.Where(stage => stage.Recipe.IsSynthesis).DistinctBy(stage => stage.Name).Select(stage => SetPicture.Of(stage, store.Images(stage.Key), ImageHistory.Read(store, stage.ImagesKey!)) with { Recognised = measuring.Recognised(stage) })];
        var shown = plan[^1].Recipe.Data;
        var alike = done.DistinctBy(stage => stage.Name).Where(stage => SeesTheSame(stage.Recipe.Data, shown)).ToDictionary(stage => stage.Name, stage => store.Network(stage.Key));
        var run = new RunResult(recipe.Name, recipe.Description ?? "", start.Scale, RecipeFile.Write(written), MachineProbe.Read(), start.Started,
            SecondsOf(folder, watch), Summary.Data(shelf.Open(shown with { Train = null, PerClass = null })), SetOutcomes.Into(stages, seeds, sets), Galleries.Choose(shelf.Open(shown).Test, alike, stop))
        {
            Jobs = Jobs,
            Skipped = [.. plan.Where(skipped.ContainsKey).Select(stage => skipped[stage])],
            Flows = new Flows(shelf, Weights).Of(done),
            Sets = sets,
            Differences = recipe.Differences,
            Searches = searches,
        };
        folder.WriteResult(run);
        return run;

        FitResult Run(PlannedStage stage, CancellationToken stopping)
        {
            var fit = RunStage(stage, shelf.Open(stage.Recipe.Data), happened => Tell(log, happened), stopping);
            Copy(store.Network(stage.Key), folder.Network(stage.Name, stage.Seed));
            if (stage.Recipe.IsSynthesis) Copy(store.Images(stage.Key), folder.Images(stage.Name, stage.Seed));
            return fit;
        }

        IReadOnlyDictionary<PlannedStage, FitResult> TrainTrial(IReadOnlyList<PlannedStage> trial, Action<TrainingEvent> told, CancellationToken stopTrial)
        {
            var stages = new StageQueue(trial);
            Work(stages, CoreShare.Of(Jobs, Engine.Threads, trial), (stage, stopping) => RunStage(stage, shelf.Open(stage.Recipe.Data), told, stopping), stopTrial);
            return stages.Done;
        }
    }

    // What is finished works already.
    void Rehearse(IEnumerable<PlannedStage> plan, DataShelf shelf, CancellationToken stop)
    {
        var open = plan.Where(stage => !rehearsed.Contains(stage.Key) && store.Find(stage.Key) is null).ToList();
        Rehearsal.Of(open, shelf, tell, stop);
        rehearsed.UnionWith(open.Select(stage => stage.Key));
    }

    static void Work(StageQueue queue, CoreShare share, Func<PlannedStage, CancellationToken, FitResult> run, CancellationToken stop)
    {
        var threads = Engine.Threads;
        try
        {
            new Crew(queue, (stage, stopping) =>
            {
                Engine.Threads = share.ThreadsOf(stage);
                return run(stage, stopping);
            }).Work(share.Jobs, stop);
        }
        finally
        {
            Engine.Threads = threads;
        }
    }

    // How long an answer takes is measured now, when nothing else runs, and once a stage: its seeds are one network with other weights.
    Dictionary<PlannedStage, SeedResult> Measure(IReadOnlyDictionary<PlannedStage, FitResult> done, RunFolder folder, IReadOnlyList<SearchResult> searches)
    {
        var own = EventLog.Read(folder.Events).OfType<StageDone>().Select(stage => (stage.Stage, stage.Seed)).ToHashSet();
        var latencies = done.Keys.DistinctBy(stage => stage.Name).ToDictionary(stage => stage.Name, LatencyOf, StringComparer.Ordinal);
        return done.ToDictionary(entry => entry.Key, entry => new SeedResult(entry.Key.Seed, entry.Key.Key, Reused: !IsOwn(entry.Key), entry.Value, latencies[entry.Key.Name]));

        double LatencyOf(PlannedStage stage)
        {
            using var network = Networks.Open(store.Network(stage.Key));
            return Latency.Milliseconds(network);
        }

        // The best trial of a search is the stage itself.
        bool IsOwn(PlannedStage stage) => searches.Select(search => TrialPlan.NameIn(search.Best, stage.Name)).Append(stage.Name).Any(name => own.Contains((name, stage.Seed)));
    }

    FitResult RunStage(PlannedStage stage, DataSplit data, Action<TrainingEvent> told, CancellationToken stop)
    {
        using var only = store.Lock(stage.Key, stop);
        if (store.Find(stage.Key) is { } found)
        {
            told(new StageReused(stage.Key) { Stage = stage.Name, Seed = stage.Seed });
            return found;
        }

        var fit = stage.Recipe.IsSynthesis ? Synthesize(stage, data, told, stop) : TrainOrGather(stage, data, told, stop);
        store.KeepAligned(stage.Key, fit.Aligned);
        store.Finish(stage.Key, fit);
        return fit;
    }

    FitResult TrainOrGather(PlannedStage stage, DataSplit data, Action<TrainingEvent> told, CancellationToken stop)
    {
        using var network = Networks.Create(stage, data);
        var fit = network is EnsembleNetwork ensemble ? Gather(stage, ensemble, data, told) : Train(stage, network, data, told, stop);
        Networks.Save(network, store.Network(stage.Key), stage, data);
        return fit;
    }

    FitResult Synthesize(PlannedStage stage, DataSplit data, Action<TrainingEvent> told, CancellationToken stop)
    {
        using var teachers = new Teachers(stage.From.Select((parent, k) => Teacher(parent, stage, k, data.Train)));
        // Methods ask it themselves, before anything is trained.
        foreach (var asked in teachers.All) asked.Network.Train(false);
        var parts = new SynthesisParts(stage, data, teachers.All is [var teacher] ? teacher : null) { TeacherHash = stage.From.Count == 0 ? null : FileHash.Of(Weights(stage.From[0])) };
        return new Syntheses(store, parts, told) { CheckpointEvery = CheckpointEvery }.Run(stop);
    }

    FitResult Train(PlannedStage stage, Network network, DataSplit data, Action<TrainingEvent> told, CancellationToken stop)
    {
        if (stage.Load is { } start) Networks.Start(network, Weights(start));
        using var teachers = new Teachers(stage.From.Select((parent, k) => Teacher(parent, stage, k, data.Train)));
        return Fit.Run(Job(stage, network, teachers.All, data) with
        {
            Checkpoint = store.Checkpoint(stage.Key),
            CheckpointEvery = CheckpointEvery,
            Key = stage.Key,
            Tell = told,
        }, stop);
    }

    FitResult Gather(PlannedStage stage, EnsembleNetwork ensemble, DataSplit data, Action<TrainingEvent> told)
    {
        var fit = Ensembles.Gather(ensemble, stage.From.Select(Weights), data);
        told(new StageDone(fit) { Stage = stage.Name, Seed = stage.Seed });
        return fit;
    }

    internal static FitJob Job(PlannedStage stage, Network network, IReadOnlyList<Teacher> teachers, DataSplit data) =>
        new(network, teachers, StageJob.Terms(stage.Recipe), data, StageJob.Options(stage)) { Stage = stage.Name, Model = stage.Recipe.Model };

    Teacher Teacher(StageParent parent, PlannedStage student, int place, ImageDataset images)
    {
        var card = NetworkCard.Read(Weights(parent));
        return card.Teach(card.Shown(Networks.Open(Weights(parent)), images), student, place, images);
    }

    static bool SeesTheSame(DataRecipe one, DataRecipe other) =>
        (one.Name, one.Path, one.Normalize, one.Zca) == (other.Name, other.Path, other.Normalize, other.Zca) && (one.Classes ?? []).SequenceEqual(other.Classes ?? []);

    string Weights(StageParent parent) => parent.Checkpoint ?? store.Network(parent.Key);

    void Tell(EventLog log, TrainingEvent happened)
    {
        lock (telling)
        {
            log.Write(happened);
            tell?.Invoke(happened);
        }
    }

    static double SecondsOf(RunFolder folder, Stopwatch session)
    {
        var began = DateTimeOffset.UtcNow - session.Elapsed;
        return (WorkingTime.Of(EventLog.Read(folder.Events).Where(happened => happened.At < began)) + session.Elapsed).TotalSeconds;
    }

    // A run folder stands on its own: it holds networks and images too, in copies of their own.
    static void Copy(string stored, string wanted)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(wanted)!);
        if (File.Exists(wanted)) return;
        using var source = File.OpenRead(stored);
        AtomicFile.Write(wanted, source.CopyTo);
    }
}
