using System.ComponentModel.DataAnnotations;
using Limbeck.Data;
using Limbeck.Synthesis.Unrolling;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis;

/// <summary>After ordered steps on the synthetic images, each with a step size and a momentum of its own, the cross-entropy on a batch of real images: what methods share whose images are made for their own steps.</summary>
sealed class OrderedTraining : IDisposable
{
    readonly OrderedOptions options;
    readonly Ingredients from;
    readonly InnerTraining inner;

    internal OrderedTraining(OrderedOptions options, Ingredients from)
    {
        Validator.ValidateObject(options, new(options), validateAllProperties: true);
        (this.options, this.from) = (options, from);
        inner = new InnerTraining(options, from);
    }

    /// <summary>Gives a distillate its steps: sizes, momenta, order.</summary>
    internal void Prepare(Distillate learned, Positivity form)
    {
        var order = OrderOf(learned);
        inner.Prepare(learned, order.Count, form);
        learned.TakeMomenta([.. Enumerable.Repeat(options.Momentum, options.Momentum > 0 ? order.Count : 0)], options.LearnMomentum);
        learned.TakeOrder(order, options.FixedSeed);
    }

    /// <summary>The steps that the images are made for.</summary>
    internal IReadOnlyList<InnerStep> StepsFor(Distillate learned) => [.. OrderOf(learned).Select(rows => new InnerStep(Tensor.From<long>(rows).To(learned.Device)))];

    /// <summary>Mean loss and gradients over the networks of an iteration.</summary>
    /// <param name="learned">The images.</param>
    /// <param name="random">Source of real images and weights.</param>
    /// <param name="throughImages">Give the gradient of the images though they are not learned themselves.</param>
    internal SynthesisStep Step(Distillate learned, Generator random, bool throughImages = false)
    {
        var (images, labels) = Real(random);
        var (realBCHW, labelsB) = (images.To(learned.Device, learned.Images.Value.DType), labels.To(learned.Device));
        var steps = StepsFor(learned);
        var networks = options.FixedSeed is null ? options.Networks : 1;
        return Mean([.. Enumerable.Range(0, networks).Select(_ => inner
            .Run(learned, Weights(random).To(learned.Device, learned.Images.Value.DType), steps, thetaP => Functional.CrossEntropy(inner.Student.Call(thetaP, realBCHW), labelsB), throughImages)
            .For(learned))]);
    }

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
