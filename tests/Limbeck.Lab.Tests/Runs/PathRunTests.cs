using Limbeck.Lab.Runs;
using Limbeck.Training;

namespace Limbeck.Lab.Tests.Runs;

/// <summary>Chains of teachers from the recipe to the result.</summary>
public sealed class PathRunTests : IDisposable
{
    readonly TinyPlan plan = new("""
        name: tiny-paths
        data: { name: synthetic, validation: 100, train: 100 }
        defaults: { epochs: 1, batch: 50 }
        paths:
          teacher: convnet-d3-w16
          assistants: [convnet-d2-w32, convnet-d2-w16]
          student: convnet-d1-w16
          objectives: [cross-entropy, soft-targets]
          lone: false
          beam: 1
        """);

    public void Dispose() => plan.Dispose();

    [Fact]
    public void ABeamTrainsNoMoreThanItGoesOnFromAndTheResultSaysWhatItLeftOut()
    {
        var events = new List<TrainingEvent>();
        var run = new Runner(plan["runs"], events.Add).Run(plan.NewRun("runs"));

        // Two ways come to d2-w16; one of them goes on to the student.
        var left = Assert.Single(run.Skipped);
        Assert.Contains(left.Stage, new[] { "d3-w16-d2-w16-d1-w16", "d3-w16-d2-w32-d2-w16-d1-w16" });
        Assert.Equal(("convnet-d1-w16", left.Stage[..^"-d1-w16".Length]), (left.Model, Assert.Single(left.Teachers)));
        Assert.Contains("no. 2 of 2 that came to convnet-d2-w16", left.Reason, StringComparison.Ordinal);
        Assert.Equal(left.Reason, Assert.Single(events.OfType<StageSkipped>()).Reason);
        Assert.Equal(plan.Stages.Count - 1, run.Stages.Count);
        Assert.DoesNotContain(events, happened => happened is StageStarted && happened.Stage == left.Stage);

        var rivals = run.Stages.Where(stage => stage.Model == "convnet-d2-w16").ToDictionary(stage => stage.Name, stage => stage.Seeds.Average(seed => seed.Fit.Chosen.Validation!.Accuracy));
        Assert.Equal(rivals.Values.Min(), rivals[left.Teachers[0]]);

        // With the stages there already it decides the same again.
        Assert.Equal(left.Stage, Assert.Single(new Runner(plan["runs"]) { Jobs = 2 }.Run(plan.NewRun("runs")).Skipped).Stage);
    }

    [Theory]
    [InlineData("assistant", "[0, 1, 2]")]
    [InlineData("assistant", "[1, 0, 2, 3, 4, 5, 6, 7, 8, 9]")]
    [InlineData("student", "[0, 1, 2, 3, 4]")]
    public void AChainThroughANetworkOfOtherClassesIsRefusedBeforeAnythingIsTrained(string stage, string classes)
    {
        using var chain = new TinyPlan($$"""
            name: chain
            data: { name: synthetic, validation: 100, train: 100 }
            defaults: { epochs: 1, batch: 50 }
            stages:
              teacher: { train: conv-tiny }
              assistant: { distil: conv-very-tiny, from: teacher, objectives: [soft-targets]{{(stage == "assistant" ? $", data: {{ classes: {classes} }}" : "")}} }
              student: { distil: lenet, from: assistant, objectives: [soft-targets]{{(stage == "student" ? $", data: {{ classes: {classes} }}" : "")}} }
            """);
        var events = new List<TrainingEvent>();
        var error = Assert.Throws<FitException>(() => new Runner(chain["runs"], events.Add).Run(chain.NewRun("runs")));
        Assert.StartsWith($"{stage}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("classes", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(events, happened => happened is StageStarted);
    }
}
