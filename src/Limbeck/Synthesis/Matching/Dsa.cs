using System.ComponentModel.DataAnnotations;
using Limbeck.Synthesis.Augmentations;
using Limbeck.Torch.Optim;

namespace Limbeck.Synthesis.Matching;

/// <summary>Differentiable Siamese augmentation: <see cref="Dc"/>, with one draw of augmentation for the real and the synthetic images of a class. Zhao, Bilen 2021 (ICML), algorithm 1.</summary>
/// <remarks>The network that is matched on learns from the synthetic images with augmentation too, drawn for each image by itself. For digits leave flip out of the strategy.</remarks>
public sealed class Dsa(Dsa.Options options, Ingredients from) : GradientMatching(from, new(GradientMetric.Cosine, options.RealBatch, options.Matches, options.Epochs,
    FromReal: false, options.Batch, new SgdOptions { Lr = options.Rate, Momentum = 0 }, new DifferentiableAugmentation(new(options.Augmentation))))
{
    /// <summary>The defaults are the published code's for 10 images a class; it has 1 match and 1 epoch for 1 image a class, 50 and 10 for 50.</summary>
    /// <param name="Augmentation">What may be drawn, joined by '_'. Default: the six of the paper.</param>
    /// <param name="RealBatch">Real images of a class in a match, in [1, 65536]. Default 256.</param>
    /// <param name="Matches">Matches on one network, in [1, 10000]. Default 10.</param>
    /// <param name="Epochs">Epochs of the network over the synthetic images between two matches, in [0, 10000]. Default 50.</param>
    /// <param name="Batch">Images of an update of the network, in [1, 65536]. Default 256.</param>
    /// <param name="Rate">Learning rate of the network, in [1e-9, 100]. Default 0.01, without momentum.</param>
    public sealed record Options(string Augmentation = "color_crop_cutout_flip_scale_rotate", [property: Range(1, 65536)] int RealBatch = 256, [property: Range(1, 10000)] int Matches = 10,
        [property: Range(0, 10000)] int Epochs = 50, [property: Range(1, 65536)] int Batch = 256, [property: Range(1e-9, 100)] double Rate = 0.01);
}
