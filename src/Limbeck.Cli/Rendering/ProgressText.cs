using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Markup;
using Limbeck.Training;
using Limbeck.Training.Synthesizing;

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

    /// <summary>What a trial tries, as in <c>trial 4 of 20 of student: weight = 0.35</c>, or how it ended.</summary>
    public static string Trial(TrialEvent happened) => happened switch
    {
        TrialStarted trial => $"trial {trial.Trial} of {trial.Trials} of {trial.Stage}: {Settings.Text(trial.Values)}",
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

    /// <summary><c>dm makes 100 images in 5,000 iterations</c>, or what is left of them.</summary>
    public static string Begin(SynthesisStarted made)
    {
        var from = made.FirstIteration > 0 ? $", going on after {Numbers.Count(made.FirstIteration)}" : "";
        return $"{made.Method} makes {Numbers.Count(made.Images)} images in {Numbers.Count(made.Iterations)} iterations{from}";
    }

    /// <summary><c>iteration 120/5,000 · loss 0.8312 · 4.2 iterations/s · 19 min 22 s left</c>.</summary>
    public static string Iteration(IterationDone done) => $"iteration {Numbers.Count(done.Iteration)}/{Numbers.Count(done.Iterations)} · loss {Numbers.Significant(done.Loss)}"
        + $"{(done.StepSize is { } step ? $" · step size {Numbers.Significant(step)}" : "")} · {Numbers.Significant(done.IterationsPerSecond)} iterations/s{(done.Iteration < done.Iterations ? $" · {Numbers.Duration(done.RemainingSeconds)} left" : "")}";

    /// <summary><c>expert 3/100: epoch 7/50 · loss 1.203</c>.</summary>
    public static string Expert(ExpertEpochDone done) => $"expert {done.Expert}/{done.Experts}: epoch {done.Epoch}/{done.Epochs} · loss {done.Loss:0.000}";

    /// <summary>What synthetic images took.</summary>
    public static string Made(SynthesisDone done) => $"images made in {Numbers.Duration(done.Result.Seconds)}{(done.Result.Diverged is null ? "" : ", diverged")}";

    /// <summary>What an ensemble came to, or several networks that learned from synthetic images: <c>its members together · test 93.48 %</c>.</summary>
    public static string Together(StageDone done) => $"{(done.Result.Networks is { } networks ? $"{Numbers.Plural(networks.Count, "network")} on its images, mean" : "its members together")}{(done.Result.Chosen.Test is { } test ? $" · test {Shares.Percent(test.Accuracy)} %" : "")}";

    /// <summary>Images per second and, before the end, the time that the stage still takes.</summary>
    public static string Rate(StepDone step) =>
        $"{Numbers.Count((long)step.ImagesPerSecond)} images/s{(step.Step < step.Steps ? $" · {Numbers.Duration(step.RemainingSeconds)} left" : "")}";
}
