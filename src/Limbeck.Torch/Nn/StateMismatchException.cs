using Limbeck.Torch.Tensors;

namespace Limbeck.Torch.Nn;

/// <summary>A checkpoint does not fit a network or an optimizer. The message lists every key that differs.</summary>
public sealed class StateMismatchException : Exception
{
    const int MostShown = 12;

    StateMismatchException(string message) : base(message)
    {
    }

    /// <summary>Refuses a saved state that cannot be copied into a present one.</summary>
    /// <param name="what">Whose state, for the message.</param>
    /// <param name="own">Names and shapes as they are now.</param>
    /// <param name="saved">The state to copy.</param>
    /// <exception cref="StateMismatchException">A key is missing, is not known, or has another shape: the message lists all of them.</exception>
    public static void ThrowUnlessFits(string what, IEnumerable<(string Key, Tensor Value)> own, IReadOnlyDictionary<string, Tensor> saved) =>
        ThrowIfAny(what, [.. Compare(what, own.ToDictionary(StringComparer.Ordinal), saved)]);

    /// <summary>What keeps a saved state from being copied into a present one.</summary>
    internal static IEnumerable<string> Compare(string what, IReadOnlyDictionary<string, Tensor> own, IReadOnlyDictionary<string, Tensor> saved) =>
        own.Where(entry => !saved.ContainsKey(entry.Key)).Select(entry => $"{entry.Key} is missing: expected {entry.Value.Describe()}")
            .Concat(saved.Keys.Where(key => !own.ContainsKey(key)).Select(key => $"{key} is not a part of this {what}"))
            .Concat(own.Where(entry => saved.TryGetValue(entry.Key, out var got) && !got.Shape.AsSpan().SequenceEqual(entry.Value.Shape))
                .Select(entry => $"{entry.Key}: expected {entry.Value.Describe()}, got {saved[entry.Key].Describe()}"));

    internal static void ThrowIfAny(string what, IReadOnlyList<string> differences)
    {
        if (differences.Count == 0) return;
        var shown = string.Join("\n  ", differences.Take(MostShown));
        var rest = differences.Count > MostShown ? $"\n  and {differences.Count - MostShown} more" : "";
        throw new StateMismatchException($"the state does not fit this {what}, nothing was changed:\n  {shown}{rest}");
    }
}
