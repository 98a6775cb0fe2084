using Limbeck.Evaluation;
using Limbeck.Lab.Recipes;
using Limbeck.Lab.Runs;
using Limbeck.Training;

namespace Limbeck.Lab.Tests.Runs;

public sealed class CrewTests : IDisposable
{
    // left and right need nothing, both needs the two, after needs both.
    readonly TinyPlan plan = new("""
        name: diamond
        data: { name: synthetic }
        stages:
          after: { distil: lenet, from: both, objectives: [soft-targets] }
          both: { distil: lenet, from: left, load: right, objectives: [soft-targets] }
          left: { train: lenet }
          right: { train: lenet }
        """);

    static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    public void Dispose() => plan.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void AStageStartsWhenAllThatItNeedsAreDone(int jobs)
    {
        var (begun, done) = (new List<string>(), new HashSet<string>());
        var queue = new StageQueue(plan.Stages);
        new Crew(queue, (stage, _) =>
        {
            lock (begun)
            {
                Assert.All(stage.Needs, needed => Assert.Contains(needed.Name, done));
                begun.Add(stage.Name);
            }

            Thread.Sleep(5);
            lock (begun) done.Add(stage.Name);
            return Nothing;
        }).Work(jobs, CancellationToken.None);
        Assert.Equal(["left", "right"], begun[..2].Order(StringComparer.Ordinal));
        Assert.Equal(["both", "after"], begun[2..]);
        Assert.Equal(4, queue.Done.Count);
        Assert.False(queue.HasMore);
    }

    [Fact]
    public void WhatNeedsNothingOfEachOtherRunsAtTheSameTime()
    {
        using var together = new Barrier(2);
        new Crew(new StageQueue(plan.Stages), (stage, _) =>
        {
            if (!stage.Needs.Any()) Assert.True(together.SignalAndWait(Soon, CancellationToken.None), "the other one never began");
            return Nothing;
        }).Work(2, CancellationToken.None);
    }

    [Fact]
    public void WhatWouldWaitForImagesOrExpertsOfAnotherComesLast()
    {
        using var sharing = new TinyPlan("""
            name: sharing
            data: { name: synthetic }
            defaults: { experts: { count: 1 } }
            stages:
              first: { synthesize: lenet, method: mtt }
              same-images: { synthesize: lenet, method: mtt, evaluate: { networks: 2 } }
              same-experts: { synthesize: lenet, method: mtt, iterations: 3 }
              other: { synthesize: lenet, method: dm }
            """);
        var queue = new StageQueue(sharing.Stages);
        Assert.Equal(["first", "other", "same-experts", "same-images"], Enumerable.Range(0, 4).Select(_ => queue.Take()!.Name));
        var inOrder = new StageQueue(sharing.Stages);
        var taken = new List<string>();
        while (inOrder.Take() is { } stage)
        {
            taken.Add(stage.Name);
            inOrder.Finish(stage, Nothing);
        }

        Assert.Equal(["first", "same-images", "same-experts", "other"], taken);
    }

    [Fact]
    public void OneThatFailsStopsTheOthersAndIsTheOneReported()
    {
        using var together = new Barrier(2);
        var stopped = false;
        var error = Assert.Throws<DivergedException>(() => new Crew(new StageQueue(plan.Stages), (stage, stop) =>
        {
            Assert.True(together.SignalAndWait(Soon, CancellationToken.None));
            if (stage.Name == "right") throw new DivergedException("right went wrong");
            stopped = stop.WaitHandle.WaitOne(Soon);
            throw new OperationCanceledException(stop);
        }).Work(2, CancellationToken.None));
        Assert.Equal("right went wrong", error.Message);
        Assert.True(stopped);
    }

    // The disk may be full just then.
    [Fact]
    public void AFailureWhileStoppingIsNotHidden()
    {
        using var stop = new CancellationTokenSource();
        using var together = new Barrier(2);
        Assert.Throws<IOException>(() => new Crew(new StageQueue(plan.Stages), (stage, stopping) =>
        {
            Assert.True(together.SignalAndWait(Soon, CancellationToken.None));
            if (stage.Name == "left") stop.Cancel();
            stopping.WaitHandle.WaitOne(Soon);
            if (stage.Name == "right") throw new IOException("no room for the checkpoint");
            throw new OperationCanceledException(stopping);
        }).Work(2, stop.Token));
    }

    [Fact]
    public void StoppedBetweenStagesItSaysSo()
    {
        using var stop = new CancellationTokenSource();
        var queue = new StageQueue(plan.Stages);
        Assert.Throws<OperationCanceledException>(() => new Crew(queue, (_, _) =>
        {
            stop.Cancel();
            return Nothing;
        }).Work(1, stop.Token));
        Assert.Single(queue.Done);
        Assert.True(queue.HasMore);
    }

    [Fact]
    public void AGateLeavesAStageOutAndAllThatNeedIt()
    {
        var (ran, skipped, asked) = (new List<string>(), new List<(string, string)>(), new List<(string, int)>());
        var queue = new StageQueue(plan.Stages, Gate, (stage, reason) => skipped.Add((stage.Name, reason)));
        new Crew(queue, (stage, _) =>
        {
            ran.Add(stage.Name);
            return Nothing;
        }).Work(1, CancellationToken.None);
        Assert.Equal(["left", "right"], ran);
        Assert.Equal([("both", "hopeless"), ("after", "it needs both, which is left out")], skipped);
        Assert.Equal([("left", 0), ("right", 1), ("both", 2)], asked);

        string? Gate(PlannedStage stage, IReadOnlyDictionary<PlannedStage, FitResult> done)
        {
            asked.Add((stage.Name, done.Count));
            return stage.Name == "both" ? "hopeless" : null;
        }
    }

    [Theory]
    [InlineData(1, 8, null, 1, 8)]
    [InlineData(2, 8, null, 2, 4)]
    [InlineData(3, 8, null, 3, 2)]
    [InlineData(4, 2, null, 4, 1)]
    [InlineData(0, 8, null, 8, 1)]
    [InlineData(0, 8, 2, 4, 2)]
    [InlineData(0, 2, 4, 1, 2)]
    public void TheCoresAreDivided(int jobs, int cores, int? asked, int expectedJobs, int expectedThreads)
    {
        List<PlannedStage> stages = [.. plan.Stages.Select(stage => stage.Name == "left" ? stage with { Recipe = stage.Recipe with { Threads = asked } } : stage)];
        var share = CoreShare.Of(jobs, cores, stages);
        Assert.Equal((expectedJobs, expectedThreads), (share.Jobs, share.Threads));
        Assert.All(stages, stage => Assert.Equal(stage.Name == "left" ? asked ?? expectedThreads : expectedThreads, share.ThreadsOf(stage)));
    }

    static FitResult Nothing { get; } = new(new Reading(1, null, new Scores(0, 0, 0, null, [])), new Reading(1, null, null), new Reading(1, null, null), [], 0, null);
}
