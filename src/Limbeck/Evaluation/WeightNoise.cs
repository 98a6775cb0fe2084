using System.ComponentModel.DataAnnotations;
using Limbeck.Data;
using Limbeck.Models;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Evaluation;

/// <summary>Accuracy with weights θ + σ z, z from N(0, I), against σ: mean over some draws of z. Oleinik 2024.</summary>
/// <remarks>Every parameter is disturbed, those of batch norms too, as in the thesis, which takes one draw a point. The network's own weights are never written: the disturbed ones stand in for them during a call.</remarks>
/// <param name="options">Range, number of points and draws.</param>
public sealed class WeightNoise(WeightNoise.Options options)
{
    /// <summary>Accuracy against the standard deviation of Gaussian noise on all weights.</summary>
    public sealed record Options : MeasureOptions
    {
        /// <summary>The largest standard deviation σ. Default 0.08: Oleinik 2024.</summary>
        [Range(1e-6, 100)] public double Most { get; init; } = 0.08;

        /// <summary>Points of the curve from 0 to the largest σ, both included. Default 40: Oleinik 2024.</summary>
        [Range(2, 1000)] public int Points { get; init; } = 40;

        /// <summary>Draws of the noise at each point. Default 3; the thesis has 1.</summary>
        [Range(1, 1000)] public int Draws { get; init; } = 3;

        /// <summary>Seed of the draws, the same for every network. Default 1.</summary>
        [Range(0, int.MaxValue)] public int Seed { get; init; } = 1;

        /// <summary>Test images that are asked about, drawn at random, the same for every network; all if there are no more. Default 1000, which gives a share to within 1.6 points (one standard error); the thesis took all.</summary>
        [Range(1, 100_000_000)] public int Images { get; init; } = 1000;
    }

    /// <summary>Measures a network in evaluation mode. Its mode, weights and running statistics are as before afterwards.</summary>
    public RobustnessCurve Measure(Module network, ImageDataset data)
    {
        data = options.Images < data.Count ? data.Take(options.Images, seed: 0) : data;
        var strengths = RobustnessCurve.Evenly(options.Most, options.Points);
        var right = new long[strengths.Length];
        using var off = Grad.Off();
        using var still = new EvaluationMode(network);
        using var scope = new Scope();
        var weights = new FlatParameters(network);
        var thetaP = weights.Gather();
        using var random = new Generator(options.Seed, still.Device);
        for (var k = 0; k < strengths.Length; k++)
        {
            for (var draw = 0; draw < options.Draws; draw++)
            {
                using var one = new Scope();
                var noiseP = thetaP.EmptyLike();
                noiseP.NormalInPlace(0, 1, random);
                right[k] += Right(weights, thetaP + (strengths[k] * noiseP), data, still.Device);
            }
        }

        return new RobustnessCurve(strengths, Array.ConvertAll(right, hits => hits / ((double)data.Count * options.Draws)));
    }

    static long Right(FlatParameters weights, Tensor thetaP, ImageDataset data, Device device)
    {
        var right = 0L;
        foreach (var (start, count) in EvaluationMode.Batches(data.Count))
        {
            using var scope = new Scope();
            var batch = data.Render(start, count).On(device);
            right += EvaluationMode.Right(weights.Call(thetaP, batch.Images), batch.Labels);
        }

        return right;
    }
}
