using Limbeck.Synthesis.Augmentations;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Matching;

/// <summary>
/// Synthetic images whose gradient of a network's loss is that of real images: Σ_c D(∇_θ CE(S_c), ∇_θ CE(T_c)), class by class, over a network that is trained between the matches and drawn anew after some of them.
/// What <see cref="Dc"/>, <see cref="Dsa"/> and <see cref="Idc"/> have in common.
/// </summary>
/// <remarks>One step is one match of all classes. The published codes call it an outer loop's turn, of which 1 to 50 make an iteration with one random network.</remarks>
public abstract class GradientMatching : ISynthesis
{
    readonly Ingredients from;
    readonly GradientMatchingPlan plan;
    readonly ClassImages real;
    Apprentice? apprentice;

    private protected GradientMatching(Ingredients from, GradientMatchingPlan plan) => (this.from, this.plan, real) = (from, plan, new ClassImages(from));

    /// <inheritdoc/>
    public IReadOnlyList<(string Key, Tensor Value)> State => Ready.State;

    Apprentice Ready => apprentice ?? throw new InvalidOperationException("call Prepare before the first step: it makes the network that is matched on");

    /// <inheritdoc/>
    public void Prepare(Distillate learned, Generator random)
    {
        HardLabels.Demand(learned, GetType().Name);
        apprentice?.Dispose();
        apprentice = new Apprentice(from, plan.Optimizer, random);
    }

    /// <inheritdoc/>
    public SynthesisStep Step(Distillate learned, int iteration, Generator random)
    {
        if (iteration % plan.Matches == 0) Ready.Renew(random);
        else Advance(learned, random);
        BatchStatistics.Settle(Ready.Network, real, random);
        var synthetic = new SyntheticImages(learned);
        for (var label = 0; label < learned.Classes; label++) Match(synthetic, label, random);
        return synthetic.Step();
    }

    /// <inheritdoc/>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state) => Ready.LoadState(state);

    /// <inheritdoc/>
    public void Dispose()
    {
        apprentice?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>D(∇_θ CE(synthetic), ∇_θ CE(real)) of one network, differentiable by the synthetic images.</summary>
    /// <param name="network">The network; its weights are θ.</param>
    /// <param name="syntheticSCHW">S images of a class.</param>
    /// <param name="realRCHW">R real ones.</param>
    /// <param name="label">The class.</param>
    /// <param name="metric">D.</param>
    /// <param name="leastDim">Dimensions of a parameter that counts.</param>
    public static Tensor Distance(Module network, Tensor syntheticSCHW, Tensor realRCHW, int label, GradientMetric metric, int leastDim = 2)
    {
        Tensor[] weights = [.. network.Parameters().Select(parameter => parameter.Value)];
        return GradientDistance.Of(metric, Gradient(syntheticSCHW, createGraph: true), [.. Gradient(realRCHW, createGraph: false).Select(gradient => gradient.Detach())], leastDim);

        Tensor[] Gradient(Tensor imagesBCHW, bool createGraph)
        {
            var labelsB = Tensor.Full([imagesBCHW.Size(0)], label, DType.Int64, imagesBCHW.Device);
            return Grad.Of(Functional.CrossEntropy(network.Call(imagesBCHW), labelsB), weights, createGraph);
        }
    }

    // The network learns from the images as they are after the last update, so this stands before a match and not behind it.
    void Advance(Distillate learned, Generator random)
    {
        if (plan.FromReal)
        {
            for (var update = 0; update < plan.Training; update++)
            {
                using var scope = new Scope();
                var (imagesBCHW, labelsB) = real.DrawMixed(plan.TrainingBatch, random);
                Ready.Update(imagesBCHW, labelsB, plan.Augmentation, random, plan.CutMix);
            }

            return;
        }

        using var all = new Scope();
        var imagesNCHW = MultiFormation.Decode(learned.Images.Value.Detach(), plan.Formation);
        var labelsN = MultiFormation.DecodeLabels(learned.LabelsN(), plan.Formation);
        for (var epoch = 0; epoch < plan.Training; epoch++) Ready.Train(imagesNCHW, labelsN, plan.TrainingBatch, plan.Augmentation, random);
    }

    void Match(SyntheticImages synthetic, int label, Generator random)
    {
        using var scope = new Scope();
        var leafSCHW = synthetic.Leaf(label);
        if (leafSCHW.Size(0) == 0) return;
        var drawn = plan.Augmentation?.Draw(from.Real.Shape, random) ?? AugmentationDraw.None;
        var realRCHW = drawn.Apply(real.Draw(label, plan.RealBatch, random));
        var syntheticSCHW = drawn.Apply(MultiFormation.Decode(leafSCHW, plan.Formation));
        var distance = Distance(Ready.Network, syntheticSCHW, realRCHW, label, plan.Metric, plan.LeastDim);
        synthetic.Add(label, distance, Grad.Of(distance, [leafSCHW])[0]);
    }
}
