using System.Globalization;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Unrolling;

/// <summary>The way of the gradient that memory allows: how many steps' graphs are kept, found by measuring the graph of one.</summary>
static class GraphPlan
{
    const double MiB = 1 << 20;

    /// <summary>Decides, before the first training.</summary>
    /// <exception cref="ArgumentException">All graphs at once are asked for, and take more than there is.</exception>
    internal static Unroll Of(InnerOptions options, FlatParameters student, IInnerLoss loss, Tensor startP, UnrollInputs inputs, IReadOnlyList<InnerStep> steps)
    {
        var unroll = new Unroll(student, loss, new(options.Gradient, options.KeptGraphs ?? 0));
        var isAtOnce = options.Gradient == GradientMethod.FullUnroll;
        if (steps.Count == 0 || (!isAtOnce && options.KeptGraphs is not null)) return unroll;
        var (each, room) = (Math.Max(1, unroll.GraphBytes(startP, inputs, steps[0])), Room(options, startP.Device));
        var fit = (int)Math.Min(steps.Count, room / each);
        if (!isAtOnce) return new Unroll(student, loss, new(options.Gradient, fit));
        return fit == steps.Count ? unroll : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
            $"the graphs of {steps.Count} steps at once take about {steps.Count * (each / MiB):0} MiB ({each / MiB:0.0} each), and may take {room / MiB:0}: take gradient: adjoint, which holds one, or fewer steps, a smaller batch, or more memory"), nameof(options));
    }

    static long Room(InnerOptions options, Device device)
    {
        if (options.Memory is { } given) return (long)(given * MiB);
        return device.IsCuda ? long.MaxValue : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
    }
}
