using System.ComponentModel.DataAnnotations;
using Limbeck.Data;
using Limbeck.Data.Distilled;
using Limbeck.Models;
using Limbeck.Objectives;
using Limbeck.Synthesis.Augmentations;
using Limbeck.Torch.Optim;

namespace Limbeck.Training.Synthesizing;

/// <summary>What synthetic images are worth: fresh networks learn from them alone, and are scored on real ones at their last epoch. Zhao et al. 2021, section 4.1; Cazenavette et al. 2022, section 4.</summary>
/// <remarks>
/// Where well-known code differs. It makes a new SGD where the rate drops, which forgets the momentum: here it stays. MTT, TESLA, FTD and DATM report the best of all evaluations on the test images; here the test
/// images choose nothing. Their networks' seeds are the clock's; here they are told. The rate falls to a tenth behind half of the epochs, as theirs.
/// Images that were made for ordered steps (<see cref="DistilledSet.Order"/>) are learned from by exactly these.
/// </remarks>
public static class SetEvaluation
{
    /// <summary>The rate where neither options nor images say one: DC, DSA, DM.</summary>
    public const double UsualLr = 0.01;

    const double Drop = 0.1;

    /// <summary>Several networks of one kind, one after the other.</summary>
    /// <param name="set">What they learn from.</param>
    /// <param name="real">What they are scored on: validation images, where there are some, and test images.</param>
    /// <param name="model">Their name in the <see cref="Zoo"/>.</param>
    /// <param name="options">How they learn.</param>
    /// <param name="seed">Of the first network; those after it have the next ones.</param>
    /// <param name="teacher">Whom they learn from too, by <see cref="Options.TeacherWeight"/>; null for labels alone.</param>
    /// <param name="tell">Who is told of progress.</param>
    /// <param name="stop">Stops it.</param>
    /// <exception cref="FitException">Set, network, teacher or real images do not fit together.</exception>
    /// <exception cref="DivergedException">A loss is not finite any more.</exception>
    public static IReadOnlyList<SetScore> Run(DistilledSet set, DataSplit real, string model, Options options, int seed = 1, Teacher? teacher = null,
        Action<TrainingEvent>? tell = null, CancellationToken stop = default)
    {
        var scores = new List<SetScore>();
        for (var k = 0; k < options.Networks; k++)
        {
            using var network = Zoo.Create(model, set.Card.ClassNames.Count, set.Shape, WeightsOf(set, options, seed + k));
            var fit = Train(network, set, real, options, seed + k, teacher, tell, stop);
            scores.Add(new SetScore(model, seed + k, fit.Last.Validation, fit.Last.Test, fit.Epochs[^1].Loss, fit.Seconds));
        }

        return scores;
    }

    /// <summary>Finds what does not fit together; nothing is trained or changed.</summary>
    /// <exception cref="FitException">Something does not.</exception>
    public static void Check(Network network, DistilledSet set, DataSplit real, Options options, Teacher? teacher = null)
    {
        using var images = Images(set, real, options, teacher);
        Fit.Check(Job(network, images, real, options, options.Lr ?? set.StepSize ?? UsualLr, seed: 1, teacher));
    }

    /// <summary>One network, with the weights that it has.</summary>
    /// <inheritdoc cref="Run"/>
    public static FitResult Train(Network network, DistilledSet set, DataSplit real, Options options, int seed, Teacher? teacher = null, Action<TrainingEvent>? tell = null, CancellationToken stop = default)
    {
        using var images = Images(set, real, options, teacher);
        if (IsInOrder(set, options))
        {
            Fit.Check(Job(network, images, real, options, UsualLr, seed, teacher));
            return OrderedSteps.Run(network, set, real, options, seed, teacher, tell, stop);
        }

        return Fit.Run(Job(network, images, real, options, options.Lr ?? set.StepSize ?? UsualLr, seed, teacher) with { Tell = tell }, stop);
    }

    /// <summary>Whether networks learn from the set by its own steps.</summary>
    public static bool IsInOrder(DistilledSet set, Options options) => options.InOrder ?? set.Order is not null;

    /// <summary>How many passes over the set a network makes; its own steps count as one.</summary>
    public static int EpochsOf(DistilledSet set, Options options) => IsInOrder(set, options) ? 1 : options.EpochsOf(set.Count);

    /// <summary>Seed of a network's first weights: where the set is learned from by its own steps and was made for one network, that network's.</summary>
    public static long WeightsOf(DistilledSet set, Options options, int seed) => IsInOrder(set, options) ? set.Card.WeightsSeed ?? seed : seed;

