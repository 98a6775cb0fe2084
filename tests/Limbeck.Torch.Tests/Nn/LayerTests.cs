using System.Text.Json;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Torch.Tests.Nn;

public class LayerTests
{
    static readonly Dictionary<string, Func<Generator, Module>> layers = new(StringComparer.Ordinal)
    {
        ["conv2d"] = random => new Conv2d(3, 4, 3, random),
        ["conv2d-grouped"] = random => new Conv2d(4, 6, 3, random, stride: 2, padding: 1, dilation: 2, groups: 2, bias: false),
        ["conv2d-oblong"] = random => new Conv2d(2, 3, new(3, 1), random, stride: new(2, 1), padding: new(1, 0)),
        ["conv-transpose2d"] = random => new ConvTranspose2d(3, 2, 3, random),
        ["conv-transpose2d-strided"] = random => new ConvTranspose2d(4, 6, 3, random, stride: 2, padding: 1, outputPadding: 1, groups: 2, bias: false),
        ["linear"] = random => new Linear(5, 3, random),
        ["batch-norm2d"] = _ => new BatchNorm2d(3),
        ["batch-norm2d-eval"] = _ => new BatchNorm2d(3, momentum: 0.3, eps: 1e-3),
        ["batch-norm2d-plain"] = _ => new BatchNorm2d(3, affine: false),
        ["batch-norm1d"] = _ => new BatchNorm1d(4),
        ["batch-norm1d-long"] = _ => new BatchNorm1d(4),
        ["group-norm"] = _ => new GroupNorm(2, 6),
        ["group-norm-each"] = _ => new GroupNorm(3, 3),
        ["instance-norm2d"] = _ => new InstanceNorm2d(3),
        ["instance-norm2d-affine"] = _ => new InstanceNorm2d(3, affine: true),
        ["layer-norm"] = _ => new LayerNorm([3, 4]),
        ["max-pool2d"] = _ => new MaxPool2d(3, stride: 2, padding: 1),
        ["max-pool2d-ceil"] = _ => new MaxPool2d(2, ceilMode: true),
        ["avg-pool2d"] = _ => new AvgPool2d(3, stride: 2, padding: 1),
        ["avg-pool2d-inner"] = _ => new AvgPool2d(2, padding: 1, countIncludesPadding: false),
        ["adaptive-avg-pool2d"] = _ => new AdaptiveAvgPool2d(new(2, 3)),
        ["relu"] = _ => new Relu(),
        ["leaky-relu"] = _ => new LeakyRelu(0.2),
        ["sigmoid"] = _ => new Sigmoid(),
        ["tanh"] = _ => new Tanh(),
        ["gelu"] = _ => new Gelu(),
        ["silu"] = _ => new Silu(),
        ["flatten"] = _ => new Flatten(),
        ["identity"] = _ => new Identity(),
        ["sequential"] = random => new Sequential(
            new Conv2d(2, 3, 3, random), new BatchNorm2d(3), new Relu(), new Sequential(new Flatten(), new Linear(27, 2, random))),
        ["weight-normed-conv2d"] = random => WeightNormed.Conv2d(3, 4, 3, random, padding: 1),
        ["weight-normed-linear"] = random => WeightNormed.Linear(5, 3, random),
    };

    public static TheoryData<string> Names => [.. layers.Keys];

    [Theory, MemberData(nameof(Names))]
    public void OutputGradientsAndStateArePyTorchs(string name)
    {
        using var scope = new Scope();
        var expected = LayerFixtures.Layer(name);
        using var layer = Loaded(name, expected);
        var x = LayerFixtures.Tensor(expected.GetProperty("input"));
        x.RequiresGrad = true;
        var y = layer.Call(x);
        var gradients = Grad.Of([y], [x, .. layer.Parameters()], [LayerFixtures.Tensor(expected.GetProperty("gradOutput"))]);

        LayerFixtures.AssertClose(expected.GetProperty("output"), y, "output");
        AssertGradients(expected, gradients);
        var after = expected.GetProperty("stateAfter");
        Assert.Equal(Keys(after), layer.State().Select(entry => entry.Key));
        foreach (var (entry, (key, value)) in after.EnumerateArray().Zip(layer.State())) LayerFixtures.AssertClose(entry, value, key);
    }

