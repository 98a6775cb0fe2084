using Limbeck.Synthesis;

namespace Limbeck.Lab.Runs;

/// <summary>Keeps what images look like while they are synthesised: at the beginning, and after 1/16, 1/8, 1/4, 1/2 and all of the iterations, for most happens early.</summary>
/// <param name="store">Where it keeps that.</param>
/// <param name="parts">What the stage is made of.</param>
sealed class ImageHistory(StageStore store, SynthesisParts parts)
{
    const string Name = "history";

    // Some of the images will do: reports carry them along.
    const int MostImages = 30;

    readonly int[] looks = [.. new[] { 0, 16, 8, 4, 2, 1 }.Select(part => part == 0 ? 0 : parts.Learning.Iterations / part).Distinct()];
    readonly SortedDictionary<int, SetFrame> seen = store.Measured<SortedDictionary<int, SetFrame>>(parts.Stage.ImagesKey!, Name) ?? [];

    /// <summary>What was kept of images; empty of those that nothing was done to.</summary>
    internal static IReadOnlyList<SetFrame> Read(StageStore store, string key) => store.Measured<SortedDictionary<int, SetFrame>>(key, Name) is { Count: > 1 } seen ? [.. seen.Values] : [];

    /// <summary>Looks at the images after some iterations, where it is time.</summary>
    internal void Look(int iteration, Distillate images)
    {
        if (!looks.Contains(iteration) || seen.ContainsKey(iteration)) return;
        using var set = parts.Pack(images, iteration);
        var (labels, pixels) = SetPicture.Some(set, Math.Max(1, MostImages / set.Card.ClassNames.Count));
        seen[iteration] = new SetFrame(iteration, labels, pixels);
        store.KeepMeasured(parts.Stage.ImagesKey!, Name, seen);
    }
}
