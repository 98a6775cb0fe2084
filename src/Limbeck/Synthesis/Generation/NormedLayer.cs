using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Generation;

/// <summary>A linear or convolutional layer whose weight is W = g v / ‖v‖, for each output its own length g. Salimans, Kingma 2016, equation 2.</summary>
sealed class NormedLayer : Module
{
    readonly Parameter direction, length;
    readonly Parameter? bias;
    readonly long[] inner;

    /// <summary>v as He et al. 2015 draw it, g its length: at first W = v.</summary>
    /// <param name="shape">Of the weight: [out, in] or [out, in, height, width].</param>
    /// <param name="random">Source of v.</param>
    /// <param name="bias">Whether a number is added to each output; 0 at first.</param>
    internal NormedLayer(long[] shape, Generator random, bool bias)
    {
        using var scope = new Scope();
        inner = [.. Enumerable.Range(1, shape.Length - 1).Select(dim => (long)dim)];
        var drawn = Tensor.Empty(shape);
        Init.KaimingNormal(drawn, random);
        direction = Add("direction", new Parameter(drawn));
        length = Add("length", new Parameter(drawn.Detach().Norm(inner, keepDim: true)));
        this.bias = bias ? Add("bias", new Parameter(Tensor.Zeros([shape[0]]))) : null;
    }

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor input)
    {
        var weight = direction.Value * (length.Value / direction.Value.Norm(inner, keepDim: true));
        return weight.Dim == 2 ? Functional.Linear(input, weight, bias?.Value) : Functional.Conv2d(input, weight, bias?.Value, [1, 1], [0, 0], [1, 1], 1);
    }
}
