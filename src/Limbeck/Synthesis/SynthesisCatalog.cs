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

    /// <summary>All of them, by what they compare: one step's gradients or features, or a whole training.</summary>
    public static IReadOnlyList<(string Compares, IReadOnlyList<SynthesisEntry> Entries)> Groups { get; } = [("steps", matching), ("trainings", unrolled)];

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<SynthesisEntry> All { get; } = [.. Groups.SelectMany(group => group.Entries)];

    /// <summary>The entry of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static SynthesisEntry Find(string kind) => All.FirstOrDefault(entry => entry.Kind == kind)
        ?? throw new KeyNotFoundException($"there is no method of dataset distillation '{kind}'. There are: {string.Join(", ", All.Select(entry => entry.Kind))}.");
}
