namespace Limbeck.Synthesis;

/// <summary>Every method of dataset distillation, under the name that recipes use.</summary>
public static class SynthesisCatalog
{
    static readonly SynthesisEntry[] matching =
    [
    ];

    static readonly SynthesisEntry[] unrolled =
    [
        SynthesisEntry.Of<Dd, Dd.Options>("dd", "Ordered steps with a step size each, to a low loss on real images: −log softmax(f(x; θ_N))_y.", "Wang et al. 2018, section 3",
            new() { Iterations = 400, Initial = InitialImages.Noise, ImageOptimizer = Dd.Adam, StepSizeOptimizer = Dd.Adam }, (options, from) => new(options, from)),
        SynthesisEntry.Of<Mtt, Mtt.Options>("mtt", "N steps to where M epochs on real images led: ‖θ_N − θ*_{t+M}‖² / ‖θ*_t − θ*_{t+M}‖².", "Cazenavette et al. 2022, section 3.2",
            new(), (options, from) => new(options, from)),
        SynthesisEntry.Of<Datm, Datm.Options>("datm", "As mtt, from ever later starts and with learned soft labels.", "Guo et al. 2024, section 3",
            new() { Iterations = 10_000, SkipAbove = 1, Average = 0.9995 }, (options, from) => new(options, from)),
    ];

    /// <summary>All of them, by what they compare: one step's gradients or features, or a whole training.</summary>
    public static IReadOnlyList<(string Compares, IReadOnlyList<SynthesisEntry> Entries)> Groups { get; } = [("steps", matching), ("trainings", unrolled)];

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<SynthesisEntry> All { get; } = [.. Groups.SelectMany(group => group.Entries)];

    /// <summary>The entry of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static SynthesisEntry Find(string kind) => All.FirstOrDefault(entry => entry.Kind == kind)
        ?? throw new KeyNotFoundException($"there is no method of dataset distillation '{kind}'. There are: {string.Join(", ", All.Select(entry => entry.Kind))}.");
}
