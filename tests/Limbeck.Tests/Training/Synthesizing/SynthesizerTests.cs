using Limbeck.Data;
using Limbeck.Synthesis;
using Limbeck.Tests.Data;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;
using Limbeck.Training;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Tests.Training.Synthesizing;

[LeakFree]
public class SynthesizerTests
{
    static readonly SynthesisOptions options = new()
    {
        Iterations = 9,
        ImageOptimizer = new SgdOptions { Lr = 0.1, Momentum = 0.5 },
        LabelOptimizer = new SgdOptions { Lr = 0.05, Momentum = 0.9 },
        Average = 0.75,
    };

    [Fact]
    public void ImagesGoWhereMomentumTakesThem()
    {
        using var learned = Images();
        using var method = new Towards(goal: 2);
        var result = Run(new SynthesisJob(method, learned, options));
        double x = 0, v = 0, mean = 0;
        for (var i = 0; i < options.Iterations; i++)
        {
            v = (0.5 * v) + x - (2 + (0.01 * (i + 1)));
            x -= 0.1 * v;
            mean += 0.25 * (x - mean);
        }

        Assert.Equal(9, result.Iterations);
        Assert.All(Pixels(learned), pixel => Assert.Equal(x, pixel, 1e-5));
        using var averaged = result.Averaged!;
        Assert.All(Pixels(averaged), pixel => Assert.Equal(mean, pixel, 1e-5));
        Assert.True(learned.StepSizes!.Read()[0] is > 0 and < 0.1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(7)]
    public void StoppedAndResumedItComesToTheSameBits(int at)
    {
        using var folder = new TempFolder();
        using var whole = Images();
        using var wholeMethod = new Towards(goal: 1, noise: 0.3);
        var expected = Run(new SynthesisJob(wholeMethod, whole, options));

        using var stop = new CancellationTokenSource();
        using (var learned = Images())
        using (var method = new Towards(goal: 1, noise: 0.3) { Meanwhile = iteration => { if (iteration == at) stop.Cancel(); } })
            Assert.Throws<OperationCanceledException>(() => Synthesizer.Run(new SynthesisJob(method, learned, options) { Checkpoint = folder["checkpoint.safetensors"], Key = "k" }, stop.Token));

        using var again = Images();
        using var resumed = new Towards(goal: 1, noise: 0.3);
        var events = new List<TrainingEvent>();
        var found = Run(new SynthesisJob(resumed, again, options) { Checkpoint = folder["checkpoint.safetensors"], Key = "k", Tell = events.Add });
        Assert.Equal(at + 1, events.OfType<SynthesisStarted>().Single().FirstIteration);
        Assert.Equal(expected.Losses, found.Losses);
        foreach (var (one, other) in whole.State().Zip(again.State())) Assert.True(one.Value.SameAs(other.Value), one.Key);
        using var mean = expected.Averaged!;
        using var meanAgain = found.Averaged!;
        foreach (var (one, other) in mean.State().Zip(meanAgain.State())) Assert.True(one.Value.SameAs(other.Value), one.Key);
    }

    [Fact]
    public void ALossThatIsNoNumberBringsTheLastGoodImagesBack()
    {
        using var good = Images();
        using var goodMethod = new Towards(goal: 2);
        Run(new SynthesisJob(goodMethod, good, options with { Iterations = 3, Average = null }));

        using var learned = Images();
        using var method = new Towards(goal: 2) { BreaksAt = 4 };
        var result = Run(new SynthesisJob(method, learned, options with { Average = null }));
        // Iteration 3 still had a finite loss: at the images that 3 updates made.
        Assert.Equal(4, result.Iterations);
        Assert.Contains("iteration 4: the loss is NaN", result.Diverged, StringComparison.Ordinal);
        Assert.True(good.Images.Value.SameAs(learned.Images));
    }

    [Fact]
    public void AnUpdateThatOverflowsIsTakenBackEvenIfItIsTheLast()
    {
        using var learned = Images();
        using var method = new Towards(goal: 2) { SteepAt = 0 };
        var result = Run(new SynthesisJob(method, learned, options with { Iterations = 1, StepSizeOptimizer = new SgdOptions { Lr = 1 } }));
        Assert.Contains("iteration 0: after the update, step-sizes are not finite", result.Diverged, StringComparison.Ordinal);
        Assert.Equal(0.1, learned.StepSizes!.Read()[0], 1e-7);
        using var mean = result.Averaged!;
        Assert.Equal(0.1, mean.StepSizes!.Read()[0], 1e-7);
    }

    [Fact]
    public void UpdatesOfAGreatLossAreLeftOutAndCounted()
    {
        using var learned = Images();
        using var method = new Towards(goal: 2);
        var result = Run(new SynthesisJob(method, learned, options with { SkipAbove = 1e-3, Average = null }));
        Assert.Equal((9, 9), (result.Skipped, result.Iterations));
        Assert.All(Pixels(learned), pixel => Assert.Equal(0, pixel));
    }

    [Fact]
    public void ClampedPixelsStayThoseOfAPicture()
    {
        using var learned = Images();
        using var method = new Towards(goal: 50);
        Run(new SynthesisJob(method, learned, options with { Clamp = true, Average = null }));
        Assert.All(Pixels(learned), pixel => Assert.Equal(2, pixel));
    }

    [Fact]
    public void WhoeverWatchesSeesTheFirstTheLastAndThoseBetween()
    {
        using var learned = Images();
        using var method = new Towards(goal: 1);
        var seen = new List<int>();
        Run(new SynthesisJob(method, learned, options with { Average = null }) { WatchEvery = 4, Watch = (iteration, _) => seen.Add(iteration) });
        Assert.Equal([0, 4, 8, 9], seen);
    }

    [Fact]
    public void ACheckpointOfSomethingElseIsRefused()
    {
        using var folder = new TempFolder();
        using var learned = Images();
        using var method = new Towards(goal: 1);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => Synthesizer.Run(new SynthesisJob(method, learned, options) { Checkpoint = folder["checkpoint.safetensors"], Key = "one" }, stop.Token));
        var refused = Assert.Throws<FitException>(() => Run(new SynthesisJob(method, learned, options) { Checkpoint = folder["checkpoint.safetensors"], Key = "other" }));
        Assert.Contains("other settings", refused.Message, StringComparison.Ordinal);
    }

    static SynthesisResult Run(SynthesisJob job) => Synthesizer.Run(job);

    static Distillate Images()
    {
        using var scope = new Scope();
        return new Distillate(Tensor.Zeros([2, 1, 2, 2]), [0, 1], 2, new Normalization([0.5], [0.25]));
    }

    static float[] Pixels(Distillate learned)
    {
        using var scope = new Scope();
        return learned.Images.Value.Detach().ToArray<float>();
    }
}
