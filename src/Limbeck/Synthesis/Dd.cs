using System.ComponentModel.DataAnnotations;
using Limbeck.Data;
using Limbeck.Synthesis.Unrolling;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis;

/// <summary>
/// Dataset distillation: after ordered steps on the synthetic images, each with a learned step size of its own, the cross-entropy on a batch of real images, −log softmax(f(x; θ_N))_y. Wang et al. 2018, algorithm 1.
/// </summary>
/// <remarks>
/// The first step sees the first image (or images) of every class, the second the second, and so on; all of that <see cref="Options.Passes"/> times. The images are made for exactly these steps: a student trained by ordinary mini-batches on them learns
/// far less (62 instead of 96.5 % in a report on the authors' code), so they carry their order (<see cref="Distillate.Order"/>), and evaluation repeats it. With fixed weights they are made for one network only. The authors draw weights by Xavier's rule, without biases; here the network's own rule is used.
/// </remarks>
public sealed class Dd : ISynthesis
{
    /// <summary>What the paper's code descends with.</summary>
    internal static readonly AdamOptions Adam = new() { Lr = 0.01, Beta1 = 0.5 };

    readonly Options options;
    readonly Ingredients from;
    readonly InnerTraining inner;

    /// <summary>Makes the method.</summary>
    public Dd(Options options, Ingredients from)
    {
        Validator.ValidateObject(options, new(options), validateAllProperties: true);
        (this.options, this.from) = (options, from);
        inner = new InnerTraining(options, from);
    }

    /// <summary>Steps and networks. The number of steps comes from the images: as many as there are groups of <see cref="PerStep"/> a class, times <see cref="Passes"/>.</summary>
    public sealed record Options : InnerOptions
    {
        /// <summary>Sets the first step size of the paper's MNIST runs, 0.02; CIFAR-10 takes 0.001.</summary>
        public Options() => StepSize = 0.02;

        /// <summary>Images of each class in a step. Default 1: the paper.</summary>
        [Range(1, 100_000)] public int PerStep { get; init; } = 1;

        /// <summary>How often the steps are gone through. Default 3: the paper.</summary>
        [Range(1, 10_000)] public int Passes { get; init; } = 3;

        /// <summary>Seed of the one network that all iterations begin with; null to draw new weights in each. Default null.</summary>
        public int? FixedSeed { get; init; }

        /// <summary>Networks of an iteration, where they are drawn. Default 4: the paper.</summary>
        [Range(1, 1000)] public int Networks { get; init; } = 4;

        /// <summary>Real images of the outer loss. Default 1024: the paper.</summary>
        [Range(1, 1_000_000)] public int RealBatch { get; init; } = 1024;
    }

    /// <inheritdoc/>
    public void Prepare(Distillate learned, Generator random)
    {
        var order = OrderOf(learned);
        inner.Prepare(learned, order.Count, Positivity.Softplus);
        learned.TakeOrder(order, options.FixedSeed);
    }

    /// <inheritdoc/>
    public SynthesisStep Step(Distillate learned, int iteration, Generator random)
    {
        var (images, labels) = Real(random);
        var (realBCHW, labelsB) = (images.To(learned.Device, learned.Images.Value.DType), labels.To(learned.Device));
        var steps = StepsFor(learned);
        var networks = options.FixedSeed is null ? options.Networks : 1;
        return Mean([.. Enumerable.Range(0, networks).Select(_ => inner
            .Run(learned, Weights(random).To(learned.Device, learned.Images.Value.DType), steps, thetaP => Functional.CrossEntropy(inner.Student.Call(thetaP, realBCHW), labelsB))
            .For(learned))]);
    }

    /// <summary>The steps that the images are made for, in order: what an evaluation repeats, with the distillate's step sizes.</summary>
    public IReadOnlyList<InnerStep> StepsFor(Distillate learned) => [.. OrderOf(learned).Select(rows => new InnerStep(Tensor.From<long>(rows).To(learned.Device)))];

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();

    IReadOnlyList<long[]> OrderOf(Distillate learned)
    {
        long[][] byClass = [.. Enumerable.Range(0, learned.Classes).Select(learned.PlacesOf)];
        var perClass = byClass[0].Length;
        if (perClass % options.PerStep != 0 || byClass.Any(places => places.Length != perClass))
            throw new ArgumentException($"expected a multiple of {options.PerStep} images of each class, the same of all, got {string.Join(", ", byClass.Select(places => places.Length))}", nameof(learned));
        long[][] once = [.. Enumerable.Range(0, perClass / options.PerStep).Select(step => byClass.SelectMany(places => places.Skip(step * options.PerStep).Take(options.PerStep)).ToArray())];
        return [.. Enumerable.Repeat(once, options.Passes).SelectMany(pass => pass)];
    }

    (Tensor Images, Tensor Labels) Real(Generator random)
    {
        var drawn = Tensor.Randint(0, from.Real.Count, [options.RealBatch], random).ToArray<long>();
        var batch = from.Real.Render(Views.Plain(drawn), Augmentation.None);
        return (batch.Images, batch.Labels);
    }

    Tensor Weights(Generator random)
    {
        using var pinned = options.FixedSeed is { } seed ? new Generator(seed) : null;
        using var network = from.MakeNetwork(pinned ?? random);
        return new FlatParameters(network).Gather();
    }

    static SynthesisStep Mean(SynthesisStep[] each) => new(Tensor.Stack([.. each.Select(step => step.Loss)]).Mean(),
        each[0].Gradients.Keys.ToDictionary(part => part, part => Tensor.Stack([.. each.Select(step => step.Gradients[part])]).Mean(0), StringComparer.Ordinal));
}
