using Limbeck.Evaluation;
using Limbeck.Lab.Recipes;
using Limbeck.Objectives;
using Limbeck.Training;

namespace Limbeck.Lab.Tests.Runs;

/// <summary>Trains nothing, but tells, keeps checkpoints, finds what is finished and diverges as a training would. Its accuracy is best at rate 0.01, and rises with the epochs.</summary>
sealed class MadeUpTraining
{
    readonly Dictionary<string, FitResult> finished = new(StringComparer.Ordinal);
    readonly Dictionary<string, List<EpochRecord>> checkpoints = new(StringComparer.Ordinal);

    /// <summary>Epochs that were trained, by everybody.</summary>
    public int Epochs { get; private set; }

    public IReadOnlyDictionary<PlannedStage, FitResult> Train(IReadOnlyList<PlannedStage> plan, Action<TrainingEvent> tell, CancellationToken stop) =>
        plan.ToDictionary(stage => stage, stage => Train(stage, tell, stop));

    FitResult Train(PlannedStage stage, Action<TrainingEvent> tell, CancellationToken stop)
    {
        if (finished.TryGetValue(stage.Key, out var known))
        {
            tell(new StageReused(stage.Key) { Stage = stage.Name, Seed = stage.Seed });
            return known;
        }

        if (!checkpoints.TryGetValue(stage.Key, out var epochs)) checkpoints[stage.Key] = epochs = [];
        tell(new StageStarted(stage.Recipe.Model, 1, stage.Recipe.Epochs, 1, 100, epochs.Count) { Stage = stage.Name, Seed = stage.Seed });
        for (var epoch = epochs.Count + 1; epoch <= stage.Recipe.Epochs; epoch++)
        {
            stop.ThrowIfCancellationRequested();
            if (stage.Recipe.Optimizer.Lr > 1) throw new DivergedException($"the loss of {stage.Name} is NaN");
            var accuracy = Accuracy(stage, epoch);
            // As the trainer does it: the epoch is told before a checkpoint holds it.
            tell(new EpochDone(epoch, 1, new Dictionary<string, double>(), accuracy, Scored(accuracy), Scored(0.5), 0.1, 1) { Stage = stage.Name, Seed = stage.Seed });
            epochs.Add(new(epoch, 1, new Dictionary<string, double>(), accuracy, accuracy, 0.5, 0.1, 1));
            Epochs++;
        }

        var last = new Reading(stage.Recipe.Epochs, Scored(epochs[^1].ValidationAccuracy!.Value), Scored(0.5));
        var fit = finished[stage.Key] = new FitResult(last, last, last, epochs, 1, null);
        tell(new StageDone(fit) { Stage = stage.Name, Seed = stage.Seed });
        return fit;
    }

    static double Accuracy(PlannedStage stage, int epoch)
    {
        var weight = stage.Recipe.Objectives is [_, var soft] && soft.Weight is ConstantWeight constant ? constant.Value : 0.5;
        var miss = Math.Abs(Math.Log10(stage.Recipe.Optimizer.Lr) + 2) + Math.Abs(weight - 0.3);
        return (0.9 / (1 + (miss / 2))) * epoch / (epoch + 1) + (0.001 * stage.Seed);
    }

    static Scores Scored(double accuracy) => new(accuracy, 0, 0, null, []);
}
