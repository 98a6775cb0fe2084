using System.Collections.Concurrent;
using Limbeck.Lab.Runs;
using Limbeck.Training;

namespace Limbeck.Lab.Tests.Runs;

/// <summary>Stages that run at the same time in one process come to what they come to one after the other.</summary>
[Collection(Alone)]
public sealed class SideBySideTests : IDisposable
{
    internal const string Alone = "alone in the process";

    // Parts that learn, draws of their own, and different paddings of the same pixels: what could be shared by mistake.
    readonly TinyPlan plan = new("""
        name: pair
        data: { name: synthetic, validation: 100, train: 100, augment: [crop, flip] }
        defaults: { epochs: 8, batch: 25, evaluate-every: 4, threads: 1, optimizer: { kind: sgd, lr: 0.02 } }
        stages:
          teacher: { train: conv-tiny, epochs: 1 }
          left: { distil: conv-very-tiny, from: teacher, objectives: [cross-entropy, soft-targets] }
          right: { distil: conv-tiny, from: teacher, objectives: [cross-entropy, { kind: vid, weight: 0.01 }], data: { augment: [{ crop: { padding: 2 } }, cutout] } }
        """);

    readonly ConcurrentQueue<TrainingEvent> events = [];

    public void Dispose() => plan.Dispose();

    [Fact]
    public void ToTheSameBits()
    {
        var expected = Sequential();
        var run = plan.NewRun("beside");
        var result = new Runner(plan["beside"], events.Enqueue) { Jobs = 2 }.Run(run);
        AssertSame(expected, run);
        Assert.Equal(2, result.Jobs);
        AssertSideBySide(run);
        // Nobody knows whose the process's memory was, or how long a step takes alone.
        Assert.All(result.Stages.Skip(1), stage => Assert.Equal((null, null), (stage.Seeds[0].Fit.PeakMemoryBytes, stage.Seeds[0].Fit.StepMilliseconds)));
        Assert.All(expected.ReadResult().Stages, stage => Assert.True(stage.Seeds[0].Fit.StepMilliseconds > 0));
    }

    [Fact]
    public void StoppedBothSaveAndBothGoOn()
    {
        var (run, folder) = StoppedWhileBothWereOn();
        Assert.Equal(["left", "right"], EventLog.Read(run.Events).OfType<CheckpointSaved>().Select(saved => saved.Stage).Order(StringComparer.Ordinal));
        Assert.Equal(2, Directory.GetFiles(folder, "checkpoint.safetensors", SearchOption.AllDirectories).Length);

        events.Clear();
        new Runner(folder, events.Enqueue) { Jobs = 2 }.Run(run);
        Assert.Equal(["left", "right"], events.OfType<StageStarted>().Where(start => start.FirstStep > 0).Select(start => start.Stage).Order(StringComparer.Ordinal));
        AssertSame(Sequential(), run);
    }

    // On a busy machine one may have finished before the other has made a step: then it is tried again.
    (RunFolder Run, string Folder) StoppedWhileBothWereOn()
    {
        foreach (var name in Enumerable.Range(1, 20).Select(attempt => $"stopped-{attempt}"))
        {
            events.Clear();
            using var stop = new CancellationTokenSource();
            var run = plan.NewRun(name);
            var stopped = Record.Exception(() => new Runner(plan[name], StopWhenBothAreOn) { Jobs = 2 }.Run(run, stop.Token));
            var told = EventLog.Read(run.Events).ToList();
            if (stopped is OperationCanceledException && told.OfType<StageDone>().Count() == 1 && told.OfType<CheckpointSaved>().All(saved => saved.Step > 0)) return (run, plan[name]);
            Assert.True(stopped is null or OperationCanceledException, $"{stopped}");

            void StopWhenBothAreOn(TrainingEvent happened)
            {
                events.Enqueue(happened);
                if (events.OfType<StageStarted>().Count() == 3 && happened is EpochDone { Stage: "left" or "right" }) stop.Cancel();
            }
        }

        throw new InvalidOperationException("in twenty attempts the two stages were never on at the same time");
    }

    [Fact]
    public void OneThatDivergesStopsTheOtherWhichSaves()
    {
        using var diverging = new TinyPlan("""
            name: pair
            data: { name: synthetic, validation: 100, train: 200 }
            defaults: { batch: 25, threads: 1 }
            stages:
              patient: { train: conv-very-tiny, epochs: 100000, evaluate-every: 100000, optimizer: { kind: sgd, lr: 0.01 } }
              wild: { train: lenet, epochs: 20, optimizer: { kind: sgd, lr: 1000 }, schedule: { kind: constant } }
            """);
        var run = diverging.NewRun("runs");
        var error = Assert.Throws<DivergedException>(() => new Runner(diverging["runs"], events.Enqueue) { Jobs = 2 }.Run(run));
        Assert.Contains("the loss of wild (seed 1)", error.Message, StringComparison.Ordinal);
        Assert.Equal(["patient"], events.OfType<CheckpointSaved>().Select(saved => saved.Stage));
        Assert.False(run.IsFinished);
    }

    [Fact]
    public void AStageThatIsLeftOutIsTold()
    {
        var run = plan.NewRun("gate");
        var result = new Runner(plan["gate"], events.Enqueue)
        {
            Jobs = 2,
            Gate = (stage, done) => stage.Name == "right" ? $"{done.Keys.Single(finished => finished.Name == "teacher").Name} was too good" : stage.Name == "left" ? "no time" : null,
        }.Run(run);
        Assert.Equal(["teacher"], result.Stages.Select(stage => stage.Name));
        Assert.Equal([("left", 1, "no time"), ("right", 1, "teacher was too good")], result.Skipped.Select(skipped => (skipped.Stage, skipped.Seed, skipped.Reason)));
        Assert.Equal(["left", "right"], EventLog.Read(run.Events).OfType<StageSkipped>().Select(skipped => skipped.Stage).Order(StringComparer.Ordinal));
        Assert.Equal(result.Skipped.Select(skipped => skipped.Stage), run.ReadResult().Skipped.Select(skipped => skipped.Stage));
    }

    RunFolder Sequential()
    {
        var run = plan.NewRun("alone");
        new Runner(plan["alone"]).Run(run);
        return run;
    }

    static void AssertSideBySide(RunFolder run)
    {
        var log = EventLog.Read(run.Events).ToList();
        Assert.InRange(log.FindLastIndex(happened => happened is StageStarted), 0, log.FindIndex(happened => happened is StageDone { Stage: not "teacher" }));
        Assert.InRange(log.FindIndex(happened => happened is StageDone { Stage: "teacher" }), 0, log.FindIndex(happened => happened is StageStarted { Stage: not "teacher" }));
    }

    static void AssertSame(RunFolder expected, RunFolder run)
    {
        foreach (var (before, after) in expected.ReadResult().Stages.Zip(run.ReadResult().Stages))
        {
            Assert.Equal(before.Seeds[0].Fit.Epochs.Select(epoch => epoch.Loss), after.Seeds[0].Fit.Epochs.Select(epoch => epoch.Loss));
            Assert.Equal(before.Seeds[0].Fit.Test.Accuracy, after.Seeds[0].Fit.Test.Accuracy);
            Assert.Equal(File.ReadAllBytes(expected.Network(before.Name, 1)), File.ReadAllBytes(run.Network(before.Name, 1)));
        }
    }
}
