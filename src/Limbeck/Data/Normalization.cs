using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;

namespace Limbeck.Data;

/// <summary>x ← (x / 255 − mean) / std, per channel.</summary>
/// <param name="Mean">Mean of each channel, of pixels in [0, 1].</param>
/// <param name="Std">Standard deviation of each channel.</param>
public sealed record Normalization(IReadOnlyList<double> Mean, IReadOnlyList<double> Std)
{
    /// <summary>Pixels in [0, 1], not normalised.</summary>
    public static Normalization None(int channels) => new(new double[channels], [.. Enumerable.Repeat(1.0, channels)]);

    /// <summary>Back to bytes: 255 (x std + mean), rounded, and clipped to [0, 255].</summary>
    /// <param name="imagesBCHW">Normalised images.</param>
    /// <returns>B×C×H×W, uint8.</returns>
    public Tensor ToBytes(Tensor imagesBCHW)
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        var pixelsBCHW = ((imagesBCHW * PerChannel(Std)) + PerChannel(Mean)) * 255;
        return scope.Keep((pixelsBCHW.Clamp(0, 255) + 0.5).To(DType.UInt8));
    }

    static Tensor PerChannel(IReadOnlyList<double> values) => Tensor.From<float>([.. values.Select(value => (float)value)], [1, values.Count, 1, 1]);
}
