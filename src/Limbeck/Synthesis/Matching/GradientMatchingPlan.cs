using Limbeck.Synthesis.Augmentations;
using Limbeck.Torch.Optim;

namespace Limbeck.Synthesis.Matching;

/// <summary>What makes one method of gradient matching differ from another.</summary>
/// <param name="Metric">How gradients are compared.</param>
/// <param name="RealBatch">Real images of a class in a match.</param>
/// <param name="Matches">Matches before the network is drawn anew.</param>
/// <param name="Training">Between two matches: epochs over the synthetic images, or updates on real ones.</param>
/// <param name="FromReal">Whether the network learns from real images.</param>
/// <param name="TrainingBatch">Images of an update of the network.</param>
/// <param name="Optimizer">Of the network.</param>
/// <param name="Augmentation">One draw for the real and the synthetic images of a class; null for none.</param>
/// <param name="Formation">Images that one stored image holds along each side.</param>
/// <param name="LeastDim">Dimensions of a parameter whose gradient counts.</param>
/// <param name="CutMix">Probability that the real images of an update of the network are mixed.</param>
sealed record GradientMatchingPlan(GradientMetric Metric, int RealBatch, int Matches, int Training, bool FromReal, int TrainingBatch, SgdOptions Optimizer,
    DifferentiableAugmentation? Augmentation, int Formation = 1, int LeastDim = 2, double CutMix = 0);
