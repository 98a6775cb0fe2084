using Limbeck.Models;
using Limbeck.Synthesis.Matching;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Tests.Synthesis.Reference;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;

namespace Limbeck.Tests.Synthesis.Matching;

public class DistanceTests
{
    [Fact]
    public void CosineAgreesWithThePublishedCode()
    {
        using var scope = new Scope();
        var known = MatchingCase.Of("dc_match_loss_ours");
        var (synthetic, real) = (Side("gw_syn."), Side("gw_real."));
        foreach (var gradient in synthetic) gradient.RequiresGrad = true;
        var distance = GradientDistance.Of(GradientMetric.Cosine, synthetic, real);
        Assert.Equal(known.Number("loss"), distance.Detach().Item(), 1e-9);
        var slopes = Grad.OfUsed([distance], synthetic);
        known.Check("grad_gw_syn_flat", Tensor.Cat([.. slopes.Zip(synthetic, (slope, own) => (slope ?? own.ZerosLike()).Reshape(-1))]));

        Tensor[] Side(string prefix) => [.. known.Inputs.Where(input => input.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(input => input.Value)];
    }

    [Theory]
    [InlineData(GradientMetric.Cosine)]
    [InlineData(GradientMetric.Squares)]
    [InlineData(GradientMetric.Absolute)]
    public void EveryMetricIsItsFormulaAndHasItsDerivatives(GradientMetric metric)
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(21);
        Tensor[] own = [stream.Draw(1, 3, 2, 2), stream.Draw(1, 3), stream.Draw(1, 2, 4)], other = [stream.Draw(1, 3, 2, 2), stream.Draw(1, 3), stream.Draw(1, 2, 4)];
        Assert.Equal(Plain(0) + Plain(2), GradientDistance.Of(metric, own, other).Item(), 1e-12);
        Assert.Equal(Plain(0), GradientDistance.Of(metric, own, other, leastDim: 3).Item(), 1e-12);
        Assert.Equal(0, GradientDistance.Of(metric, own, own).Item(), 1e-5);
        GradientCheck.First(at => GradientDistance.Of(metric, at, other), own);
        GradientCheck.Second(at => GradientDistance.Of(metric, at, other), own);

        double Plain(int parameter) => PlainRows.Of(own[parameter]).Zip(PlainRows.Of(other[parameter]), (g, h) => metric switch
        {
            GradientMetric.Cosine => 1 - (PlainRows.Dot(g, h) / ((Math.Sqrt(PlainRows.Dot(g, g)) * Math.Sqrt(PlainRows.Dot(h, h))) + 1e-6)),
            GradientMetric.Squares => PlainRows.Square(g, h),
            _ => g.Zip(h, (a, b) => Math.Abs(a - b)).Sum(),
        }).Sum();
    }

    [Theory]
    [InlineData(GradientMetric.Cosine)]
    [InlineData(GradientMetric.Squares)]
    public void DistanceOfGradientsHasTheDerivativeThatDifferencesSay(GradientMetric metric)
    {
        using var scope = new Scope();
        using var random = new Generator(3);
        using var network = new ConvNet(new(Depth: 1, Width: 4, Activation: ConvNet.ActivationKind.Silu), 3, new(2, 4, 4), random);
        network.To(Device.Cpu, DType.Float64);
        var (synthetic, real) = (Tensor.Randn([2, 2, 4, 4], random, DType.Float64), Tensor.Randn([3, 2, 4, 4], random, DType.Float64));
        GradientCheck.First(at => GradientMatching.Distance(network, at[0], real, 1, metric), synthetic);
    }

    [Fact]
    public void MeansAgreeWithThePublishedCode()
    {
        using var scope = new Scope();
        var known = MatchingCase.Of("dm_two_classes");
        using var random = new Generator(1);
        using var network = new ConvNet(new(Depth: 3, Width: 8), 10, new(3, 16, 16), random);
        network.To(Device.Cpu, DType.Float64);
        var parameters = network.State();
        network.LoadState(parameters.Zip(known.Inputs, (own, drawn) => (own.Key, drawn.Value)).ToDictionary());
        var (real, synthetic) = (known["x_real"], known["x_syn"]);
        synthetic.RequiresGrad = true;

        var distance = Class(0) + Class(1);
        Assert.Equal(known.Number("loss"), distance.Detach().Item(), 1e-9);
        known.Check("grad_x_syn", Grad.Of(distance, [synthetic])[0]);

        Tensor Class(int label) => FeatureDistance.OfMeans(Embed(synthetic.Narrow(0, 2 * label, 2)), Embed(real.Narrow(0, 5 * label, 5)));

        Tensor Embed(Tensor imagesBCHW)
        {
            var place = network.FindTap("pooled");
            using var taps = new Taps(network, [place]);
            network.Call(imagesBCHW);
            return taps[place];
        }
    }

    [Fact]
    public void DiscriminationIsTheCrossEntropyOfProducts()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(22);
        var (centres, real) = (stream.Draw(1, 3, 4), stream.Draw(1, 5, 4));
        int[] labels = [0, 2, 1, 1, 0];
        var products = PlainRows.Of(real).Select(row => PlainRows.Of(centres).Select(centre => PlainRows.Dot(row, centre)).ToArray()).ToArray();
        var expected = products.Zip(labels, (row, label) => Math.Log(row.Sum(Math.Exp)) - row[label]).Average();
        var labelsR = Tensor.From<long>([.. labels.Select(label => (long)label)]);
        Assert.Equal(expected, FeatureDistance.Discrimination(centres, real, labelsR).Item(), 1e-12);
        GradientCheck.First(at => FeatureDistance.Discrimination(at[0], at[1], labelsR), centres, real);
    }

    [Fact]
    public void RefusesGradientsThatCannotBeCompared()
    {
        using var scope = new Scope();
        Assert.Contains("of 1 and of 2 parameters", Assert.Throws<ArgumentException>(() => GradientDistance.Of(GradientMetric.Cosine, [Tensor.Ones([2, 2])], [Tensor.Ones([2, 2]), Tensor.Ones([2])])).Message);
        Assert.Contains("nothing to match", Assert.Throws<ArgumentException>(() => GradientDistance.Of(GradientMetric.Cosine, [Tensor.Ones([2])], [Tensor.Ones([2])])).Message);
    }
}
