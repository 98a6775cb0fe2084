using Limbeck.Evaluation;
using Limbeck.Tests.Training;
using Limbeck.Torch;

namespace Limbeck.Tests.Evaluation;

public sealed class WeightNoiseTests
{
    // The margin of a linear classifier gets noise of variance 2 σ² (‖x‖² + 1): two rows of weights and two biases.
    [Fact]
    public void A_linear_classifier_errs_as_often_as_the_normal_distribution_says()
    {
        using var data = TinyImages.Make(20, 0, 255);
        using var network = new LinearClassifier(3);
        var curve = new WeightNoise(new() { Most = 0.3, Points = 3, Draws = 1500 }).Measure(network, data);
        foreach (var (sd, accuracy) in curve.Strengths.Zip(curve.Accuracies).Skip(1))
        {
            var expected = Enumerable.Range(0, data.Count).Average(sample =>
            {
                var image = TinyImages.Image(data, sample);
                var square = image.Select((pixel, k) => Math.Pow((pixel - TinyImages.Mean(k)) / TinyImages.Std(k), 2)).Sum();
                return Normal(network.Margin(image, data.Labels[sample]) / (sd * Math.Sqrt(2 * (square + 1))));
            });
            Assert.InRange(accuracy, expected - 0.02, expected + 0.02);
        }
    }

    [Fact]
    public void Without_noise_it_is_the_plain_accuracy()
    {
        using var data = FitTests.Data();
        using var network = FitTests.Small(1);
        Assert.Equal(Answers.Of(network, data.Test).Score(data.Test).Accuracy, new WeightNoise(new() { Points = 2 }).Measure(network, data.Test).Accuracies[0], 12);
    }

    [Fact]
    public void The_network_is_left_as_it_was()
    {
        using var data = FitTests.Data();
        using var network = FitTests.Small(1);
        network.Train();
        var (state, tensors) = (FitTests.Bytes(network), Engine.LiveTensors);
        new WeightNoise(new() { Points = 3 }).Measure(network, data.Test);
        Assert.Equal(state, FitTests.Bytes(network));
        Assert.Equal(tensors, Engine.LiveTensors);
        Assert.True(network.Training);
    }

    [Fact]
    public void The_same_seed_draws_the_same_noise()
    {
        using var data = TinyImages.Make(140);
        using var network = new LinearClassifier(3);
        IReadOnlyList<double> Accuracies(int seed) => new WeightNoise(new() { Most = 0.2, Points = 5, Seed = seed }).Measure(network, data).Accuracies;
        Assert.Equal(Accuracies(1), Accuracies(1));
        Assert.NotEqual(Accuracies(1), Accuracies(2));
    }

    // By Simpson's rule from −8.
    static double Normal(double z)
    {
        const int Steps = 2000;
        var h = (Math.Clamp(z, -8, 8) + 8) / Steps;
        double Density(int k) => Math.Exp(-Math.Pow(-8 + k * h, 2) / 2) / Math.Sqrt(2 * Math.PI);
        return h / 3 * Enumerable.Range(0, Steps + 1).Sum(k => Density(k) * (k is 0 or Steps ? 1 : k % 2 == 1 ? 4 : 2));
    }
}
