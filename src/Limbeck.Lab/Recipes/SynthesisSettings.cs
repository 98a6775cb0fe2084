using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Limbeck.Lab.Recipes.Binding;
using Limbeck.Synthesis;
using Limbeck.Synthesis.Augmentations;
using Limbeck.Torch.Optim;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Lab.Recipes;

/// <summary>How images are synthesised, and networks trained on them, beside how networks are trained on real ones. What is null is as the method's paper has it at 10 images a class on CIFAR-10.</summary>
public abstract record SynthesisSettings : TrainingSettings
{
    /// <summary>How images are synthesised: <c>dm</c>, or <c>{ kind: dm, … }</c> with the method's options.</summary>
    public MethodRecipe? Method { get; init; }

    /// <summary>Synthetic images of each class. Null: 10.</summary>
    [Range(1, 1_000_000), Incidental] public int? ImagesPerClass { get; init; }

    /// <summary>Updates of the images; none where these are chosen and not learned. Null: as many as the method's paper makes.</summary>
    [Range(0, 100_000_000), Incidental] public int? Iterations { get; init; }

    /// <summary>What the images begin as. Null: as in the method's paper.</summary>
    [Incidental] public InitialImages? Initial { get; init; }

    /// <summary>Optimizer of the images. Null: that of the method's paper.</summary>
    [Incidental] public OptimizerOptions? ImageOptimizer { get; init; }

    /// <summary>Optimizer of soft labels, where the method learns them. Null: that of the method's paper.</summary>
    [Incidental] public OptimizerOptions? LabelOptimizer { get; init; }

    /// <summary>Optimizer of step sizes and momenta, where the method learns them. Null: that of the method's paper.</summary>
    [Incidental] public OptimizerOptions? StepSizeOptimizer { get; init; }

    /// <summary>Optimizer of a temperature, where the method learns one. Null: that of the method's paper.</summary>
    [Incidental] public OptimizerOptions? TemperatureOptimizer { get; init; }

    /// <summary>Keep pixels in [0, 1] before normalisation. Null: as in the method's paper.</summary>
    [Incidental] public bool? Clamp { get; init; }

    /// <summary>Leave an update out if the loss is above this. Null: as in the method's paper.</summary>
    [Range(0, 1e12), Incidental] public double? SkipAbove { get; init; }

    /// <summary>Share of the old in a running average of all that is learned, which is then the result. Null: as in the method's paper.</summary>
    [Range(0, 0.9999999), Incidental] public double? Average { get; init; }

    /// <summary>Networks that are trained on the real images first, for a method that matches where their training led. Null: none.</summary>
    public ExpertOptions? Experts { get; init; }

    /// <summary>Differentiable augmentation that these learn with. Null: <c>crop_scale_rotate</c>, as MTT's; <c>{ strategy: none }</c> for none.</summary>
    public DifferentiableAugmentation.Options? ExpertAugmentation { get; init; }

    /// <summary>Look at the images on the way, and keep those that are best on the validation images. Null: keep the last.</summary>
    public ChoiceSettings? Choose { get; init; }

    /// <summary>How fresh networks learn from the images, to be scored. Null: 5 networks, 1000 epochs.</summary>
    [Incidental] public EvaluationSettings? Evaluate { get; init; }

    /// <summary>How the method's loop runs: its paper's way, with what is set here over it.</summary>
    public SynthesisOptions LearningOf(int seed)
    {
        var usual = SynthesisCatalog.Find(Method!.Kind).Usual;
        return usual with
        {
            ImagesPerClass = ImagesPerClass ?? usual.ImagesPerClass,
            // What is chosen, and not learned, has none.
            Iterations = usual.Iterations == 0 ? 0 : Iterations ?? usual.Iterations,
            Initial = Initial ?? usual.Initial,
            ImageOptimizer = ImageOptimizer ?? usual.ImageOptimizer,
            LabelOptimizer = LabelOptimizer ?? usual.LabelOptimizer,
            StepSizeOptimizer = StepSizeOptimizer ?? usual.StepSizeOptimizer,
            TemperatureOptimizer = TemperatureOptimizer ?? usual.TemperatureOptimizer,
            Clamp = Clamp ?? usual.Clamp,
            SkipAbove = SkipAbove ?? usual.SkipAbove,
            Average = Average ?? usual.Average,
            Seed = seed,
        };
    }

    /// <summary>How fresh networks learn from the images, every default written out.</summary>
    [JsonIgnore] internal EvaluationSettings Evaluation => Evaluate ?? new();
}
