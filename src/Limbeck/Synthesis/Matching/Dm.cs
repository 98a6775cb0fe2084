using System.ComponentModel.DataAnnotations;
using Limbeck.Synthesis.Augmentations;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Matching;

/// <summary>Distribution matching: Σ_c ‖mean f(S_c) − mean f(T_c)‖², f the vector before the last layer of a random network, a new one each iteration and never trained. Zhao, Bilen 2023 (WACV), equation 6.</summary>
/// <remarks>First order and class by class, so its memory is that of one class. Real and synthetic images of a class share one draw of augmentation.</remarks>
public sealed class Dm(Dm.Options options, Ingredients from) : ISynthesis
{
    readonly ClassImages real = new(from);
    readonly DifferentiableAugmentation augmentation = new(new(options.Augmentation));

    /// <inheritdoc/>
    public SynthesisStep Step(Distillate learned, int iteration, Generator random)
    {
        using var network = from.MakeNetwork(random);
        BatchStatistics.Settle(network, real, random);
        network.Freeze();
        using var embedding = new Embedding(network);
        var synthetic = new SyntheticImages(learned);
        for (var label = 0; label < learned.Classes; label++)
        {
            using var scope = new Scope();
            var leafSCHW = synthetic.Leaf(label);
            if (leafSCHW.Size(0) == 0) continue;
            var drawn = augmentation.Draw(from.Real.Shape, random);
            var realRD = embedding.Of(drawn.Apply(real.Draw(label, options.RealBatch, random)));
            var distance = FeatureDistance.OfMeans(embedding.Of(drawn.Apply(leafSCHW)), realRD);
            synthetic.Add(label, distance, Grad.Of(distance, [leafSCHW])[0]);
        }

        return synthetic.Step();
    }

    /// <param name="Augmentation">What may be drawn, joined by '_', or none. Default: the six of <see cref="Dsa"/>.</param>
    /// <param name="RealBatch">Real images of a class, in [1, 65536]. Default 256: the published code.</param>
    public sealed record Options(string Augmentation = "color_crop_cutout_flip_scale_rotate", [property: Range(1, 65536)] int RealBatch = 256);
}
