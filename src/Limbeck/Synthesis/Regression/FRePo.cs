using System.ComponentModel.DataAnnotations;
using Limbeck.Synthesis.Matching;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Regression;

/// <summary>
/// Neural feature regression with pooling: ½ mean ‖y_t − <see cref="KernelRidge.Predict"/>‖², the features those of one network of a pool, which then learns one step from the synthetic images and is drawn anew when it is
/// old. Images and labels are learned. Zhou, Nezhadarya, Ba 2022 (NeurIPS), algorithm 1.
/// </summary>
/// <remarks>
/// Labels are softmax of their logits less 1/K, on the targets' scale √(10/K), so that they mean the same as in all other methods here; the original's are free numbers that begin at one-hot less 1/K. The networks learn from the images
/// before their update, not after it. The original's networks have batch norm and grow from layer to layer; here they are those of the recipe. They are asked in evaluation mode, with the statistics of the synthetic images that they learned from.
/// </remarks>
public sealed class FRePo(FRePo.Options options, Ingredients from) : ISynthesis
{
    readonly ClassImages real = new(from);
    readonly List<Apprentice> pool = [];

    /// <inheritdoc/>
    public IReadOnlyList<(string Key, Tensor Value)> State => [.. pool.SelectMany((member, place) => member.State.Select(entry => ($"{place}.{entry.Key}", entry.Value)))];

    /// <inheritdoc/>
    public void Prepare(Distillate learned, Generator random)
    {
        Dispose();
        for (var member = 0; member < options.Pool; member++) pool.Add(new Apprentice(from, new AdamOptions { Lr = options.Rate }, random));
        if (learned.LabelLogits is not null) return;
        using var scope = new Scope();
        var own = Math.Log(options.FirstLabel * (learned.Classes - 1) / (1 - options.FirstLabel));
        learned.SoftenLabels(learned.LabelsN().OneHot(learned.Classes) * own, learned: true);
    }

    /// <inheritdoc/>
    public SynthesisStep Step(Distillate learned, int iteration, Generator random)
    {
        using var scope = new Scope();
        // Networks of all ages, from the first iteration on.
        if (iteration == 0) foreach (var (place, young) in pool.Index()) for (var age = 0; age < place * options.Oldest / options.Pool; age++) Learn(young, learned, random);
        var chosen = pool[(int)Tensor.Randint(0, pool.Count, [1], random).Item()];
        chosen.Network.Train(false);
        var step = SynthesisStep.Of(Loss(chosen, learned, random), learned);
        if (chosen.Updates < options.Oldest) Learn(chosen, learned, random);
        else chosen.Renew(random);
        scope.Keep([step.Loss, .. step.Gradients.Values]);
        return step;
    }

    /// <inheritdoc/>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state)
    {
        foreach (var (place, member) in pool.Index())
        {
            var prefix = $"{place}.";
            member.LoadState(state.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(entry => entry.Key[prefix.Length..], entry => entry.Value, StringComparer.Ordinal));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var member in pool) member.Dispose();
        pool.Clear();
    }

    Tensor Loss(Apprentice member, Distillate learned, Generator random)
    {
        using var embedding = new Embedding(member.Network);
        var (imagesRCHW, labelsR) = real.DrawMixed(options.RealBatch, random);
        var othersRD = Real();
        var labelsSK = Centred(learned.LabelLogits!.Value.Softmax(1));
        var predictedRK = KernelRidge.Predict(embedding.Of(learned.Images.Value), labelsSK, othersRD, options.Ridge);
        var wantedRK = Centred(labelsR.OneHot(learned.Classes).To(predictedRK.DType));
        return (0.5 * (predictedRK - wantedRK).Square().Sum(1).Mean()) + KernelRidge.Margin(labelsSK);

        Tensor Real()
        {
            using var off = Grad.Off();
            return embedding.Of(imagesRCHW);
        }
    }

    // The network's own loss: ½ ‖z − y‖², as what is regressed.
    void Learn(Apprentice member, Distillate learned, Generator random)
    {
        using var scope = new Scope();
        var chosenB = Tensor.Randperm(learned.Count, random).Narrow(0, 0, Math.Min(options.Batch, learned.Count)).To(learned.Device);
        var imagesBCHW = learned.Images.Value.Detach().IndexSelect(0, chosenB);
        var labelsBK = Centred(learned.LabelLogits!.Value.Detach().Softmax(1)).IndexSelect(0, chosenB);
        member.Update(() => 0.5 * (member.Network.Call(imagesBCHW) - labelsBK).Square().Sum(1).Mean());
    }

    static Tensor Centred(Tensor probabilitiesBK)
    {
        var classes = probabilitiesBK.Size(1);
        return (probabilitiesBK - (1.0 / classes)) * Math.Sqrt(10.0 / classes);
    }

    /// <summary>The defaults are the published code's, where it has them.</summary>
    /// <param name="Pool">Networks in the pool, in [1, 1000]. Default 10.</param>
    /// <param name="Oldest">Updates after which a network is drawn anew, in [1, 100000]. Default 100.</param>
    /// <param name="RealBatch">Real images that are predicted in an iteration, in [1, 65536]. Default 1024.</param>
    /// <param name="Batch">Synthetic images of a network's update, in [1, 65536]. Default 500.</param>
    /// <param name="Ridge">λ, in [1e-12, 1]. Default 1e-6.</param>
    /// <param name="Rate">Learning rate of the networks, in [1e-9, 1]. Default 3e-4, with Adam.</param>
    /// <param name="FirstLabel">Probability that an image's label gives its class at first, in [0.1, 0.999]. Default 0.9: of this project, sure enough, and far enough from 1 to be learned.</param>
    public sealed record Options([property: Range(1, 1000)] int Pool = 10, [property: Range(1, 100000)] int Oldest = 100, [property: Range(1, 65536)] int RealBatch = 1024,
        [property: Range(1, 65536)] int Batch = 500, [property: Range(1e-12, 1)] double Ridge = 1e-6, [property: Range(1e-9, 1)] double Rate = 3e-4, [property: Range(0.1, 0.999)] double FirstLabel = 0.9);
}
