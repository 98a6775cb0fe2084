using Limbeck.Torch.Interop;
using Limbeck.Torch.Tensors;

namespace Limbeck.Torch.Nn;

/// <summary>The heavy operators without modules: weights are arguments, so that anything can take a parameter's place.</summary>
/// <remarks>A list of two numbers is (height, width); one number means both. B batch, C channels, H height, W width.</remarks>
public static partial class Functional
{
    static readonly Operator conv2d = new("aten::conv2d");

    /// <summary>Cross-correlation of [B, Cin, H, W] with [Cout, Cin / groups, kernel height, kernel width].</summary>
    public static Tensor Conv2d(Tensor input, Tensor weight, Tensor? bias, long[] stride, long[] padding, long[] dilation, long groups = 1) =>
        conv2d.Call(input, weight, bias, stride, padding, dilation, groups);

    static readonly Operator convTranspose2d = new("aten::conv_transpose2d.input");

    /// <summary>The gradient of <see cref="Conv2d"/> with respect to its input, as a layer: the weight is [Cin, Cout / groups, kernel height, kernel width].</summary>
    public static Tensor ConvTranspose2d(Tensor input, Tensor weight, Tensor? bias, long[] stride, long[] padding, long[] outputPadding, long[] dilation, long groups = 1) =>
        convTranspose2d.Call(input, weight, bias, stride, padding, outputPadding, groups, dilation);

    static readonly Operator linear = new("aten::linear");

    /// <summary>x Wᵀ + b, with W [out, in].</summary>
    public static Tensor Linear(Tensor input, Tensor weight, Tensor? bias) => linear.Call(input, weight, bias);

    static readonly Operator batchNorm = new("aten::batch_norm");

    /// <summary>
    /// (x − mean) / √(var + eps) · weight + bias for each channel (dimension 1). With batch statistics (biased variance) when training, which also
    /// moves the running ones by momentum (unbiased variance); with the running ones otherwise.
    /// </summary>
    public static Tensor BatchNorm(Tensor input, Tensor? weight, Tensor? bias, Tensor? runningMean, Tensor? runningVar, bool training, double momentum = 0.1, double eps = 1e-5) =>
        batchNorm.Call(input, weight, bias, runningMean, runningVar, training, momentum, eps, true);

    static readonly Operator groupNorm = new("aten::group_norm");

    /// <summary>Normalises each sample over each of the groups that its channels fall into.</summary>
    public static Tensor GroupNorm(Tensor input, long groups, Tensor? weight, Tensor? bias, double eps = 1e-5) =>
        groupNorm.Call(input, groups, weight, bias, eps);

    static readonly Operator instanceNorm = new("aten::instance_norm");

    /// <summary>Normalises each channel of each sample over its positions.</summary>
    public static Tensor InstanceNorm(Tensor input, Tensor? weight, Tensor? bias, double eps = 1e-5) =>
        instanceNorm.Call(input, weight, bias, default, default, true, 0.1, eps, true);

    static readonly Operator layerNorm = new("aten::layer_norm");

    /// <summary>Normalises over the trailing dimensions that the shape names.</summary>
    public static Tensor LayerNorm(Tensor input, long[] shape, Tensor? weight, Tensor? bias, double eps = 1e-5) =>
        layerNorm.Call(input, shape, weight, bias, eps);

    static readonly Operator maxPool2d = new("aten::max_pool2d");

    /// <summary>The largest of each window; padding counts as −∞.</summary>
    public static Tensor MaxPool2d(Tensor input, long[] kernel, long[] stride, long[] padding, long[] dilation, bool ceilMode = false) =>
        maxPool2d.Call(input, kernel, stride, padding, dilation, ceilMode);

    static readonly Operator avgPool2d = new("aten::avg_pool2d");

    /// <summary>The mean of each window.</summary>
    public static Tensor AvgPool2d(Tensor input, long[] kernel, long[] stride, long[] padding, bool ceilMode = false, bool countIncludesPadding = true) =>
        avgPool2d.Call(input, kernel, stride, padding, ceilMode, countIncludesPadding);

    static readonly Operator adaptiveAvgPool2d = new("aten::adaptive_avg_pool2d");

    /// <summary>Means over a grid of windows that gives the wanted height and width.</summary>
    public static Tensor AdaptiveAvgPool2d(Tensor input, long[] size) => adaptiveAvgPool2d.Call(input, size);

    static readonly Operator shrink = new("aten::_upsample_bilinear2d_aa");

    /// <summary>Bilinear resizing of [B, C, H, W] in which each pixel is a mean over all that it stands for, as in torchvision's resize with antialias.</summary>
    public static Tensor ResizeAntialiased(Tensor input, long[] size) => shrink.Call(input, size, false, default, default);

    static readonly Operator adaptiveMaxPool2d = new("aten::adaptive_max_pool2d");

    /// <summary>Largest elements over a grid of windows that gives the wanted height and width.</summary>
    public static Tensor AdaptiveMaxPool2d(Tensor input, long[] size) => adaptiveMaxPool2d.CallPair(input, size).Item1;

    static readonly Operator interpolate = new("aten::upsample_bilinear2d");

    /// <summary>Resized bilinearly to height and width.</summary>
    public static Tensor Bilinear(Tensor input, long[] size, bool alignCorners = false) => interpolate.Call(input, size, alignCorners);

    static readonly Operator nearest = new("aten::upsample_nearest2d");

    /// <summary>Resized to height and width, each place a copy of the nearest.</summary>
    public static Tensor Nearest(Tensor input, long[] size) => nearest.Call(input, size);

    static readonly Operator affineGrid = new("aten::affine_grid_generator");

    /// <summary>Where each pixel of an image of the given shape [B, C, H, W] comes from, [B, H, W, 2], under affine maps [B, 2, 3] of (x, y, 1); both axes run from −1 to 1.</summary>
    public static Tensor AffineGrid(Tensor maps, long[] shape, bool alignCorners = false) => affineGrid.Call(maps, shape, alignCorners);

    static readonly Operator gridSampler = new("aten::grid_sampler");

    /// <summary>Pixels looked up bilinearly where a grid says; 0 outside of the image.</summary>
    public static Tensor GridSample(Tensor input, Tensor grid, bool alignCorners = false) => gridSampler.Call(input, grid, 0L, 0L, alignCorners);

    static readonly Operator divInPlace = new("aten::div_.Scalar");

    /// <summary>Zeroes each element with probability p and divides the others by 1 − p.</summary>
    public static Tensor Dropout(Tensor input, double p, Generator? random = null)
    {
        var kept = input.EmptyLike();
        kept.BernoulliInPlace(1 - p, random);
        if (p < 1) divInPlace.CallInPlace(kept, 1 - p);
        return input * kept;
    }
}
