using Limbeck.Torch.Tensors;

namespace Limbeck.Torch.Nn;

/// <summary>
/// Transposed convolution, [B, in, H, W] to [B, out, H', W'] with
/// H' = (H − 1) stride − 2 padding + dilation (kernel − 1) + outputPadding + 1.
/// </summary>
public sealed class ConvTranspose2d : Module
{
    readonly Size2d stride, padding, outputPadding, dilation;
    readonly long groups;

    /// <summary>Makes the layer with PyTorch's default initialisation.</summary>
    /// <param name="inputs">Channels in.</param>
    /// <param name="outputs">Channels out.</param>
    /// <param name="kernel">Size of the window.</param>
    /// <param name="random">Source of the initial weight, then bias.</param>
    /// <param name="stride">Distance of the windows in the output.</param>
    /// <param name="padding">Rows and columns cut off around the output.</param>
    /// <param name="outputPadding">Added at one side: several input sizes of a strided convolution give one output size, this says which is meant.</param>
    /// <param name="dilation">Distance between the window's elements.</param>
    /// <param name="groups">Divides both channel counts.</param>
    /// <param name="bias">Whether a number is added to each channel.</param>
    public ConvTranspose2d(long inputs, long outputs, Size2d kernel, Generator random, Size2d? stride = null, Size2d? padding = null,
        Size2d? outputPadding = null, Size2d? dilation = null, long groups = 1, bool bias = true)
    {
        if (groups < 1 || inputs % groups != 0 || outputs % groups != 0)
            throw new ArgumentException($"{groups} groups do not divide {inputs} channels in and {outputs} out", nameof(groups));
        this.stride = stride ?? 1;
        this.padding = padding ?? 0;
        this.outputPadding = outputPadding ?? 0;
        this.dilation = dilation ?? 1;
        this.groups = groups;
        Weight = Add("weight", Init.DefaultWeight([inputs, outputs / groups, kernel.Height, kernel.Width], random));
        Bias = bias ? Add("bias", Init.DefaultBias(outputs, Weight, random)) : null;
    }

    /// <summary>[in, out / groups, kernel height, kernel width].</summary>
    public Parameter Weight { get; }

    /// <summary>[out], or null.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor input) => groups == 1 && dilation == 1 && !input.Device.IsCuda
        ? TransposedConvolution.Call(input, Weight, Bias?.Value, stride, padding, outputPadding)
        : Functional.ConvTranspose2d(input, Weight, Bias?.Value, stride.ToArray(), padding.ToArray(), outputPadding.ToArray(), dilation.ToArray(), groups);
}
