using System.ComponentModel.DataAnnotations;
using Limbeck.Synthesis.Augmentations;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Matching;

/// <summary>
/// Aligned features: Σ_layers w Σ_c ‖mean f(S_c) − mean f(T_c)‖² at the end of every stage and at the pooled vector, and −β Σ log softmax(f(t) · c)_y, whether the centres c of the classes' synthetic vectors tell real
/// images apart; on a network that learns from the synthetic images between matches. Wang et al. 2022 (CVPR), equations 3 to 8.
/// </summary>
/// <remarks>
/// The published code draws a new network when its accuracy on real images has come to rest, and trains it between two matches until that accuracy moves; here both are fixed numbers, as in <see cref="Dc"/>, so that a run's
/// length is known beforehand. It counts the pooled vector twice, in two places: hence that weight of 2. All classes stand in one graph, because the centres meet.
/// </remarks>
public sealed class Cafe(Cafe.Options options, Ingredients from) : ISynthesis
{
    readonly ClassImages real = new(from);
    readonly DifferentiableAugmentation augmentation = new(new(options.Augmentation));
    Apprentice? apprentice;

    /// <inheritdoc/>
    public IReadOnlyList<(string Key, Tensor Value)> State => Ready.State;

    Apprentice Ready => apprentice ?? throw new InvalidOperationException("call Prepare before the first step: it makes the network that is matched on");

    /// <inheritdoc/>
    public void Prepare(Distillate learned, Generator random)
    {
        HardLabels.Demand(learned, nameof(Cafe));
        HardLabels.DemandEveryClass(learned, nameof(Cafe));
        apprentice?.Dispose();
        apprentice = new Apprentice(from, new SgdOptions { Lr = options.Rate, Momentum = 0 }, random);
    }

    /// <inheritdoc/>
    public SynthesisStep Step(Distillate learned, int iteration, Generator random)
    {
        if (iteration % options.Matches == 0) Ready.Renew(random);
        else for (var epoch = 0; epoch < options.Epochs; epoch++) Ready.Train(learned.Images.Value.Detach(), learned.LabelsN(), options.Batch, augmentation, random);
        BatchStatistics.Settle(Ready.Network, real, random);
        return SynthesisStep.Of(Loss(learned, random), learned);
    }

    /// <inheritdoc/>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state) => Ready.LoadState(state);

    /// <inheritdoc/>
    public void Dispose() => apprentice?.Dispose();

    Tensor Loss(Distillate learned, Generator random)
    {
        var network = Ready.Network;
        Tap[] stages = [.. network.FindTaps("stage*")];
        var pooled = network.FindTap("pooled");
        using var taps = new Taps(network, [.. stages, pooled]);
        var centres = new List<Tensor>();
        var (vectors, labels) = (new List<Tensor>(), new List<long>());
        var loss = Tensor.Zeros([], learned.Images.Value.DType, learned.Device);
        for (var label = 0; label < learned.Classes; label++)
        {
            var drawn = augmentation.Draw(from.Real.Shape, random);
            var realOf = Ask(drawn.Apply(real.Draw(label, options.RealBatch, random)), track: false);
            var ownOf = Ask(drawn.Apply(learned.Images.Value.IndexSelect(0, Tensor.From<long>(learned.PlacesOf(label)).To(learned.Device))), track: true);
            foreach (var tap in stages) loss += FeatureDistance.OfMeans(ownOf[tap], realOf[tap]) * (tap == stages[^1] ? options.LastStage : options.EarlyStages);
            loss += FeatureDistance.OfMeans(ownOf[pooled], realOf[pooled]) * options.Pooled;
            centres.Add(ownOf[pooled].Mean(0));
            vectors.Add(realOf[pooled]);
            labels.AddRange(Enumerable.Repeat((long)label, (int)realOf[pooled].Size(0)));
        }

        var labelsR = Tensor.From<long>([.. labels]).To(learned.Device);
        return loss + (options.Discrimination * labels.Count * FeatureDistance.Discrimination(Tensor.Stack([.. centres]), Tensor.Cat([.. vectors]), labelsR));

        Dictionary<Tap, Tensor> Ask(Tensor imagesBCHW, bool track)
        {
            using var recording = track ? Grad.On() : Grad.Off();
            network.Call(imagesBCHW);
            return stages.Append(pooled).ToDictionary(tap => tap, tap => taps[tap]);
        }
    }

    /// <summary>The defaults are the published code's, or <see cref="Dc"/>'s where that decides by accuracy.</summary>
    /// <param name="LastStage">Weight of the last stage's maps, in [0, 1e6]. Default 1.</param>
    /// <param name="EarlyStages">Weight of each stage's maps before it, in [0, 1e6]. Default 0.1.</param>
    /// <param name="Pooled">Weight of the vector before the last layer, in [0, 1e6]. Default 2.</param>
    /// <param name="Discrimination">β, of each real image, in [0, 1e6]. Default 0.01.</param>
    /// <param name="Augmentation">One draw for the real and the synthetic images of a class, joined by '_', or none. Default none; with that of <see cref="Dsa"/> it is the paper's CAFE+DSA.</param>
    /// <param name="RealBatch">Real images of a class in a match, in [1, 65536]. Default 256.</param>
    /// <param name="Matches">Matches on one network, in [1, 10000]. Default 10.</param>
    /// <param name="Epochs">Epochs of the network over the synthetic images between two matches, in [0, 10000]. Default 10.</param>
    /// <param name="Batch">Images of an update of the network, in [1, 65536]. Default 256.</param>
    /// <param name="Rate">Learning rate of the network, in [1e-9, 100]. Default 0.01, without momentum.</param>
    public sealed record Options([property: Range(0.0, 1e6)] double LastStage = 1, [property: Range(0.0, 1e6)] double EarlyStages = 0.1, [property: Range(0.0, 1e6)] double Pooled = 2,
        [property: Range(0.0, 1e6)] double Discrimination = 0.01, string Augmentation = "none", [property: Range(1, 65536)] int RealBatch = 256,
        [property: Range(1, 10000)] int Matches = 10, [property: Range(0, 10000)] int Epochs = 10, [property: Range(1, 65536)] int Batch = 256, [property: Range(1e-9, 100)] double Rate = 0.01);
}
