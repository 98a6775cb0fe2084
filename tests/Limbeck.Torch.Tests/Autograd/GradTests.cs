using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;

namespace Limbeck.Torch.Tests.Autograd;

public class GradTests
{
    [Fact]
    public void DerivativesOfEveryOrder()
    {
        using var scope = new Scope();
        var x = Leaf(2);
        var y = x.Pow(4).Sum();
        foreach (var expected in new[] { 32.0, 48, 48, 24 })
        {
            y = Grad.Of(y, [x], createGraph: true)[0].Sum();
            Assert.Equal(expected, y.Item());
        }
    }

    // libtorch gives the second derivative of abs as a tensor without memory.
    [Fact]
    public void ADerivativeThatIsZeroEverywhereCanBeReadAndChanged()
    {
        using var scope = new Scope();
        var x = Leaf(2, -3);
        var second = Grad.Of(Grad.Of(x.Abs().Sum(), [x], createGraph: true)[0].Sum(), [x])[0];
        Assert.Equal([0.0, 0], second.ToArray<double>());
        second.AddInPlace(x.OnesLike());
        Assert.Equal([1.0, 1], second.ToArray<double>());
    }

    [Fact]
    public void GradOutputsMakeAVectorJacobianProduct()
    {
        using var scope = new Scope();
        var x = Leaf(1, 2, 3);
        var (square, twice) = (x * x, (x * 2).Sum());
        var grad = Grad.Of([square, twice], [x], [Tensor.From([1.0, 0, -1]), null])[0];
        Assert.Equal([4.0, 2, -4], grad.ToArray<double>());
        Assert.Contains("got 1 grad outputs for 2 outputs", Assert.Throws<ArgumentException>(() => Grad.Of([square, twice], [x], [null])).Message);
    }

    [Fact]
    public void GradOutputsAreDifferentiatedToo()
    {
        using var scope = new Scope();
        var x = Leaf(3);
        var weight = Leaf(5);
        var grad = Grad.Of([x * x], [x], [weight], createGraph: true)[0];
        Assert.Equal(6, Grad.Of(grad.Sum(), [weight])[0].Item());
    }

    [Fact]
    public void AnInputThatTookNoPart()
    {
        using var scope = new Scope();
        var (used, unused) = (Leaf(1), Leaf(1));
        Assert.StartsWith("grad: ", Assert.Throws<TorchException>(() => Grad.Of((used * 2).Sum(), [used, unused])).Message);
        var grads = Grad.OfUsed([(used * 2).Sum()], [used, unused]);
        Assert.Equal(2, grads[0]!.Item());
        Assert.Null(grads[1]);
    }

    [Fact]
    public void BackwardAccumulates()
    {
        using var scope = new Scope();
        var x = Leaf(3);
        Assert.Null(x.AccumulatedGrad);
        Grad.Backward((x * x).Sum());
        Grad.Backward(x * 2, gradOutput: Tensor.From([10.0]));
        Assert.Equal(26, x.AccumulatedGrad!.Item());
        Assert.False(x.AccumulatedGrad!.RequiresGrad);
    }

    [Fact]
    public void AGraphIsThereOnceUnlessKept()
    {
        using var scope = new Scope();
        var x = Leaf(3);
        var y = (x * x).Sum();
        Assert.Equal(6, Grad.Of([y], [x], [], retainGraph: true)[0].Item());
        Assert.Equal(6, Grad.Of(y, [x])[0].Item());
        Assert.Contains("second time", Assert.Throws<TorchException>(() => Grad.Of(y, [x])).Message);
    }

    [Fact]
    public void ModesNestAndComeBack()
    {
        using var scope = new Scope();
        var x = Leaf(1);
        using (Grad.Off())
        {
            Assert.False((x * 2).RequiresGrad);
            using (Grad.On()) Assert.True((x * 2).RequiresGrad);
            Assert.False((x * 2).RequiresGrad);
        }

        Assert.True((x * 2).RequiresGrad);
        Assert.False((x * 2).Detach().RequiresGrad);
        Assert.True(x.IsLeaf);
        Assert.False((x * 2).IsLeaf);
    }

    [Fact]
    public void ModesAreOfOneThread()
    {
        using var off = Grad.Off();
        var recorded = false;
        var thread = new Thread(() =>
        {
            using var scope = new Scope();
            recorded = (Leaf(1) * 2).RequiresGrad;
        });
        thread.Start();
        thread.Join();
        Assert.True(recorded);
    }

    [Fact]
    public void WhatCannotBeDifferentiatedIsRefused()
    {
        using var scope = new Scope();
        var x = Leaf(1, 2);
        Assert.Contains("scalar", Assert.Throws<TorchException>(() => Grad.Of(x * 2, [x])).Message);
        Assert.Contains("does not require grad", Assert.Throws<TorchException>(() => Grad.Of(Tensor.Ones([1]).Sum(), [x])).Message);
        Assert.Contains("floating point", Assert.Throws<TorchException>(() => Tensor.From([1L]).RequiresGrad = true).Message);
    }

    [Fact]
    public void AScopeClosedBeforeBackwardDoesNotBreakTheGraph()
    {
        using var outer = new Scope();
        var x = Leaf(2);
        Tensor loss;
        using (var inner = new Scope()) loss = inner.Keep((x.Exp() * x).Sum());
        Assert.Equal(3 * Math.Exp(2), Grad.Of(loss, [x])[0].Item(), 1e-12);
    }

    static Tensor Leaf(params double[] values)
    {
        var leaf = Tensor.From<double>(values);
        leaf.RequiresGrad = true;
        return leaf;
    }
}
