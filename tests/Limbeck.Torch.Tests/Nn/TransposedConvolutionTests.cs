using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Torch.Tests.Nn;

/// <summary>The layer's own way on processors gives what libtorch's operator does, and the same gradients.</summary>
public sealed class TransposedConvolutionTests
{
    public static TheoryData<Size2d, Size2d, Size2d, Size2d> Shapes => new()
    {
        { 3, 1, 0, 0 },
        { 3, 1, 1, 0 },
        { 2, 2, 0, 0 },
        { 3, 2, 1, 1 },
        { 3, 3, 0, 2 },
        { 1, 3, 0, 1 },
        { 5, 2, 2, 0 },
        { new(3, 1), new(2, 1), new(1, 0), new(1, 0) },
        { new(2, 4), new(3, 2), new(0, 1), new(2, 1) },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void IsTheOperatorInAnotherOrder(Size2d kernel, Size2d stride, Size2d padding, Size2d outputPadding)
    {
        using var scope = new Scope();
        using var random = new Generator(3);
        using var layer = new ConvTranspose2d(3, 4, kernel, random, stride, padding, outputPadding);
        layer.To(Device.Cpu, DType.Float64);
        var input = Tensor.Randn([2, 3, 4, 5], random).To(DType.Float64);
        input.RequiresGrad = true;
        Tensor[] leaves = [input, layer.Weight.Value, layer.Bias!.Value];
        var ours = layer.Call(input);
        var theirs = Functional.ConvTranspose2d(input, layer.Weight, layer.Bias, Pair(stride), Pair(padding), Pair(outputPadding), [1, 1]);
        Assert.Equal(theirs.Shape, ours.Shape);
        Assert.True(ours.AllClose(theirs, 1e-12, 1e-12));
        var weighing = Tensor.Randn([.. theirs.Shape], random).To(DType.Float64);
        foreach (var (own, other) in Grad.Of((ours * weighing).Sum(), leaves).Zip(Grad.Of((theirs * weighing).Sum(), leaves))) Assert.True(own!.AllClose(other!, 1e-12, 1e-12));
    }

    static long[] Pair(Size2d size) => [size.Height, size.Width];
}
