using System.ComponentModel.DataAnnotations;
using Limbeck.Lab.Recipes.Binding;
using Limbeck.Objectives;
using Limbeck.Torch.Optim;
using Limbeck.Training;
using Limbeck.Training.Metaparameters;

namespace Limbeck.Lab.Recipes;

/// <summary>How a network is trained, whatever it learns from. The defaults are those of <see cref="FitOptions"/>.</summary>
public abstract record TrainingSettings
{
    private static readonly FitOptions Usual = new();

    /// <summary>Passes over the training images. Default 30.</summary>
    [Range(1, 1_000_000)] public int Epochs { get; init; } = Usual.Epochs;

    /// <summary>Images in a step. Default 128.</summary>
    [Range(1, 1_000_000)] public int Batch { get; init; } = Usual.Batch;

    /// <summary>Optimizer. Default: sgd at rate 0.1 with momentum 0.9 and weight decay 5e-4.</summary>
    public OptimizerOptions Optimizer { get; init; } = Usual.Optimizer;

    /// <summary>Learning-rate schedule. Default: one-cycle.</summary>
    public ScheduleOptions Schedule { get; init; } = Usual.Schedule;

    /// <summary>Learned weights for the objectives that read a teacher, on top of their own. Null: the weights are fixed.</summary>
    public AdaptiveWeights.Options? AdaptiveWeights { get; init; }

    /// <summary>How metaparameters of the objectives learn from images held out: those of <c>tuning</c>, or of <c>validation</c>. Null: there are none.</summary>
    public MetaparameterOptions? Metaparameters { get; init; }

    /// <summary>Largest L2 norm of the whole gradient; a longer one is scaled down to it. Null: no clipping.</summary>
    [Range(1e-9, 1e9)] public double? Clip { get; init; }

    /// <summary>Epochs between two evaluations; the last epoch is always evaluated. Default 1.</summary>
    [Range(1, 1_000_000)] public int EvaluateEvery { get; init; } = Usual.EvaluateEvery;

    /// <summary>Processor threads. Null: all cores.</summary>
    [Range(1, 1024), Incidental] public int? Threads { get; init; }
}
