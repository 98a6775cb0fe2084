using Limbeck.Models;
using Limbeck.Synthesis;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Lab.Runs;

/// <summary>Fresh networks in place of experts that are still to be trained: to try a method on, and to measure it.</summary>
/// <param name="options">How many there will be, and of how many epochs.</param>
/// <param name="fresh">Makes a network from a seed.</param>
sealed class PlannedExperts(ExpertOptions options, Func<long, Network> fresh) : ITrajectories
{
    /// <inheritdoc/>
    public int Count => options.Count;

    /// <inheritdoc/>
    public long Parameters { get; } = Measure(fresh);

    /// <inheritdoc/>
    public IReadOnlyList<int> Epochs { get; } = [.. Enumerable.Range(options.FirstKept, Math.Max(0, options.Epochs - options.FirstKept) + 1)];

    /// <inheritdoc/>
    public Tensor Snapshot(int expert, int epoch)
    {
        using var network = fresh(epoch + 1);
        return new FlatParameters(network).Gather();
    }

    static long Measure(Func<long, Network> fresh)
    {
        using var network = fresh(1);
        return new FlatParameters(network).Count;
    }
}
