using Limbeck.Synthesis.Augmentations;
using Limbeck.Synthesis.Unrolling;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis;

/// <summary>Training on synthetic images from where an expert was at epoch t, to be where the expert was M epochs later: L = ‖θ_N − θ*_{t+M}‖² / ‖θ*_t − θ*_{t+M}‖². Cazenavette et al. 2022, equation 2.</summary>
sealed class TrajectoryMatching : IDisposable
{
    readonly TrajectoryOptions options;
    readonly DifferentiableAugmentation augmentation;
    readonly ITrajectories experts;

    /// <exception cref="ArgumentException">There are no experts, or they do not go so far, or belong to another network.</exception>
    internal TrajectoryMatching(TrajectoryOptions options, Ingredients from, int firstStart)
    {
        (this.options, augmentation) = (options, new DifferentiableAugmentation(new(options.Augmentation)));
        var (lastStart, ahead) = (options.LastStart, options.ExpertEpochs);
        experts = from.Experts ?? throw new ArgumentException("trajectory matching needs the trajectories of experts", nameof(from));
        if (firstStart >= lastStart) throw new ArgumentException($"first-start is {firstStart}: expected less than last-start, {lastStart}", nameof(options));
        int[] missing = [.. Enumerable.Range(firstStart, lastStart - firstStart).SelectMany(start => new[] { start, start + ahead }).Distinct().Except(experts.Epochs).Order()];
        if (missing.Length > 0)
            throw new ArgumentException($"starts {firstStart} to {lastStart - 1} and goals {ahead} epochs later need the experts at epoch {string.Join(", ", missing.Take(5))}{(missing.Length > 5 ? ", …" : "")}: "
                + $"they were kept at {experts.Epochs[0]} to {experts.Epochs[^1]}. Train them longer, or choose earlier starts.", nameof(from));
        Inner = new InnerTraining(options, from);
        if (Inner.Student.Count == experts.Parameters) return;
        Inner.Dispose();
        throw new ArgumentException($"the experts have {experts.Parameters} parameters, the student {Inner.Student.Count}: they must be the same network", nameof(from));
    }

    internal InnerTraining Inner { get; }

    /// <summary>One comparison: expert and start are drawn, then the steps.</summary>
    /// <param name="learned">The images.</param>
    /// <param name="first">Earliest start.</param>
    /// <param name="end">The epoch after the last start.</param>
    /// <param name="random">Source of all draws.</param>
    internal SynthesisStep Step(Distillate learned, int first, int end, Generator random)
    {
        var (expert, start) = (Draw(0, experts.Count), Draw(first, end));
        var (startP, goalP) = (Snapshot(start), Snapshot(start + options.ExpertEpochs));
        var apart = (startP - goalP).Square().Sum();
        var steps = InnerStep.Draw(options.Steps, learned.Count, options.Batch, (images, source) => augmentation.Draw(learned.Shape, source, images).Apply, random, learned.Device);
        return Inner.Run(learned, startP, steps, thetaP => (thetaP - goalP).Square().Sum() / apart).For(learned);

        int Draw(int low, int high) => (int)Tensor.Randint(low, high, [1], random).Item();
        Tensor Snapshot(int epoch) => experts.Snapshot(expert, epoch).To(learned.Device, learned.Images.Value.DType);
    }

    public void Dispose() => Inner.Dispose();
}
