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
/// Both loops end by themselves, as in the paper (section 3.4) and its code: a new network is drawn when the accuracy on real images has come to rest, the last <see cref="Options.Window"/> matches apart by less than
/// <see cref="Options.Rest"/>; and between two matches it learns until that accuracy moves, by more than <see cref="Options.Move"/> in so many epochs. With rest: 0 and move: 1 both are fixed numbers, as in <see cref="Dc"/>. The code
/// adds a tenth of the accuracy before to each that it reads, and has no limit; here the reading is plain, and <see cref="Options.Matches"/> and <see cref="Options.Epochs"/> end what does not end. It counts the pooled vector twice, in two
/// places: hence that weight of 2. All classes stand in one graph, because the centres meet.
/// </remarks>
public sealed class Cafe(Cafe.Options options, Ingredients from) : ISynthesis
{
    // Real images of each class that accuracy is read on: the published code.
    const int Asked = 128;

    readonly ClassImages real = new(from);
    readonly AccuracyWindow window = new(options.Window);
    readonly DifferentiableAugmentation augmentation = new(new(options.Augmentation));
    Apprentice? apprentice;

    /// <inheritdoc/>
    public IReadOnlyList<(string Key, Tensor Value)> State => [("window", window.State), .. Ready.State];

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
        if (iteration == 0 || window.Count >= options.Matches || window.Spread < options.Rest)
        {
            Ready.Renew(random);
            window.Clear();
        }
        else
        {
            Learn(learned, random);
        }

        BatchStatistics.Settle(Ready.Network, real, random);
        var step = SynthesisStep.Of(Loss(learned, random), learned);
        window.Add(options.Rest > 0 ? Accuracy(random) : 0);
        return step;
    }

    /// <inheritdoc/>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state)
    {
        using var off = Grad.Off();
        window.State.CopyFrom(state["window"]);
        Ready.LoadState(state);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        apprentice?.Dispose();
        window.Dispose();
    }

    // From the synthetic images, until the accuracy on real ones moves.
    void Learn(Distillate learned, Generator random)
    {
        using var moving = new AccuracyWindow(options.Window);
        for (var epoch = 0; epoch < options.Epochs && !(moving.Spread > options.Move); epoch++)
        {
            using var scope = new Scope();
            Ready.Train(learned.Images.Value.Detach(), learned.LabelsN(), options.Batch, augmentation, random);
            if (options.Move >= 1) continue;
            BatchStatistics.Settle(Ready.Network, real, random);
            moving.Add(Accuracy(random));
        }
    }

    double Accuracy(Generator random)
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        var (imagesRCHW, labelsR) = real.DrawOfEach(Asked, random);
        return Ready.Network.Call(imagesRCHW).Argmax(1).Eq(labelsR).To(DType.Float64).Mean().Item();
    }

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

    /// <summary>The defaults are the published code's; the limits of both loops are of this project.</summary>
    /// <param name="LastStage">Weight of the last stage's maps, in [0, 1e6]. Default 1.</param>
    /// <param name="EarlyStages">Weight of each stage's maps before it, in [0, 1e6]. Default 0.1.</param>
    /// <param name="Pooled">Weight of the vector before the last layer, in [0, 1e6]. Default 2.</param>
    /// <param name="Discrimination">β, of each real image, in [0, 1e6]. Default 0.01.</param>
    /// <param name="Augmentation">One draw for the real and the synthetic images of a class, joined by '_', or none. Default none; with that of <see cref="Dsa"/> it is the paper's CAFE+DSA.</param>
    /// <param name="RealBatch">Real images of a class in a match, in [1, 65536]. Default 256.</param>
    /// <param name="Window">How many accuracies in a row are compared, in [2, 1000]. Default 10.</param>
    /// <param name="Rest">λ₁: a new network is drawn when they are apart by less, in [0, 1]; 0 for never. Default 0.04.</param>
    /// <param name="Move">λ₂: the network has learned enough for a match when they are apart by more, in [0, 1]; 1 for never. Default 0.03.</param>
    /// <param name="Matches">Most matches on one network, in [1, 10000]. Default 100.</param>
    /// <param name="Epochs">Most epochs of the network over the synthetic images between two matches, in [0, 10000]. Default 100.</param>
    /// <param name="Batch">Images of an update of the network, in [1, 65536]. Default 256.</param>
    /// <param name="Rate">Learning rate of the network, in [1e-9, 100]. Default 0.01, without momentum.</param>
    public sealed record Options([property: Range(0.0, 1e6)] double LastStage = 1, [property: Range(0.0, 1e6)] double EarlyStages = 0.1, [property: Range(0.0, 1e6)] double Pooled = 2,
        [property: Range(0.0, 1e6)] double Discrimination = 0.01, string Augmentation = "none", [property: Range(1, 65536)] int RealBatch = 256,
        [property: Range(2, 1000)] int Window = 10, [property: Range(0.0, 1)] double Rest = 0.04, [property: Range(0.0, 1)] double Move = 0.03,
        [property: Range(1, 10000)] int Matches = 100, [property: Range(0, 10000)] int Epochs = 100, [property: Range(1, 65536)] int Batch = 256, [property: Range(1e-9, 100)] double Rate = 0.01);
}
