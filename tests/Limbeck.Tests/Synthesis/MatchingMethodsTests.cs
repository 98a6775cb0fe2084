using Limbeck.Data;
using Limbeck.Data.Sources;
using Limbeck.Models;
using Limbeck.Synthesis;
using Limbeck.Synthesis.Generation;
using Limbeck.Synthesis.Implicit;
using Limbeck.Synthesis.Matching;
using Limbeck.Synthesis.Regression;
using Limbeck.Tests.Data;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Tests.Synthesis;

/// <summary>Every method that compares one step or one layer, or keeps something of its own, on a tiny dataset.</summary>
public class MatchingMethodsTests
{
    // Sizes for seconds; what is matched, and how, is as published.
    static readonly Dictionary<string, (Func<Ingredients, ISynthesis> Make, OptimizerOptions Images)> methods = new()
    {
        ["dc"] = (from => new Dc(new(RealBatch: 12, Matches: 3, Epochs: 2, Batch: 4), from), Rate(1)),
        ["dsa"] = (from => new Dsa(new(RealBatch: 12, Matches: 3, Epochs: 2, Batch: 4), from), Rate(1)),
        ["idc"] = (from => new Idc(new(RealBatch: 12, Matches: 3, Updates: 2, Batch: 8), from), Rate(0.5)),
        ["dm"] = (from => new Dm(new(RealBatch: 12), from), Rate(5)),
        ["cafe"] = (from => new Cafe(new(RealBatch: 12, Window: 2, Matches: 3, Epochs: 4, Batch: 4), from), Rate(0.2)),
        ["gtn"] = (from => new Gtn(new() { Noise = 6, Hidden = 16, Maps = 8, Networks = 2, RealBatch = 24, StepSize = 0.1 }, from), new AdamOptions { Lr = 0.02 }),
        ["implicit"] = (from => new ImplicitDifferentiation(new(Terms: 5, Decay: 0.01, Rate: 0.05, FirstUpdates: 20, Updates: 3, Iterations: 3, RealBatch: 24), from), new AdamOptions { Lr = 0.05 }),
        ["frepo"] = (from => new FRePo(new(Pool: 2, Oldest: 4, RealBatch: 24, Batch: 4), from), new AdamOptions { Lr = 0.05 }),
    };

    public static TheoryData<string> Methods => [.. methods.Keys];

