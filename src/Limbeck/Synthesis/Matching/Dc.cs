using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Optim;

namespace Limbeck.Synthesis.Matching;

/// <summary>Dataset condensation: layerwise cosine distance of gradients on a network that learns from the synthetic images between matches. Zhao, Mopuri, Bilen 2021 (ICLR), algorithm 1.</summary>
/// <inheritdoc cref="GradientMatching"/>
public sealed class Dc(Dc.Options options, Ingredients from) : GradientMatching(from, new(GradientMetric.Cosine, options.RealBatch, options.Matches, options.Epochs,
    FromReal: false, options.Batch, new SgdOptions { Lr = options.Rate, Momentum = 0 }, Augmentation: null))
{
    /// <summary>The defaults are the published code's for 10 images a class; it has 1 match and 1 epoch for 1 image a class, 50 and 10 for 50.</summary>
    /// <param name="RealBatch">Real images of a class in a match, in [1, 65536]. Default 256.</param>
    /// <param name="Matches">Matches on one network, in [1, 10000]. Default 10.</param>
    /// <param name="Epochs">Epochs of the network over the synthetic images between two matches, in [0, 10000]. Default 50.</param>
    /// <param name="Batch">Images of an update of the network, in [1, 65536]. Default 256.</param>
    /// <param name="Rate">Learning rate of the network, in [1e-9, 100]. Default 0.01, without momentum.</param>
    public sealed record Options([property: Range(1, 65536)] int RealBatch = 256, [property: Range(1, 10000)] int Matches = 10, [property: Range(0, 10000)] int Epochs = 50,
        [property: Range(1, 65536)] int Batch = 256, [property: Range(1e-9, 100)] double Rate = 0.01);
}
