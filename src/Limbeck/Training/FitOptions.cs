using System.ComponentModel.DataAnnotations;
using Limbeck.Data;
using Limbeck.Objectives;
using Limbeck.Synthesis.Augmentations;
using Limbeck.Torch.Optim;
using Limbeck.Training.Metaparameters;

namespace Limbeck.Training;

/// <summary>How a network is trained.</summary>
public sealed record FitOptions
{
    /// <summary>Passes over the training images.</summary>
    [Range(1, 1_000_000)] public int Epochs { get; init; } = 30;

    /// <summary>Images of a step. Default 128: TAKD, most CIFAR codes.</summary>
    [Range(1, 1_000_000)] public int Batch { get; init; } = 128;

    /// <summary>The optimizer. Default: SGD, rate 0.1, momentum 0.9, decay 5e-4, as the CIFAR codes have it.</summary>
    public OptimizerOptions Optimizer { get; init; } = new SgdOptions { Lr = 0.1, WeightDecay = 5e-4 };

    /// <summary>The schedule of its rate. Default: one cycle, which needs no milestones to fit the epochs.</summary>
    public ScheduleOptions Schedule { get; init; } = new OneCycleOptions();

    /// <summary>Learned weights for the objectives that read a teacher, on top of their own; null for fixed ones.</summary>
    public AdaptiveWeights.Options? AdaptiveWeights { get; init; }

    /// <summary>How metaparameters of the objectives learn from images held out; null where there are none.</summary>
    public MetaparameterOptions? Metaparameters { get; init; }

    /// <summary>Largest Euclidean norm of all gradients together; null for no clipping.</summary>
    [Range(1e-9, 1e9)] public double? Clip { get; init; }

    /// <summary>What is drawn for each training image.</summary>
    public Augmentation Augmentation { get; init; } = Augmentation.None;

    /// <summary>Differentiable augmentation of each batch, with numbers of its own for each image; null for none. It comes after <see cref="Augmentation"/>, on normalised images.</summary>
    public DifferentiableAugmentation.Options? Differentiable { get; init; }

    /// <summary>Batches rendered ahead, in the time of the step before. Changes the speed only.</summary>
    [Range(1, 1024)] public int Prefetch { get; init; } = 2;

    /// <summary>Decides order, augmentation and dropout. Initial weights are the network's own affair.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Epochs between two evaluations. The last epoch is always evaluated.</summary>
    [Range(1, 1_000_000)] public int EvaluateEvery { get; init; } = 1;
}