    [Theory]
    [MemberData(nameof(Methods))]
    public void LowersItsLoss(string name)
    {
        using var data = Tiny();
        var from = new Ingredients(data.Train, Network);
        using var learned = Distillate.Start(data.Train, 2, InitialImages.Noise, seed: 3);
        using var method = methods[name].Make(from);
        var job = new SynthesisJob(method, learned, Options(name) with { Iterations = 30 });
        Synthesizer.Run(job with { Options = job.Options with { Iterations = 0 } });
        var before = Judge();
        Synthesizer.Run(job);
        var after = Judge();
        Assert.True(after < before * 0.95, $"{name}: from {before} to {after}");

        // On the same five networks and real images.
        double Judge() => Enumerable.Range(1, 5).Sum(seed =>
        {
            using var scope = new Scope();
            using var judge = methods[name].Make(from);
            using var random = new Generator(seed);
            judge.Prepare(learned, random);
            return judge.Step(learned, 0, random).Loss.Item();
        });
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void GoesOnToTheSameBitsAfterItWasKilled(string name)
    {
        const int Iterations = 7;
        using var folder = new TempFolder();
        using var data = Tiny();
        var from = new Ingredients(data.Train, Network);
        var options = Options(name) with { Iterations = Iterations };
        using var whole = Distillate.Start(data.Train, 2, InitialImages.Real, seed: 3);
        var straight = Run(whole, null, default);

        for (var kill = 1; kill < Iterations; kill += 2)
        {
            var checkpoint = Path.Combine(folder.Path, $"{name}-{kill}.safetensors");
            using var stop = new CancellationTokenSource();
            using var first = Distillate.Start(data.Train, 2, InitialImages.Real, seed: 3);
            Assert.Throws<OperationCanceledException>(() => Run(first, checkpoint, stop.Token, done =>
            {
                if (done == kill) stop.Cancel();
            }));
            using var second = Distillate.Start(data.Train, 2, InitialImages.Real, seed: 3);
            var resumed = Run(second, checkpoint, default);
            Assert.Equal(straight.Losses, resumed.Losses);
            foreach (var (expected, found) in whole.Parts.Zip(second.Parts)) Assert.True(expected.Value.Value.SameAs(found.Value.Value), $"{name}, killed after {kill}: {expected.Name}");
        }

        SynthesisResult Run(Distillate learned, string? checkpoint, CancellationToken stop, Action<int>? watch = null)
        {
            using var method = methods[name].Make(from);
            return Synthesizer.Run(new SynthesisJob(method, learned, options) { Checkpoint = checkpoint, Watch = (done, _) => watch?.Invoke(done), WatchEvery = 1 }, stop);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    [LeakFree]
    public void LeavesNoTensorBehind(string name)
    {
        using var data = Tiny();
        using var learned = Distillate.Start(data.Train, 1, InitialImages.Real, seed: 3);
        using var method = methods[name].Make(new Ingredients(data.Train, Network));
        Synthesizer.Run(new SynthesisJob(method, learned, Options(name) with { Iterations = 2 }));
    }

    [Theory]
    [InlineData("dc")]
    [InlineData("dm")]
    [InlineData("cafe")]
    [InlineData("frepo")]
    public void TakesNetworksWithBatchNorm(string name)
    {
        using var data = Tiny();
        using var learned = Distillate.Start(data.Train, 1, InitialImages.Real, seed: 3);
        var from = new Ingredients(data.Train, random => new ConvNet(new(Depth: 2, Width: 8, Norm: ConvNet.NormKind.Batch), 3, new(3, 8, 8), random));
        using var method = methods[name].Make(from);
        var result = Synthesizer.Run(new SynthesisJob(method, learned, Options(name) with { Iterations = 3 }));
        Assert.Null(result.Diverged);
        Assert.Equal(3, result.Iterations);
    }

    [Fact]
    public void MatchingTellsWhatItCannotDo()
    {
        using var scope = new Scope();
        using var data = Tiny();
        using var learned = Distillate.Start(data.Train, 1, InitialImages.Real, seed: 3);
        using var method = new Dc(new(), new Ingredients(data.Train, Network));
        using var random = new Generator(1);
        Assert.Contains("call Prepare", Assert.Throws<InvalidOperationException>(() => method.Step(learned, 0, random)).Message);
        learned.SoftenLabels(Tensor.Zeros([3, 3]), learned: false);
        Assert.Contains("needs hard labels", Assert.Throws<ArgumentException>(() => method.Prepare(learned, random)).Message);
        using var other = data.Train.Choose(Enumerable.Range(0, data.Train.Count).Where(row => data.Train.Labels[row] != 1));
        Assert.Contains("no image of class pattern 1", Assert.Throws<ArgumentException>(() => new Dm(new(), new Ingredients(other, Network))).Message);
    }

    static SgdOptions Rate(double rate) => new() { Lr = rate, Momentum = 0.5 };

    static SynthesisOptions Options(string name) => new() { ImageOptimizer = methods[name].Images, LabelOptimizer = new AdamOptions { Lr = 0.05 }, ImagesPerClass = 2 };

    static DataSplit Tiny() => DataSplit.From(Synthetic.Make(new() { Height = 8, Width = 8, Classes = 3, Train = 60, Test = 6, Shift = 1, Noise = 30 }));

    static ConvNet Network(Generator random) => new(new(Depth: 2, Width: 8), 3, new(3, 8, 8), random);
}
