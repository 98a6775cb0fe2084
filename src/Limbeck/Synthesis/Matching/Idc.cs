using System.ComponentModel.DataAnnotations;
using Limbeck.Data;
using Limbeck.Synthesis.Augmentations;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Matching;

/// <summary>
/// Efficient parameterization: each stored image holds f × f smaller ones (<see cref="MultiFormation"/>), and gradients are compared by their difference, on a network that learns from real images. Kim et al. 2022 (ICML).
/// </summary>
/// <remarks>
/// Whoever trains on the result decodes it first. The images begin as <see cref="Start"/> makes them. Linear layers do not count, as in the code, which also mixes images (<see cref="Options.CutMix"/>) while the
/// network learns. The code keeps pixels in [0, 1]: <see cref="SynthesisOptions.Clamp"/>. There a rate η acts on such pixels; here η / std² does the same to normalised ones.
/// </remarks>
public sealed class Idc(Idc.Options options, Ingredients from) : GradientMatching(from, new(options.Metric, options.RealBatch, options.Matches, options.Updates,
    FromReal: true, options.Batch, new SgdOptions { Lr = options.Rate, Momentum = 0.9, WeightDecay = 5e-4 }, new DifferentiableAugmentation(new(options.Augmentation, AugmentationMode.All)), options.Formation, LeastDim: 3, options.CutMix))
{
    /// <summary>Images that hold f² real ones each, made small: what the code begins with.</summary>
    /// <param name="data">What they will stand for.</param>
    /// <param name="perClass">Stored images a class.</param>
    /// <param name="formation">f.</param>
    /// <param name="seed">The same images for the same seed.</param>
    /// <exception cref="ArgumentOutOfRangeException">A class has fewer than f² times as many images.</exception>
    public static Distillate Start(ImageDataset data, int perClass, int formation, int seed)
    {
        using var scope = new Scope();
        using var drawn = Distillate.Start(data, perClass * formation * formation, InitialImages.Real, seed);
        Tensor[] held = [.. Enumerable.Range(0, data.Classes).Select(label => MultiFormation.Encode(drawn.Images.Value.Detach().IndexSelect(0, Tensor.From<long>(drawn.PlacesOf(label))), formation))];
        return new Distillate(Tensor.Cat(held), [.. Enumerable.Range(0, data.Classes).SelectMany(label => Enumerable.Repeat(label, perClass))], data.Classes, data.Normalization);
    }

    /// <param name="Formation">f, in [1, 8]. Default 2; 3 for ImageNet; 1 is IDC-I.</param>
    /// <param name="Metric">How gradients are compared. Default: squares.</param>
    /// <param name="Augmentation">What is applied to real and synthetic images alike, joined by '_'; all of them. Default: the paper's.</param>
    /// <param name="RealBatch">Real images of a class in a match, in [1, 65536]. Default 64.</param>
    /// <param name="Matches">Matches on one network, in [1, 10000]. Default 100.</param>
    /// <param name="Updates">Updates of the network on real images between two matches, in [0, 10000]. Default 8: 500 images in batches of 64.</param>
    /// <param name="Batch">Real images of an update, in [1, 65536]. Default 64.</param>
    /// <param name="Rate">Learning rate of the network, in [1e-9, 100]. Default 0.01, with momentum 0.9 and weight decay 5e-4.</param>
    /// <param name="CutMix">Probability that the images of an update of the network are mixed with one another (CutMix, β = 1), in [0, 1]. Default 0.5: the code for images of 32×32 and smaller; it has 1 for ImageNet.</param>
    public sealed record Options([property: Range(1, 8)] int Formation = 2, GradientMetric Metric = GradientMetric.Squares, string Augmentation = "color_crop_cutout",
        [property: Range(1, 65536)] int RealBatch = 64, [property: Range(1, 10000)] int Matches = 100, [property: Range(0, 10000)] int Updates = 8,
        [property: Range(1, 65536)] int Batch = 64, [property: Range(1e-9, 100)] double Rate = 0.01, [property: Range(0.0, 1)] double CutMix = 0.5);
}
