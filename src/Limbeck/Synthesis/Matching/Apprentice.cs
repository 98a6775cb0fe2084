using Limbeck.Models;
using Limbeck.Synthesis.Augmentations;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Matching;

/// <summary>A network that is trained a little between the iterations of a synthesis, and drawn anew now and then. Its state is all that its next update needs.</summary>
sealed class Apprentice : IDisposable
{
    const string StepKey = ".step";

    readonly Ingredients from;
    readonly OptimizerOptions options;
    readonly Tensor updates = Tensor.Zeros([1], DType.Int64).Hold();
    Optimizer optimizer;

    internal Apprentice(Ingredients from, OptimizerOptions options, Generator random)
    {
        (this.from, this.options) = (from, options);
        Network = from.MakeNetwork(random);
        optimizer = Optimizer.Create(options, Network.Parameters());
    }

    internal Network Network { get; }

    /// <summary>Updates since the weights were drawn.</summary>
    internal int Updates => (int)updates.Item();

    /// <summary>Weights, running statistics, the optimizer's buffers and the number of updates, by name.</summary>
    internal IReadOnlyList<(string Key, Tensor Value)> State =>
        [("updates", updates), .. Network.State().Select(entry => ($"network.{entry.Key}", entry.Value)), .. optimizer.State().Tensors.Select(entry => ($"optimizer.{entry.Key}", entry.Value))];

    internal void LoadState(IReadOnlyDictionary<string, Tensor> state)
    {
        using var off = Grad.Off();
        foreach (var (key, value) in State) value.CopyFrom(state[key]);
        // Every update moves every parameter, so that one count stands for all.
        var own = optimizer.State();
        optimizer.LoadState(own with { Numbers = own.Numbers.ToDictionary(number => number.Key, number => number.Key.EndsWith(StepKey, StringComparison.Ordinal) ? Updates : number.Value, StringComparer.Ordinal) });
    }

    /// <summary>New weights; the optimizer remembers nothing.</summary>
    internal void Renew(Generator random)
    {
        using var fresh = from.MakeNetwork(random);
        Network.LoadState(fresh.State().ToDictionary(StringComparer.Ordinal));
        optimizer.Dispose();
        optimizer = Optimizer.Create(options, Network.Parameters());
        updates.ZeroInPlace();
    }

    /// <summary>An epoch over some images in a random order, one update for each batch.</summary>
    internal void Train(Tensor imagesNCHW, Tensor labelsN, int batch, DifferentiableAugmentation? augmentation, Generator random)
    {
        using var scope = new Scope();
        var orderN = Tensor.Randperm(imagesNCHW.Size(0), random).To(imagesNCHW.Device);
        for (var start = 0L; start < orderN.Count; start += batch)
        {
            using var step = new Scope();
            var chosenB = orderN.Narrow(0, start, Math.Min(batch, orderN.Count - start));
            Update(imagesNCHW.IndexSelect(0, chosenB), labelsN.IndexSelect(0, chosenB), augmentation, random);
        }
    }

    /// <summary>One update by cross-entropy, each image augmented by itself.</summary>
    /// <param name="imagesBCHW">The images; no gradient goes to them.</param>
    /// <param name="labelsB">Their classes.</param>
    /// <param name="augmentation">What may be drawn for each; null for nothing.</param>
    /// <param name="random">Where the draws come from.</param>
    /// <param name="cutMix">Probability that the augmented images are mixed.</param>
    internal void Update(Tensor imagesBCHW, Tensor labelsB, DifferentiableAugmentation? augmentation, Generator random, double cutMix = 0)
    {
        using var scope = new Scope();
        var (shape, images) = (from.Real.Shape, imagesBCHW.Size(0));
        var drawn = augmentation?.Draw(shape, random, (int)images) ?? AugmentationDraw.None;
        var mix = CutMix.Draw(cutMix, shape, images, random);
        Update(() => mix is null ? Functional.CrossEntropy(Network.Call(drawn.Apply(imagesBCHW)), labelsB) : mix.Loss(Network, drawn.Apply(imagesBCHW), labelsB, shape));
    }

    /// <summary>One update by any loss of the network.</summary>
    internal void Update(Func<Tensor> loss)
    {
        using var scope = new Scope();
        Network.Train();
        optimizer.Step(Grad.Of(loss(), [.. Network.Parameters().Select(parameter => parameter.Value)]));
        updates.FillInPlace(Updates + 1);
    }

    public void Dispose()
    {
        updates.Dispose();
        optimizer.Dispose();
        Network.Dispose();
    }
}