    [Fact]
    public void ANormedWeightBeginsAsItWasDrawn()
    {
        using var scope = new Scope();
        using var random = new Generator(3);
        using var again = new Generator(3);
        using var plain = new Conv2d(2, 3, 3, random, padding: 1);
        using var normed = WeightNormed.Conv2d(2, 3, 3, again, padding: 1);
        var maps = Tensor.Randn([2, 2, 5, 5], random);
        Assert.True(normed.Call(maps).AllClose(plain.Call(maps), 1e-5, 1e-6));
    }

    [Fact]
    public void ShuffledChannelsAreDealtFromEachGroup()
    {
        using var scope = new Scope();
        using var shuffle = new ChannelShuffle(3);
        var channels = Tensor.From<float>([0, 1, 2, 3, 4, 5], [1, 6, 1, 1]).Expand(2, 6, 1, 3);
        Assert.Equal([0, 2, 4, 1, 3, 5], shuffle.Call(channels).Select(3, 2).Select(0, 1).ToArray<float>());
        Assert.Equal([2, 6, 1, 3], shuffle.Call(channels).Shape);
        Assert.Contains("a multiple of 4, height, width], got", Assert.Throws<ArgumentException>(() => new ChannelShuffle(4).Call(channels)).Message);
    }

    [Theory]
    [InlineData("conv2d")]
    [InlineData("conv-transpose2d-strided")]
    [InlineData("linear")]
    [InlineData("batch-norm2d")]
    [InlineData("batch-norm1d")]
    [InlineData("group-norm-each")]
    [InlineData("instance-norm2d-affine")]
    [InlineData("layer-norm")]
    [InlineData("sequential")]
    [InlineData("weight-normed-conv2d")]
    public void AFlatParameterVectorGivesTheSame(string name)
    {
        using var scope = new Scope();
        var expected = LayerFixtures.Layer(name);
        using var layer = Loaded(name, expected);
        var flat = new FlatParameters(layer);
        var theta = flat.Gather();
        theta.RequiresGrad = true;
        var x = LayerFixtures.Tensor(expected.GetProperty("input"));
        var y = flat.Call(theta, x);
        var gradient = Grad.Of([y], [theta], [LayerFixtures.Tensor(expected.GetProperty("gradOutput"))])[0];

        LayerFixtures.AssertClose(expected.GetProperty("output"), y, "output");
        var own = gradient.Split([.. layer.Parameters().Select(parameter => parameter.Value.Count)])
            .Zip(layer.Parameters(), (piece, parameter) => piece.Reshape(parameter.Value.Shape));
        AssertGradients(expected, [null, .. own]);
    }

    [Theory]
    [InlineData("conv2d-grouped")]
    [InlineData("conv2d-oblong")]
    [InlineData("conv-transpose2d")]
    [InlineData("linear")]
    [InlineData("batch-norm2d")]
    [InlineData("batch-norm2d-eval")]
    [InlineData("batch-norm1d-long")]
    [InlineData("group-norm")]
    [InlineData("instance-norm2d-affine")]
    [InlineData("layer-norm")]
    public void DifferencesAgreeWithBothOrders(string name)
    {
        using var scope = new Scope();
        var expected = LayerFixtures.Layer(name);
        using var layer = Loaded(name, expected);
        GradientCheck.Module(layer, LayerFixtures.Tensor(expected.GetProperty("input")));
    }

    static Module Loaded(string name, JsonElement expected)
    {
        using var random = new Generator(1);
        var layer = layers[name](random);
        layer.To(Device.Cpu, DType.Float64);
        Assert.Equal(Keys(expected.GetProperty("state")), layer.State().Select(entry => entry.Key));
        layer.LoadState(LayerFixtures.State(expected.GetProperty("state")));
        layer.Train(expected.GetProperty("training").GetBoolean());
        return layer;
    }

    static IEnumerable<string> Keys(JsonElement state) => state.EnumerateArray().Select(entry => entry.GetProperty("key").GetString()!);

    static void AssertGradients(JsonElement expected, Tensor?[] actual)
    {
        var wanted = expected.GetProperty("gradients");
        Assert.Equal(wanted.GetArrayLength(), actual.Length);
        for (var i = 0; i < actual.Length; i++)
        {
            if (actual[i] is { } gradient) LayerFixtures.AssertClose(wanted[i], gradient, $"gradient {i}");
        }
    }
}
