using Limbeck.Data.Distilled;
using Limbeck.Evaluation;
using Limbeck.Synthesis;
using Limbeck.Training;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Lab.Runs;

/// <summary>Stages that synthesise images: first the images, then fresh networks that learn from them alone, and what these are worth. The stage's own network is the first of them.</summary>
/// <param name="store">Keeps images by what determines them, so that another evaluation of the same ones makes none anew.</param>
/// <param name="parts">What the stage is made of.</param>
/// <param name="tell">Who is told of progress.</param>
sealed class Syntheses(StageStore store, SynthesisParts parts, Action<TrainingEvent> tell)
{
    /// <summary>Time between two checkpoints of the images.</summary>
    internal TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(30);

    string Key => parts.Stage.Key;

    string ImagesKey => parts.Stage.ImagesKey!;

    /// <summary>Does what is left of the stage.</summary>
    /// <exception cref="DivergedException">The images, or a network's loss, are not finite any more.</exception>
    internal FitResult Run(CancellationToken stop)
    {
        using var set = Make(stop);
        var options = parts.Stage.Recipe.Evaluation;
        var scores = new SetTrials(store, parts, tell).Run(set, stop);
        var record = SetRecord.Of(options, scores.Where(score => score.Variant == SetVariant.Own)) with { Teacher = options.TeacherWeight > 0 ? parts.TeacherHash : null };
        using var known = set.With(set.Card with { Evaluation = record.Write() });
        known.Save(store.Images(Key));
        var fit = Together([.. scores.Take(options.Networks)], [.. scores.Skip(options.Networks)], SetEvaluation.EpochsOf(set, options));
        tell(new StageDone(fit) { Stage = parts.Stage.Name, Seed = parts.Stage.Seed });
        return fit;
    }

    DistilledSet Make(CancellationToken stop)
    {
        using var only = store.Lock(ImagesKey, stop);
        var path = store.Images(ImagesKey);
        if (File.Exists(path)) return DistilledSet.Open(path);
        var choice = parts.Stage.Recipe.Choose is { } how ? new ImageChoice(store, parts, how) : null;
        var history = new ImageHistory(store, parts);
        using var experts = TrainExperts(stop);
        using var learned = parts.Start();
        using var method = (parts with { Experts = experts }).Method();
        var result = Synthesizer.Run(parts.Job(method, learned) with
        {
            Checkpoint = store.Checkpoint(ImagesKey),
            CheckpointEvery = CheckpointEvery,
            Tell = tell,
            Watch = Look,
            WatchEvery = 1,
        }, stop);
        using var average = result.Averaged;
        using var last = parts.Pack(average ?? learned, result.Iterations);
        if (result.Diverged is { } broken)
        {
            last.Save(store.LastGood(ImagesKey));
            throw new DivergedException($"{broken} They are in {store.LastGood(ImagesKey)}");
        }

        var made = choice?.Best() ?? last.With(last.Card);
        made.Save(path);
        File.Delete(store.Checkpoint(ImagesKey));
        return made;

        void Look(int iteration, Distillate images)
        {
            history.Look(iteration, images);
            choice?.Look(iteration, images, stop);
        }
    }

    ExpertFolder? TrainExperts(CancellationToken stop)
    {
        if (parts.Stage.ExpertsKey is not { } key) return null;
        using var only = store.Lock(key, stop);
        return Experts.Train(parts.ExpertsIn(store.Experts(key)) with { Tell = tell }, stop);
    }

    // The stage is worth the mean of its networks; what stands beside them, stands beside.
    static FitResult Together(IReadOnlyList<SetScore> scores, IReadOnlyList<SetScore> beside, int epochs)
    {
        var reading = new Reading(epochs, Mean(scores.Select(score => score.Validation)), Mean(scores.Select(score => score.Test)));
        return new FitResult(reading, reading, new Reading(0, null, null), [], scores.Concat(beside).Sum(score => score.Seconds), PeakMemoryBytes: null) { Networks = scores, Beside = beside.Count > 0 ? beside : null };
    }

    static Scores? Mean(IEnumerable<Scores?> all)
    {
        Scores[] scores = [.. all.OfType<Scores>()];
        return scores.Length == 0 ? null : new Scores(scores.Average(score => score.Accuracy), scores.Average(score => score.Loss), scores.Average(score => score.CalibrationError), null,
            [.. Enumerable.Range(0, scores[0].PerClass.Count).Select(label => scores.Average(score => score.PerClass[label]))]);
    }
}
