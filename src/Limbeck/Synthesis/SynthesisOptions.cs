using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Optim;

namespace Limbeck.Synthesis;

/// <summary>How images are synthesised, whatever the method. Each part has its own optimizer, as in the codes of MTT, DC, DSA and DM; <see cref="SynthesisCatalog"/> says what each paper used.</summary>
/// <remarks>Rates look huge where a loss is a mean over many pixels and parameters: its gradient for one pixel is tiny.</remarks>
public sealed record SynthesisOptions
{
    /// <summary>Images of each class. Default 10: the middle of the 1, 10 and 50 that papers report.</summary>
    [Range(1, 1_000_000)] public int ImagesPerClass { get; init; } = 10;

    /// <summary>What the images begin as. Default: real ones, as in all methods since DSA.</summary>
    public InitialImages Initial { get; init; } = InitialImages.Real;

    /// <summary>Updates of the images. Default 5000: MTT.</summary>
    [Range(0, 100_000_000)] public int Iterations { get; init; } = 5000;

    /// <summary>Of the images, or of what they are made from. Default: SGD with rate 100 and momentum 0.5: MTT at 1 and 10 images a class.</summary>
    public OptimizerOptions ImageOptimizer { get; init; } = new SgdOptions { Lr = 100, Momentum = 0.5 };

    /// <summary>Of soft labels. Default: SGD with rate 2 and momentum 0.9: DATM at 10 images a class.</summary>
    public OptimizerOptions LabelOptimizer { get; init; } = new SgdOptions { Lr = 2, Momentum = 0.9 };

    /// <summary>Of the step sizes, and of momenta, where a method learns them. Default: SGD with rate 0.1 and momentum 0.5: what MTT's 1e-5 comes to on the logarithm of a step size of 0.01 (see <see cref="PositiveNumbers"/>).</summary>
    public OptimizerOptions StepSizeOptimizer { get; init; } = new SgdOptions { Lr = 0.1, Momentum = 0.5 };

    /// <summary>Of the temperature. Default: SGD with rate 0.1 and momentum 0.5, as for the step sizes.</summary>
    public OptimizerOptions TemperatureOptimizer { get; init; } = new SgdOptions { Lr = 0.1, Momentum = 0.5 };

    /// <summary>Keep pixels in [0, 1] of the original space after every update. Default false: MTT, DC, DSA and DM leave them free; IDC clamps.</summary>
    public bool Clamp { get; init; }

    /// <summary>Leave an update out if the loss is above this; counted. Null for never. DATM: 1 for its normalised distance, by data set and size.</summary>
    [Range(0, 1e12)] public double? SkipAbove { get; init; }

    /// <summary>Share of the old in a running average of all that is learned, in [0, 1): 0.9995 for FTD and DATM at 10 images a class. Null for no average.</summary>
    [Range(0, 0.9999999)] public double? Average { get; init; }

    /// <summary>Decides the first images and every draw.</summary>
    public int Seed { get; init; } = 1;
}