    static ImageDataset Images(DistilledSet set, DataSplit real, Options options, Teacher? teacher)
    {
        if (Misfit(set, real) is { } misfit) throw new FitException(misfit);
        if (options.InOrder == true && set.Order is null) throw new FitException($"in-order asks for the set's own steps, and a set by {set.Card.Method} has none: leave it out");
        return options.TeacherWeight == 0 || teacher is not null
            ? set.ToDataset(options.HardLabels)
            : throw new FitException($"teacher-weight is {options.TeacherWeight}, and there is no teacher: name one, or leave it at 0");
    }

    static FitJob Job(Network network, ImageDataset images, DataSplit real, Options options, double lr, int seed, Teacher? teacher)
    {
        var epochs = options.EpochsOf(images.Count);
        var taught = options.TeacherWeight > 0 && teacher is not null;
        IReadOnlyList<Term> terms = !taught
            ? [new CrossEntropy().Weigh(1)]
            : [new CrossEntropy().Weigh(1 - options.TeacherWeight), new SoftTargets(new(options.Temperature)).Weigh(options.TeacherWeight)];
        return new FitJob(network, taught ? [teacher!] : [], [.. terms.Where(term => term.Weight.At(0, epochs) > 0)], real with { Train = images }, new FitOptions
        {
            Epochs = epochs,
            Batch = options.Batch,
            Optimizer = new SgdOptions { Lr = lr, Momentum = options.Momentum, WeightDecay = options.WeightDecay },
            Schedule = new MultiStepOptions { Milestones = [(epochs + 1) / 2], Gamma = Drop },
            Differentiable = options.Augmentation,
            EvaluateEvery = epochs,
            Seed = seed,
        }) { Stage = $"{network.Name} on {images.Name}", Model = network.Name };
    }

    static string? Misfit(DistilledSet set, DataSplit real)
    {
        if (set.Shape != real.Shape) return $"the set has images of {set.Shape}, and {real.Test.Name} of {real.Shape}";
        if (!set.Card.ClassNames.SequenceEqual(real.Test.ClassNames, StringComparer.Ordinal))
            return $"the set has the classes {string.Join(", ", set.Card.ClassNames)}, and {real.Test.Name} {string.Join(", ", real.Test.ClassNames)}";
        var (own, theirs) = (set.Card.Normalization, real.Test.Normalization);
        return own.IsLike(theirs) ? null : $"the set is {own.Describe()}, and {real.Test.Name} is {theirs.Describe()}: load it as the set was";
    }

    /// <summary>How networks learn from a set. The defaults are those of DC, DSA, DM and MTT.</summary>
    public record Options
    {
        /// <summary>Networks that learn from the set, each from weights of its own. Default 5: MTT.</summary>
        [Range(1, 100)] public int Networks { get; init; } = 5;

        /// <summary>Passes over the set. Default 1000: DC with augmentation, DSA, DM, MTT.</summary>
        [Range(1, 1_000_000)] public int Epochs { get; init; } = 1000;

        /// <summary>Optimizer steps in place of epochs, rounded up to whole passes: sets of different sizes then learn equally long. Null: <see cref="Epochs"/> count.</summary>
        [Range(1, 100_000_000)] public int? Steps { get; init; }

        /// <summary>Images of a step. Default 256: DC and its successors.</summary>
        [Range(1, 1_000_000)] public int Batch { get; init; } = 256;

        /// <summary>Rate of the first half; a tenth of it later. Null: the set's learned step size (MTT) or, without one, 0.01 (DC).</summary>
        [Range(1e-12, 1000)] public double? Lr { get; init; }

        /// <summary>Momentum. Default 0.9.</summary>
        [Range(0, 0.999999)] public double Momentum { get; init; } = 0.9;

        /// <summary>L2 penalty. Default 5e-4.</summary>
        [Range(0.0, 1.0)] public double WeightDecay { get; init; } = 5e-4;

        /// <summary>Differentiable augmentation of each batch, drawn for each image; null for none, as DC has it but for digits. Default: that of DSA, DM and MTT.</summary>
        public DifferentiableAugmentation.Options? Augmentation { get; init; } = new();

        /// <summary>Learn from the most likely class of a soft label in place of the label. Default false.</summary>
        public bool HardLabels { get; init; }

        /// <summary>Learn by exactly the steps that the images were made for (dd), once: in their order, each with its own step size and momentum, without decay or augmentation. Null: where a set has such steps.</summary>
        public bool? InOrder { get; init; }

        /// <summary>Weight a of a teacher: (1 − a) cross-entropy + a T² KL(teacher || student). Default 0: no teacher.</summary>
        [Range(0.0, 1.0)] public double TeacherWeight { get; init; }

        /// <summary>Temperature T of that. Default 4: as <see cref="SoftTargets"/>.</summary>
        [Range(0.01, 100)] public double Temperature { get; init; } = 4;

        /// <summary>Passes over a set of so many images.</summary>
        public int EpochsOf(int images) => Steps is { } steps ? (int)Math.Ceiling(steps / Math.Ceiling((double)images / Batch)) : Epochs;
    }
}
