using Limbeck.Data;
using Limbeck.Synthesis;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;

namespace Limbeck.Tests.Synthesis;

[LeakFree]
public class DdTests
{
    [Fact]
    public void StepsSeeTheImagesInOrderOneOfEachClass()
    {
        using var scope = new Scope();
        using var data = new Stripes();
        using var learned = Distillate.Start(data.Images, 4, InitialImages.Real, seed: 1);
        using var method = new Dd(new() { PerStep = 2, Passes = 2 }, data.Ingredients);
        long[][] steps = [.. method.StepsFor(learned).Select(step => step.RowsB!.ToArray<long>())];
        Assert.Equal([[0, 1, 4, 5, 8, 9], [2, 3, 6, 7, 10, 11], [0, 1, 4, 5, 8, 9], [2, 3, 6, 7, 10, 11]], steps);
        using (var random = new Generator(1)) method.Prepare(learned, random);
        Assert.Equal(steps, learned.Order);
        Assert.Null(learned.WeightsSeed);
        using var copy = learned.Clone();
        Assert.Equal(steps, copy.Order);
        using var odd = new Dd(new() { PerStep = 3 }, data.Ingredients);
        Assert.Contains("a multiple of 3", Assert.Throws<ArgumentException>(() => odd.StepsFor(learned)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ItsGradientIsThatOfTheRealLossAfterTheSteps()
    {
        using var scope = new Scope();
        using var data = new Stripes();
        using var learned = Distillate.Start(data.Images, 2, InitialImages.Noise, seed: 1);
        using ISynthesis method = new Dd(new() { FixedSeed = 9, Passes = 2, RealBatch = 7, StepSize = 0.3 }, data.Ingredients);
        using (var random = new Generator(1)) method.Prepare(learned, random);
        Assert.Equal(4, learned.StepSizes!.Read().Length);
        using var draws = new Generator(4);
        var found = method.Step(learned, 0, draws);

        // The same by hand, through a graph of everything.
        using var again = new Generator(4);
        using var weights = new Generator(9);
        using var network = Stripes.Network(weights);
        var real = data.Images.Render(Views.Plain(Tensor.Randint(0, 12, [7], again).ToArray<long>()), Augmentation.None);
        var student = new FlatParameters(network);
        var theta = student.Gather();
        theta.RequiresGrad = true;
        var sizes = learned.StepSizes.Value;
        foreach (var step in Enumerable.Range(0, 4))
        {
            var rows = Tensor.From<long>([step % 2, 2 + (step % 2), 4 + (step % 2)]);
            var loss = Functional.CrossEntropy(student.Call(theta, learned.Images.Value.IndexSelect(0, rows)), Tensor.From<long>([0, 1, 2]));
            theta -= sizes.Narrow(0, step, 1) * Grad.Of(loss, [theta], createGraph: true)[0];
        }

        var outer = Functional.CrossEntropy(student.Call(theta, real.Images), real.Labels);
        Assert.Equal(outer.Detach().Item(), found.Loss.Item(), 1e-5);
        var expected = Grad.Of(outer, [learned.Images, learned.StepSizes.Free]);
        foreach (var (exact, own) in expected.Zip([found.Gradients["images"], found.Gradients["step-sizes"]]))
            Assert.InRange((exact - own).Norm().Item() / exact.Norm().Item(), 0, 1e-5);
    }

    [Fact]
    public void DrawnNetworksCountOnAverage()
    {
        using var scope = new Scope();
        using var data = new Stripes();
        using var learned = Distillate.Start(data.Images, 1, InitialImages.Real, seed: 1);
        using ISynthesis one = new Dd(new() { Networks = 1, Passes = 1 }, data.Ingredients);
        using ISynthesis two = new Dd(new() { Networks = 2, Passes = 1 }, data.Ingredients);
        using (var random = new Generator(1)) one.Prepare(learned, random);
        using var draws = new Generator(4);
        using var same = new Generator(4);
        var pair = two.Step(learned, 0, draws);
        var first = one.Step(learned, 0, same);
        Assert.NotEqual(first.Loss.Item(), pair.Loss.Item());
        Assert.Equal(first.Gradients["images"].Shape, pair.Gradients["images"].Shape);
    }
}
