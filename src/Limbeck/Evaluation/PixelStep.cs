using Limbeck.Data;
using Limbeck.Torch.Tensors;

namespace Limbeck.Evaluation;

/// <summary>A step of normalised images that is measured in pixels of [0, 1] and does not leave them. Of whitened images it is taken in the pixels themselves: there no bound is a number for each channel.</summary>
readonly struct PixelStep
{
    readonly Normalization? whitening;
    readonly Tensor stepBCHW, black1C11, white1C11;

    // The tensors belong to the open scope.
    internal PixelStep(Tensor directionBCHW, Normalization normalization)
    {
        var device = directionBCHW.Device;
        whitening = normalization.Whitened is null ? null : normalization;
        stepBCHW = directionBCHW / PerChannel(normalization.Std, device);
        black1C11 = PerChannel(normalization.Mean.Zip(normalization.Std, (mean, std) => -mean / std), device);
        white1C11 = PerChannel(normalization.Mean.Zip(normalization.Std, (mean, std) => (1 - mean) / std), device);
    }

    internal Tensor From(Tensor imagesBCHW, double length)
    {
        if (length == 0) return imagesBCHW;
        return whitening is null ? (imagesBCHW + (length * stepBCHW)).Maximum(black1C11).Minimum(white1C11) : whitening.Apply((whitening.Undo(imagesBCHW) + (length * stepBCHW)).Clamp(0, 1));
    }

    static Tensor PerChannel(IEnumerable<double> values, Device device) => Tensor.From<float>([.. values.Select(value => (float)value)]).Reshape(1, -1, 1, 1).To(device);
}
