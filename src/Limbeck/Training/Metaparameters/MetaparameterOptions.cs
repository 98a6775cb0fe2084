using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Optim;

namespace Limbeck.Training.Metaparameters;

/// <summary>How metaparameters learn: by the gradient of the cross-entropy on images held out. Gorpinich, Bakhteev, Strijov 2022.</summary>
public sealed record MetaparameterOptions
{
    /// <summary>How the gradient is found. Default: greedy, as in the paper.</summary>
    public HyperGradientMethod Method { get; init; } = HyperGradientMethod.Greedy;

    /// <summary>The metaparameters' own optimizer; its rate follows no schedule. Default: sgd at 0.25 without momentum, the paper's for a part of CIFAR-10 (0.1 for the whole).</summary>
    public OptimizerOptions Optimizer { get; init; } = new SgdOptions { Lr = 0.25, Momentum = 0 };

    /// <summary>Training steps from one update to the next. Default 1: the paper.</summary>
    [Range(1, 1_000_000)] public int Every { get; init; } = 1;

    /// <summary>Terms of the implicit method's series after the first. Default 5.</summary>
    [Range(0, 10_000)] public int NeumannTerms { get; init; } = 5;

    /// <summary>Rate of the training step that the gradient goes through, and factor of the implicit method's series. Null: the training's own at that step.</summary>
    [Range(1e-12, 1000)] public double? Rate { get; init; }

    /// <summary>Largest size of each entry of the gradient; null for no limit. Default 0.01: the paper.</summary>
    [Range(1e-12, 1e9)] public double? Clip { get; init; } = 0.01;

    /// <summary>Updates along a straight line between those by gradient. Null: all are by gradient.</summary>
    public PredictOptions? Predict { get; init; }

    /// <summary>Held-out images of an update. Null: as many as of a training step.</summary>
    [Range(1, 1_000_000)] public int? Batch { get; init; }
}
