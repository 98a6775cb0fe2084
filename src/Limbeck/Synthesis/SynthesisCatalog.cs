using Limbeck.Synthesis.Selection;

namespace Limbeck.Synthesis;

/// <summary>Every method of dataset distillation, under the name that recipes use.</summary>
public static class SynthesisCatalog
{
    static readonly SynthesisEntry[] matching =
    [
    ];

    static readonly SynthesisEntry[] unrolled =
    [
    ];

    static readonly SynthesisEntry[] selections =
    [
        SynthesisEntry.Of<RandomSelection, RandomSelection.Options>("random", "Real images of each class, drawn at random; with soft labels those of a teacher: softmax(v(x)).", "the control; Qin, Deng, Alvarez-Melis 2024 (NeurIPS) for soft labels",
            new() { Iterations = 0 }, (options, from) => new(options, from)),
    ];

    /// <summary>All of them, by what they compare: one step's gradients or features, a whole training, or nothing.</summary>
    public static IReadOnlyList<(string Compares, IReadOnlyList<SynthesisEntry> Entries)> Groups { get; } = [("steps", matching), ("trainings", unrolled), ("nothing", selections)];

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<SynthesisEntry> All { get; } = [.. Groups.SelectMany(group => group.Entries)];

    /// <summary>The entry of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static SynthesisEntry Find(string kind) => All.FirstOrDefault(entry => entry.Kind == kind)
        ?? throw new KeyNotFoundException($"there is no method of dataset distillation '{kind}'. There are: {string.Join(", ", All.Select(entry => entry.Kind))}.");
}
