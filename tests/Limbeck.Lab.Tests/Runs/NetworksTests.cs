using Limbeck.Data;
using Limbeck.Lab.Runs;
using Limbeck.Models;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Serialization;
using Limbeck.Torch.Tensors;
using Limbeck.Training;

namespace Limbeck.Lab.Tests.Runs;

public sealed class NetworksTests : IDisposable
{
    static readonly ImageShape shape = new(3, 32, 32);

    static readonly NetworkCard card = new("resnet-8", 10, shape, new([0.5, 0.5, 0.5], [0.25, 0.25, 0.25]), "cifar10", null, "imported");

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("limbeck-networks-");
    readonly string path;

    public NetworksTests() => path = Path.Combine(folder.FullName, "network.safetensors");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void WeightsOfAnotherCodeBecomeANetworkFile()
    {
        using var scope = new Scope();
        using var off = Grad.Off();
        using var theirs = Zoo.Create("resnet-8", 10, shape, seed: 5);
        theirs.Train(on: false);
        var weights = path + ".weights";
        // As of before PyTorch 0.4.1: no counters.
        Safetensors.Save(weights, [.. theirs.State().Where(own => !own.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal))]);
        Assert.Equal(theirs.Parameters().Sum(parameter => parameter.Value.Count), Networks.Import(weights, card, path));
        using var ours = Networks.Open(path);
        ours.Train(on: false);
        var images = Tensor.Ones([2, 3, 32, 32]);
        Assert.True(ours.Call(images).SameAs(theirs.Call(images)));
        var read = NetworkCard.Read(path);
        Assert.Equal((card.Model, card.Dataset, card.Classes, card.Input), (read.Model, read.Dataset, read.Classes, read.Input));
        Assert.Equal(card.Normalization.Std, read.Normalization.Std);
    }

    [Fact]
    public void HalfPrecisionBecomesSingle()
    {
        using var scope = new Scope();
        using var theirs = Zoo.Create("resnet-8", 10, shape, seed: 5);
        Safetensors.Save(path + ".weights", [.. theirs.State().Select(own => (own.Key, own.Value.DType == DType.Float32 ? own.Value.Detach().To(DType.Float16) : own.Value))]);
        Networks.Import(path + ".weights", card, path);
        using var ours = Networks.Open(path);
        Assert.All(ours.State().Zip(theirs.State()), pair => Assert.True(pair.First.Value.SameAs(pair.Second.Value.DType == DType.Float32 ? pair.Second.Value.Detach().To(DType.Float16).To(DType.Float32) : pair.Second.Value), pair.First.Key));
    }

    [Fact]
    public void WeightsOfAnotherNetworkAreRefusedAndNothingIsWritten()
    {
        using var scope = new Scope();
        using var other = Zoo.Create("resnet-14", 10, shape, seed: 5);
        var weights = path + ".weights";
        other.Save(weights);
        Assert.Contains("is not a part of this", Assert.Throws<StateMismatchException>(() => Networks.Import(weights, card, path)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void AStartFromOtherClassesLeavesTheLastLayerAsItWasDrawn()
    {
        using var scope = new Scope();
        using var source = Zoo.Create("resnet-8", 100, shape, seed: 5);
        using var drawn = Zoo.Create("resnet-8", 10, shape, seed: 6);
        using var network = Zoo.Create("resnet-8", 10, shape, seed: 6);
        source.Save(path);
        Networks.Start(network, path);
        var (from, before) = (source.State().ToDictionary(StringComparer.Ordinal), drawn.State().ToDictionary(StringComparer.Ordinal));
        Assert.Equal(2, network.State().Count(own => own.Key.StartsWith("fc.", StringComparison.Ordinal)));
        Assert.All(network.State(), own => Assert.True(own.Value.SameAs((own.Key.StartsWith("fc.", StringComparison.Ordinal) ? before : from)[own.Key]), own.Key));

        using var same = Zoo.Create("resnet-8", 100, shape, seed: 6);
        Networks.Start(same, path);
        Assert.All(same.State(), own => Assert.True(own.Value.SameAs(from[own.Key]), own.Key));
    }

    [Theory]
    [InlineData("first", "stage 'second' (lenet) cannot start from first")]
    [InlineData("./other.safetensors", "other.safetensors: the state does not fit this")]
    public void AStartThatDoesNotFitIsFoundBeforeAnythingIsTrained(string start, string expected)
    {
        using var plan = new TinyPlan($$"""
            name: tiny
            data: { name: synthetic, validation: 100, train: 200 }
            defaults: { epochs: 1, batch: 50 }
            stages:
              first: { train: conv-very-tiny }
              second: { train: lenet, load: {{start}} }
            """);
        using (var other = Zoo.Create("conv-tiny", 10, shape, seed: 1)) other.Save(plan["other.safetensors"]);
        var events = new List<TrainingEvent>();
        var error = Assert.Throws<FitException>(() => new Runner(plan["runs"], events.Add).Run(plan.NewRun("runs")));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.All(events, happened => Assert.IsType<StageRehearsed>(happened));
    }

    [Fact]
    public void AStageGoesOnWithOtherClasses()
    {
        using var plan = new TinyPlan("""
            name: tiny
            data: { name: synthetic, validation: 0, train: 200 }
            defaults: { epochs: 1, batch: 50 }
            stages:
              five: { train: conv-very-tiny, data: { classes: [0, 1, 2, 3, 4] } }
              ten: { train: conv-very-tiny, load: five }
            """);
        var run = plan.NewRun("runs");
        new Runner(plan["runs"]).Run(run);
        Assert.Equal((5, 10), (NetworkCard.Read(run.Network("five", 1)).Classes, NetworkCard.Read(run.Network("ten", 1)).Classes));
    }
}
