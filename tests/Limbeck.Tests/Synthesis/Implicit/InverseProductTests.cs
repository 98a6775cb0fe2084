using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;

namespace Limbeck.Tests.Synthesis.Implicit;

[LeakFree]
public class InverseProductTests
{
    [Fact]
    public void BothGoToTheInverse()
    {
        using var scope = new Scope();
        using var random = new Generator(3);
        var rootPP = Tensor.Randn([6, 6], random, DType.Float64);
        var hessianPP = rootPP.Matmul(rootPP.Transpose(0, 1)) + Tensor.Eye(6, DType.Float64);
        var vectorP = Tensor.Randn([6], random, DType.Float64);
        var exactP = hessianPP.Solve(vectorP.Unsqueeze(1)).Squeeze(1);
        var products = 0;
        Assert.InRange(Apart(exactP, InverseProduct.ConjugateGradients(Product, vectorP, 50)), 0, 1e-9);
        Assert.InRange(products, 1, 12);
        Assert.InRange(Apart(exactP, InverseProduct.Neumann(Product, vectorP, 0.02, 4000)), 0, 1e-9);
        var dampedP = (hessianPP + (0.7 * Tensor.Eye(6, DType.Float64))).Solve(vectorP.Unsqueeze(1)).Squeeze(1);
        Assert.InRange(Apart(dampedP, InverseProduct.ConjugateGradients(Product, vectorP, 50, damping: 0.7)), 0, 1e-9);
        // Nothing is gained along a direction of negative curvature: it stops before it.
        Assert.Equal(0, InverseProduct.ConjugateGradients(v => -v, vectorP, 5).Norm().Item());

        Tensor Product(Tensor directionP)
        {
            products++;
            return hessianPP.Matmul(directionP);
        }
    }

    // w* = (XᵀX + δI)⁻¹ Xᵀy of ridge regression, differentiated by the images X themselves.
    [Fact]
    public void OnRidgeRegressionTheGradientIsThatOfTheClosedForm()
    {
        using var scope = new Scope();
        using var random = new Generator(4);
        Tensor imagesND = Draw(5, 3), labelsN1 = Draw(5, 1), realRD = Draw(9, 3), wantedR1 = Draw(9, 1);
        const double decay = 0.4;
        imagesND.RequiresGrad = true;
        var bestD1 = (imagesND.Transpose(0, 1).Matmul(imagesND) + (decay * Tensor.Eye(3, DType.Float64))).Solve(imagesND.Transpose(0, 1).Matmul(labelsN1));
        var exact = Grad.Of((realRD.Matmul(bestD1) - wantedR1).Square().Sum(), [imagesND])[0].Reshape(-1);

        var losses = new BilevelLosses(
            (w, x) => (0.5 * (x.Reshape(5, 3).Matmul(w.Reshape(3, 1)) - labelsN1).Square().Sum()) + (decay / 2 * w.Square().Sum()),
            (w, _) => (realRD.Matmul(w.Reshape(3, 1)) - wantedR1).Square().Sum());
        var (weights, images) = (bestD1.Detach().Reshape(-1), imagesND.Detach().Reshape(-1));
        Assert.InRange(Apart(exact, HyperGradient.Implicit(losses, weights, images, (product, v) => InverseProduct.ConjugateGradients(product, v, 30))), 0, 1e-9);
        Assert.InRange(Apart(exact, HyperGradient.Implicit(losses, weights, images, rate: 0.05, terms: 3000)), 0, 1e-9);

        Tensor Draw(params long[] shape) => Tensor.Randn(shape, random, DType.Float64);
    }

    // A network of 17 weights at its minimum: 400 steps from there, differentiated through all of them.
    [Fact]
    public void OnANetworkItAgreesWithALongUnroll()
    {
        using var scope = new Scope();
        using var random = new Generator(6);
        using var network = new Sequential(new Linear(3, 3, random), new Tanh(), new Linear(3, 2, random, bias: false));
        network.To(Device.Cpu, DType.Float64);
        var flat = new FlatParameters(network);
        Tensor images = Tensor.Randn([4, 3], random, DType.Float64), real = Tensor.Randn([20, 3], random, DType.Float64);
        Tensor labels = Tensor.From<long>([0, 1, 0, 1]), wanted = Tensor.Randint(0, 2, [20], random);
        var losses = new BilevelLosses(
            (w, x) => Functional.CrossEntropy(flat.Call(w, x.Reshape(4, 3)), labels) + (0.05 * w.Square().Sum()),
            (w, _) => Functional.CrossEntropy(flat.Call(w, real), wanted));
        const double rate = 0.5;
        var (w, x) = (flat.Gather(), images.Reshape(-1));
        for (var step = 0; step < 3000; step++)
        {
            using var one = new Scope();
            var leaf = w.Detach();
            leaf.RequiresGrad = true;
            w = one.Keep(leaf.Detach() - (rate * Grad.Of(losses.Training(leaf, x), [leaf])[0]));
        }

        var leafX = x.Detach().Clone();
        leafX.RequiresGrad = true;
        var moving = w.Detach().Clone();
        moving.RequiresGrad = true;
        for (var step = 0; step < 400; step++) moving -= rate * Grad.Of(losses.Training(moving, leafX), [moving], createGraph: true)[0];
        var unrolled = Grad.Of(losses.Validation(moving, leafX), [leafX])[0];

        Assert.True(unrolled.Norm().Item() > 1e-3);
        Assert.InRange(Apart(unrolled, HyperGradient.Implicit(losses, w, x, rate, 399)), 0, 1e-6);
        Assert.InRange(Apart(unrolled, HyperGradient.Implicit(losses, w, x, (product, v) => InverseProduct.ConjugateGradients(product, v, 100))), 0, 1e-4);
    }

    static double Apart(Tensor expected, Tensor found) => (expected.Detach() - found.Detach()).Norm().Item() / expected.Detach().Norm().Item();
}
