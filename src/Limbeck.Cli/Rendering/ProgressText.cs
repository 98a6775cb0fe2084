using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Markup;
using Limbeck.Training;

namespace Limbeck.Cli.Rendering;

/// <summary>What a training tells, in words.</summary>
static class ProgressText
{
    /// <summary>Which stage and seed: <c>student, seed 2</c>.</summary>
    public static string Name(TrainingEvent happened) => $"{happened.Stage}, seed {happened.Seed}";

    /// <summary>What is said of a stage that is done already.</summary>
    public const string Reused = "finished earlier, reused";

    /// <summary>What is said of a stage that is left out.</summary>
    public static string Skipped(StageSkipped skipped) => $"left out: {skipped.Reason}";

    /// <summary>How far the check before a run is.</summary>
    public static string Rehearsed(StageRehearsed rehearsed) => $"checked stage {rehearsed.Number} of {rehearsed.Count}: {rehearsed.Stage}";

    /// <summary>What begins.</summary>
    public static string Begin(StageStarted stage)
    {
        var from = stage.FirstStep > 0 ? $", going on after step {Numbers.Count(stage.FirstStep)}" : "";
        return $"{Name(stage)}: {stage.Model}, {Numbers.Count(stage.Parameters)} parameters, {stage.Epochs} epochs of {Numbers.Count(stage.Images)} images{from}";
    }

    /// <summary>What an epoch came to, and how fast it goes.</summary>
    public static string Epoch(EpochDone done, StageStarted? stage, StepDone? step)
    {
        var rate = step is null ? "" : $" · {Rate(step)}";
        return $"epoch {done.Epoch}/{stage?.Epochs} · loss {done.Loss:0.0000} · {Accuracy(done)}{rate}";
    }

    /// <summary><c>ft: its parts learn from the teacher, epoch 3/10 · loss 0.123</c>.</summary>
    public static string Parts(PartsTaught taught) => $"{taught.Term}: its parts learn from the teacher, epoch {taught.Epoch}/{taught.Epochs} · loss {taught.Loss:0.000}";

    /// <summary><c>weight-noise measured in 12.0 s</c>.</summary>
    public static string Measured(StageMeasured measured) => $"{measured.Measure} measured in {Numbers.Duration(measured.Seconds)}";

    /// <summary>What a trial tries, as in <c>trial 4 of 20 of student: student.objectives[1].weight = 0.35</c>, or how it ended.</summary>
    public static string Trial(TrialEvent happened) => happened switch
    {
        TrialStarted trial => $"trial {trial.Trial} of {trial.Trials} of {trial.Stage}: {string.Join(", ", trial.Values.Select(value => $"{value.Key} = {value.Value}"))}",
        TrialDone done => $"trial {done.Trial} of {done.Stage}: validation {Shares.Percent(done.Value)} %{(done.Best == done.Trial ? ", the best so far" : $"; trial {done.Best} is the best so far")}",
        TrialPruned pruned => $"trial {pruned.Trial} of {pruned.Stage}: stopped after epoch {pruned.Epoch} at {Shares.Percent(pruned.Value)} %, others were better by then",
        TrialFailed failed => $"trial {failed.Trial} of {failed.Stage} failed: {failed.Reason}",
        _ => throw new ArgumentException($"no words for {happened.GetType().Name}", nameof(happened)),
    };

    /// <summary>The accuracy that counts so far: on validation images where there are some.</summary>
    public static string Accuracy(EpochDone done) => (done.Validation, done.Test) switch
    {
        ({ } validation, _) => $"validation {Shares.Percent(validation.Accuracy)} %",
        (_, { } test) => $"test {Shares.Percent(test.Accuracy)} %",
        _ => $"training {Shares.Percent(done.TrainAccuracy)} %",
    };

    /// <summary>What an ensemble came to: <c>its members together · test 93.48 %</c>.</summary>
    public static string Together(StageDone done) => $"its members together{(done.Result.Chosen.Test is { } test ? $" · test {Shares.Percent(test.Accuracy)} %" : "")}";

    /// <summary>Images per second and, before the end, the time that the stage still takes.</summary>
    public static string Rate(StepDone step) =>
        $"{Numbers.Count((long)step.ImagesPerSecond)} images/s{(step.Step < step.Steps ? $" · {Numbers.Duration(step.RemainingSeconds)} left" : "")}";
}
