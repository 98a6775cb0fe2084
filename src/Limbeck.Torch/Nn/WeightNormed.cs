using Limbeck.Torch.Tensors;

namespace Limbeck.Torch.Nn;

/// <summary>A linear layer, or a convolution with stride 1, whose weight is W = g v / ‖v‖, with a length g of its own for each output. Salimans, Kingma 2016, equation 2.</summary>
/// <remarks>State keys are those of PyTorch's <c>weight_norm</c>: bias, weight_g, weight_v.</remarks>
public sealed class WeightNormed : Module
{
    readonly Parameter length, direction;
    readonly Parameter? bias;
    readonly long[] inner;
    readonly long padding;

    /// <summary>Makes the layer from a weight: that becomes v, and its length g, so that at first W = v.</summary>
    /// <param name="weight">[out, in] or [out, in, height, width].</param>
    /// <param name="bias">[out], or null for none.</param>
    /// <param name="padding">Zeros around the maps of a convolution.</param>
    public WeightNormed(Parameter weight, Parameter? bias, long padding = 0)
    {
        using var scope = new Scope();
        this.padding = padding;
        inner = [.. Enumerable.Range(1, weight.Value.Dim - 1).Select(dim => (long)dim)];
        this.bias = bias is null ? null : Add("bias", bias);
        length = Add("weight_g", new Parameter(weight.Value.Detach().Norm(inner, keepDim: true)));
        direction = Add("weight_v", weight);
    }

    /// <summary>A convolution with PyTorch's default initialisation.</summary>
    /// <param name="inputs">Channels in.</param>
    /// <param name="outputs">Channels out.</param>
    /// <param name="kernel">Side of the window.</param>
    /// <param name="random">Source of v, then bias.</param>
    /// <param name="padding">Zeros around the maps.</param>
    public static WeightNormed Conv2d(long inputs, long outputs, int kernel, Generator random, long padding)
    {
        var weight = Init.DefaultWeight([outputs, inputs, kernel, kernel], random);
        return new(weight, Init.DefaultBias(outputs, weight, random), padding);
    }

    /// <summary>A linear layer with PyTorch's default initialisation.</summary>
    /// <param name="inputs">Features in.</param>
    /// <param name="outputs">Features out.</param>
    /// <param name="random">Source of v, then bias.</param>
    public static WeightNormed Linear(long inputs, long outputs, Generator random)
    {
        var weight = Init.DefaultWeight([outputs, inputs], random);
        return new(weight, Init.DefaultBias(outputs, weight, random));
    }

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor input)
    {
        var weight = direction.Value * (length.Value / direction.Value.Norm(inner, keepDim: true));
        return weight.Dim == 2 ? Functional.Linear(input, weight, bias?.Value) : Functional.Conv2d(input, weight, bias?.Value, [1, 1], [padding, padding], [1, 1], 1);
    }
}
