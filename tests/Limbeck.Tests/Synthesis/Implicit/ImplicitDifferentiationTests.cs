using Limbeck.Synthesis;
using Limbeck.Synthesis.Implicit;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;

namespace Limbeck.Tests.Synthesis.Implicit;

[LeakFree]
public class ImplicitDifferentiationTests
{
    const double Decay = 0.1;
    const double Damping = 0.5;

    // With all real images, and with the whole Hessian written out.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AStepIsTheTheoremOnTheNetworkAsItIs(bool soft)
    {
        using var scope = new Scope();
        using var data = new Stripes();
        using var learned = Distillate.Start(data.Images, 1, InitialImages.Real, seed: 1);
        using var random = new Generator(5);
        if (soft) learned.SoftenLabels(Tensor.Randn([3, 3], random), learned: true);
        using var method = new ImplicitDifferentiation(new(InverseMethod.ConjugateGradients, Terms: 400, Damping: Damping, Decay: Decay, Rate: 0.1, FirstUpdates: 40, RealBatch: 12), data.Ingredients);
        method.Prepare(learned, random);
        var found = method.Step(learned, 0, random);
        Assert.Equal(soft ? ["images", "label-logits"] : ["images"], found.Gradients.Keys.Order());

        using var network = Stripes.Network(random);
        network.LoadState(method.State.Where(entry => entry.Key.StartsWith("network.", StringComparison.Ordinal)).ToDictionary(entry => entry.Key["network.".Length..], entry => entry.Value, StringComparer.Ordinal));
        network.To(Device.Cpu, DType.Float64);
        var flat = new FlatParameters(network);
        var w = flat.Gather();
        w.RequiresGrad = true;
        var images = Leaf(learned.Images);
        var logits = soft ? Leaf(learned.LabelLogits!) : null;
        var ownLog = flat.Call(w, images).LogSoftmax(1);
        var targets = logits?.Softmax(1) ?? learned.LabelsN().OneHot(3).To(DType.Float64);
        var slope = Grad.Of(-(targets * ownLog).Sum(1).Mean() + (Decay / 2 * w.Square().Sum()), [w], createGraph: true)[0];
        var real = data.Images.Render(0, 12);
        var outer = Functional.CrossEntropy(flat.Call(w, real.Images.To(DType.Float64)), real.Labels);
        var pull = Grad.Of(outer, [w])[0];
        var unit = Tensor.Eye(w.Count, DType.Float64);
        var hessian = Tensor.Stack([.. Enumerable.Range(0, (int)w.Count).Select(row => Grad.Of([slope], [w], [unit.Select(0, row)], retainGraph: true)[0])]);
        var solved = (hessian + (Damping * unit)).Solve(pull.Unsqueeze(1)).Squeeze(1);
        Assert.Equal(outer.Detach().Item(), found.Loss.Item(), 1e-4);
        Near(images, "images");
        if (logits is not null) Near(logits, "label-logits");

        void Near(Tensor leaf, string part)
        {
            var exact = -Grad.Of([slope], [leaf], [solved], retainGraph: true)[0];
            Assert.InRange((exact - found.Gradients[part].To(DType.Float64)).Norm().Item() / exact.Norm().Item(), 0, 2e-3);
        }
    }

    [Fact]
    public void TheNetworkLearnsOnAndIsDrawnAnewInTime()
    {
        using var scope = new Scope();
        using var data = new Stripes();
        using var learned = Distillate.Start(data.Images, 1, InitialImages.Real, seed: 1);
        using var random = new Generator(5);
        using var method = new ImplicitDifferentiation(new(Terms: 1, FirstUpdates: 4, Updates: 3, Iterations: 2, RealBatch: 5), data.Ingredients);
        method.Prepare(learned, random);
        Assert.Equal([4, 7, 4, 7], Enumerable.Range(0, 4).Select(iteration =>
        {
            method.Step(learned, iteration, random);
            return (int)method.State.First(entry => entry.Key == "updates").Value.Item();
        }));
    }

    static Tensor Leaf(Parameter parameter)
    {
        var leaf = parameter.Value.Detach().To(DType.Float64);
        leaf.RequiresGrad = true;
        return leaf;
    }
}
