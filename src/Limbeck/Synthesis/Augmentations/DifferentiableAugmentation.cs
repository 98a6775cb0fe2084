using System.ComponentModel.DataAnnotations;
using Limbeck.Data;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Augmentations;

/// <summary>
/// Differentiable Siamese augmentation: one of six kinds of change is drawn for a batch, and the same draw can be applied to the real and to the synthetic
/// images, with gradients to the pixels. Zhao, Bilen 2021 (ICML), section 3.2 and appendix; the parameters are the code's.
/// </summary>
/// <remarks>
/// color is <see cref="Brightness"/>, <see cref="Saturation"/> and <see cref="Contrast"/>, in this order; the others are <see cref="Crop"/>, <see cref="Cutout"/>, <see cref="Flip"/>,
/// <see cref="Scale"/> and <see cref="Rotation"/>. Images are changed after their normalisation: a brightness of 1 is one standard deviation. Digits are augmented without flip.
/// </remarks>
public sealed class DifferentiableAugmentation
{
    static readonly OrderedDictionary<string, Func<Options, DrawSource, ImageChange[]>> kinds = new(StringComparer.Ordinal)
    {
        ["color"] = (options, source) => [Brightness.Draw(source, options.Brightness), Saturation.Draw(source, options.Saturation), Contrast.Draw(source, options.Contrast)],
        ["crop"] = (options, source) => [Crop.Draw(source, options.Crop)],
        ["cutout"] = (options, source) => [Cutout.Draw(source, options.Cutout)],
        ["flip"] = (options, source) => [Flip.Draw(source, options.Flip)],
        ["scale"] = (options, source) => [Scale.Draw(source, options.Scale)],
        ["rotate"] = (options, source) => [Rotation.Draw(source, options.Rotate, options.AlignCorners)],
    };

    readonly Options options;
    readonly string[] strategy;

    /// <summary>Reads the strategy.</summary>
    /// <exception cref="ArgumentException">It names something unknown, or something twice.</exception>
    public DifferentiableAugmentation(Options options)
    {
        Validator.ValidateObject(options, new(options), validateAllProperties: true);
        (this.options, strategy) = (options, Parse(options.Strategy));
    }

    /// <summary>The names that a strategy can be made of.</summary>
    public static IReadOnlyList<string> Kinds => [.. kinds.Keys];

    /// <summary>Draws one change for all images of a batch, or one for each image.</summary>
    /// <param name="shape">Of the images.</param>
    /// <param name="random">Where the numbers come from.</param>
    /// <param name="images">1 for one draw that fits every batch; otherwise the number of images, each with numbers of its own. Which kind acts is the same for all.</param>
    public AugmentationDraw Draw(ImageShape shape, Generator random, int images = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(images, 1);
        if (strategy.Length == 0) return AugmentationDraw.None;
        using var scope = new Scope();
        string[] chosen = options.Mode == AugmentationMode.All ? strategy : [strategy[(int)Tensor.Randint(0, strategy.Length, [1], random).Item()]];
        return new AugmentationDraw([.. chosen.SelectMany(kind => kinds[kind](options, new(shape, images, random)))]);
    }

    static string[] Parse(string strategy)
    {
        var names = strategy.Length == 0 || strategy == "none" ? [] : strategy.Split('_');
        if (names.FirstOrDefault(name => !kinds.ContainsKey(name)) is { } unknown)
            throw new ArgumentException($"augmentation strategy '{strategy}': there is no '{unknown}'{Spelling.Hint(unknown, kinds.Keys)} A strategy is some of {string.Join(", ", kinds.Keys)} joined by '_', or none.", nameof(strategy));
        return names.Distinct().Count() == names.Length
            ? names
            : throw new ArgumentException($"augmentation strategy '{strategy}' names '{names.GroupBy(name => name).First(same => same.Count() > 1).Key}' twice", nameof(strategy));
    }

    /// <summary>What may be drawn, and how strongly. The defaults are those of the published code of DSA, which DM, MTT and their successors copied.</summary>
    /// <param name="Strategy">Names joined by '_', or none.</param>
    /// <param name="Mode">One of the names for each draw, or all.</param>
    /// <param name="Brightness">Width of the interval around 0 that is added, in [0, 10]. Default 1.</param>
    /// <param name="Saturation">Largest factor of the colours, in [0, 10]. Default 2.</param>
    /// <param name="Contrast">Smallest factor of the contrast, in [0, 10]; the largest is 1 more. Default 0.5.</param>
    /// <param name="Crop">Largest shift, as a share of the side, in [0, 1]. Default 1/8.</param>
    /// <param name="Cutout">Side of the rectangle, as a share of the image's, in [0, 1]. Default ½.</param>
    /// <param name="Flip">Probability of mirroring, in [0, 1]. Default ½.</param>
    /// <param name="Scale">Largest factor of each side; the smallest is its inverse. In [1, 10], default 1.2.</param>
    /// <param name="Rotate">Largest angle in degrees, in [0, 180]. Default 15.</param>
    /// <param name="AlignCorners">For rotations of images that are not square: MTT's code aligns the corners of the images, DC's and DSA's the edges. Default false.</param>
    public sealed record Options(string Strategy = "color_crop_cutout_flip_scale_rotate", AugmentationMode Mode = AugmentationMode.Single,
        [property: Range(0.0, 10)] double Brightness = 1, [property: Range(0.0, 10)] double Saturation = 2, [property: Range(0.0, 10)] double Contrast = 0.5, [property: Range(0.0, 1)] double Crop = 0.125,
        [property: Range(0.0, 1)] double Cutout = 0.5, [property: Range(0.0, 1)] double Flip = 0.5, [property: Range(1.0, 10)] double Scale = 1.2, [property: Range(0.0, 180)] double Rotate = 15, bool AlignCorners = false);
}
