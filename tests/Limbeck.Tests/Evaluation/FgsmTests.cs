using Limbeck.Data;
using Limbeck.Evaluation;
using Limbeck.Tests.Training;
using Limbeck.Torch;
using Limbeck.Torch.Autograd;

namespace Limbeck.Tests.Evaluation;

public sealed class FgsmTests
{
    // A step of ε takes ε Σ |w_k| / std_k from a linear margin, as long as no pixel leaves [0, 1].
    [Theory]
    [InlineData(90, 160)]
    [InlineData(0, 255)]
    public void A_linear_margin_shrinks_in_closed_form(byte low, byte high)
    {
        using var data = TinyImages.Make(140, low, high);
        using var network = new LinearClassifier(3);
        var curve = new Fgsm(new() { Most = 0.12, Points = 13 }).Measure(network, data);
        Assert.Equal(Enumerable.Range(0, 13).Select(k => 0.01 * k), curve.Strengths, Near);
        Assert.Equal(curve.Strengths.Select(length => Share(network, data, length)), curve.Accuracies, Near);
        Assert.True(curve.Accuracies[0] > curve.Accuracies[^1], "the attack did nothing");
        using var off = Grad.Off();
        Assert.Equal(curve.Accuracies, new Fgsm(new() { Most = 0.12, Points = 13 }).Measure(network, data).Accuracies);
    }

    [Fact]
    public void Without_a_step_it_is_the_plain_accuracy()
    {
        using var data = FitTests.Data();
        using var network = FitTests.Small(1);
        var curve = new Fgsm(new() { Points = 3 }).Measure(network, data.Test);
        Assert.Equal(Answers.Of(network, data.Test).Score(data.Test).Accuracy, curve.Accuracies[0]);
    }

    [Fact]
    public void The_network_is_left_as_it_was()
    {
        using var data = FitTests.Data();
        using var network = FitTests.Small(1);
        network.Train();
        new Fgsm(new() { Points = 2 }).Measure(network, data.Test);
        var (state, tensors) = (FitTests.Bytes(network), Engine.LiveTensors);
        new Fgsm(new() { Points = 2 }).Measure(network, data.Test);
        Assert.Equal(state, FitTests.Bytes(network));
        Assert.Equal(tensors, Engine.LiveTensors);
        Assert.True(network.Training);
        Assert.All(network.Parameters(), parameter => Assert.True(parameter.Trainable && parameter.Value.AccumulatedGrad is null));
    }

    [Fact]
    public void The_same_images_are_drawn_for_every_network()
    {
        using var data = TinyImages.Make(140);
        using var network = new LinearClassifier(3);
        var few = data.Take(20, seed: 0);
        Assert.Equal(Share(network, few, 0), new Fgsm(new() { Points = 2, Images = 20 }).Measure(network, data).Accuracies[0], 12);
    }

    [Fact]
    public void The_area_is_that_of_trapezoids_over_the_range()
    {
        Assert.Equal(0.5, new RobustnessCurve([0, 2, 4], [1, 0.5, 0]).Area, 12);
        Assert.Equal(((0.9 + 0.7) / 2 * 0.01 + (0.7 + 0.1) / 2 * 0.03) / 0.04, new RobustnessCurve([0, 0.01, 0.04], [0.9, 0.7, 0.1]).Area, 12);
    }

    static double Share(LinearClassifier network, ImageDataset data, double length) =>
        Enumerable.Range(0, data.Count).Count(sample => network.Margin(Attacked(network, data, sample, length), data.Labels[sample]) > 0) / (double)data.Count;

    static double[] Attacked(LinearClassifier network, ImageDataset data, int sample, double length) =>
        [.. TinyImages.Image(data, sample).Select((pixel, k) => Math.Clamp(pixel - length * (1 - (2 * data.Labels[sample])) * Math.Sign(network.Weights[k]), 0, 1))];

    static bool Near(double one, double other) => Math.Abs(one - other) < 1e-12;
}
