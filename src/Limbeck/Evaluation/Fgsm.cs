using System.ComponentModel.DataAnnotations;
using Limbeck.Data;
using Limbeck.Models;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Evaluation;

/// <summary>
/// Accuracy on images that the fast gradient sign method has moved: p' = clamp(p + ε sign ∇_p L, 0, 1) with pixels p in [0, 1] and the cross-entropy L of the right label,
/// against ε. Goodfellow, Shlens, Szegedy 2015, section 4.
/// </summary>
/// <remarks>
/// ε counts in pixels of [0, 1], whatever the images are normalised with: it is a step of ε / std for the network. The gradient is taken once, at the image itself, for all ε.
/// Where a network is so sure that its gradient is 0 in single precision the image stays as it is, so that the accuracy is an upper bound.
/// </remarks>
/// <param name="options">Range and number of points.</param>
public sealed class Fgsm(Fgsm.Options options)
{
    /// <summary>Accuracy against the length of an attack's step (fast gradient sign method).</summary>
    public sealed record Options : MeasureOptions
    {
        /// <summary>The largest ε, in pixels of [0, 1]. Default 0.015: Oleinik 2024, about 4 of 255.</summary>
        [Range(1e-6, 1)] public double Most { get; init; } = 0.015;

        /// <summary>Points of the curve from 0 to the largest ε, both included. Default 20: Oleinik 2024.</summary>
        [Range(2, 1000)] public int Points { get; init; } = 20;

        /// <summary>Test images that are attacked, drawn at random, the same for every network; all if there are no more. Default 1000, which gives a share to within 1.6 points (one standard error); the thesis took all.</summary>
        [Range(1, 100_000_000)] public int Images { get; init; } = 1000;
    }

    /// <summary>Attacks a network in evaluation mode. Its mode, weights and running statistics are as before afterwards.</summary>
    public RobustnessCurve Measure(Module network, ImageDataset data)
    {
        data = options.Images < data.Count ? data.Take(options.Images, seed: 0) : data;
        var strengths = RobustnessCurve.Evenly(options.Most, options.Points);
        var right = new long[strengths.Length];
        using var still = new EvaluationMode(network);
        foreach (var (start, count) in EvaluationMode.Batches(data.Count))
        {
            using var scope = new Scope();
            var batch = data.Render(start, count).On(still.Device);
            var step = new PixelStep(Direction(network, batch, data.Normalization), data.Normalization);
            using var off = Grad.Off();
            for (var k = 0; k < strengths.Length; k++)
            {
                using var one = new Scope();
                right[k] += EvaluationMode.Right(network.Call(step.From(batch.Images, strengths[k])), batch.Labels);
            }
        }

        return new RobustnessCurve(strengths, Array.ConvertAll(right, hits => hits / (double)data.Count));
    }

    // Of the sum over the batch, whose gradients do not shrink with its size: they are small enough where a network is sure.
    static Tensor Direction(Module network, in Batch batch, Normalization normalization)
    {
        using var on = Grad.On();
        using var scope = new Scope();
        // By a channel's deviation no sign changes; whitening mixes the pixels.
        var isMixed = normalization.Whitened is not null;
        var leafBCHW = (isMixed ? normalization.Undo(batch.Images) : batch.Images).Detach();
        leafBCHW.RequiresGrad = true;
        var logBC = network.Call(isMixed ? normalization.Apply(leafBCHW) : leafBCHW).LogSoftmax(1);
        var loss = -logBC.Gather(1, batch.Labels.Unsqueeze(1)).Sum();
        return scope.Keep(Grad.Of(loss, [leafBCHW])[0].Sign());
    }
}
