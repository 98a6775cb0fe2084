using Limbeck.Data;
using Limbeck.Synthesis;
using Limbeck.Synthesis.Generation;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Tests.Synthesis.Generation;

[LeakFree]
public class GtnTests
{
    static readonly Gtn.Options Small = new() { Noise = 5, Hidden = 12, Maps = 6, RealBatch = 7, FixedSeed = 9, StepSize = 0.3, Momentum = 0.6 };

    [Theory]
    [InlineData(1, 28, 28)]
    [InlineData(3, 7, 10)]
    public void ItMakesImagesOfEveryShapeWithinItsReach(int channels, int height, int width)
    {
        using var scope = new Scope();
        using var random = new Generator(1);
        using var generator = new ImageGenerator(6, new ImageShape(channels, height, width), 8, 4, random);
        var made = generator.Call(Tensor.Randn([5, 6], random)).Detach();
        Assert.Equal([5, channels, height, width], made.Shape);
        Assert.InRange(made.Abs().Max().Item(), 0.01, 2);
    }

    [Fact]
    public void ItsGradientGoesThroughTheStepsAndTheGenerator()
    {
        using var scope = new Scope();
        using var data = new Stripes();
        using var learned = Distillate.Start(data.Images, 2, InitialImages.Noise, seed: 1);
        using ISynthesis method = new Gtn(Small, data.Ingredients);
        using (var random = new Generator(1)) method.Prepare(learned, random);
        Assert.Equal([2, 3], [learned.Order!.Count, learned.Order[0].Length]);
        using var draws = new Generator(4);
        var found = method.Step(learned, 0, draws);
        Assert.Equal(["curriculum", "generator", "momenta", "step-sizes"], found.Gradients.Keys.Order());

        // The same by hand, through a graph of everything.
        using var again = new Generator(4);
        using var weights = new Generator(9);
        using var network = Stripes.Network(weights);
        using var made = new ImageGenerator(5 + 3, data.Images.Shape, 12, 6, again);
        again.SetState(Start(4));
        var real = data.Images.Render(Views.Plain(Tensor.Randint(0, 12, [7], again).ToArray<long>()), Augmentation.None);
        var images = new FlatParameters(made).Call(learned.Own["generator"], Tensor.Cat([learned.Own["curriculum"].Value, learned.LabelsN().OneHot(3).To(DType.Float32)], 1));
        Assert.True(images.Detach().AllClose(learned.Images.Value, 1e-5, 1e-6));
        var student = new FlatParameters(network);
        var theta = student.Gather();
        theta.RequiresGrad = true;
        var (sizes, momenta, velocity) = (learned.StepSizes!.Value, learned.Momenta!.Value, theta.ZerosLike());
        foreach (var step in Enumerable.Range(0, 2))
        {
            var rows = Tensor.From<long>([step, 2 + step, 4 + step]);
            var loss = Functional.CrossEntropy(student.Call(theta, images.IndexSelect(0, rows)), Tensor.From<long>([0, 1, 2]));
            velocity = (momenta.Narrow(0, step, 1) * velocity) + Grad.Of(loss, [theta], createGraph: true)[0];
            theta -= sizes.Narrow(0, step, 1) * velocity;
        }

        var outer = Functional.CrossEntropy(student.Call(theta, real.Images), real.Labels);
        Assert.Equal(outer.Detach().Item(), found.Loss.Item(), 1e-5);
        var expected = Grad.Of(outer, [learned.Own["generator"], learned.Own["curriculum"], learned.StepSizes.Free, learned.Momenta.Free]);
        foreach (var (exact, own) in expected.Zip([found.Gradients["generator"], found.Gradients["curriculum"], found.Gradients["step-sizes"], found.Gradients["momenta"]]))
            Assert.InRange((exact - own).Norm().Item() / exact.Norm().Item(), 0, 1e-4);
    }

    [Fact]
    public void TheImagesAreWhatItGeneratesAlsoOfTheAverage()
    {
        using var scope = new Scope();
        using var data = new Stripes();
        using var learned = Distillate.Start(data.Images, 1, InitialImages.Noise, seed: 1);
        using ISynthesis method = new Gtn(Small, data.Ingredients);
        var result = Synthesizer.Run(new SynthesisJob(method, learned, new() { Iterations = 3, Average = 0.5, ImageOptimizer = new AdamOptions { Lr = 0.05 } }));
        using var average = result.Averaged!;
        foreach (var made in new[] { learned, average })
        {
            var before = made.Images.Value.Detach().Clone();
            method.Generate(made);
            Assert.True(before.SameAs(made.Images.Value));
        }

        Assert.False(average.Images.Value.SameAs(learned.Images.Value));
        Assert.False(average.Own["generator"].Value.SameAs(learned.Own["generator"].Value));
    }

    static Tensor Start(int seed)
    {
        using var fresh = new Generator(seed);
        return fresh.State();
    }
}
