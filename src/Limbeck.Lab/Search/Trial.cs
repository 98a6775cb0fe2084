namespace Limbeck.Lab.Search;

/// <summary>One choice of values, and what came of it.</summary>
/// <param name="Number">Its number in the study, counted from 0.</param>
sealed record Trial(int Number)
{
    /// <summary>What was chosen, by parameter.</summary>
    internal IReadOnlyDictionary<string, double> Values { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Values on the way, by epoch.</summary>
    internal IReadOnlyDictionary<int, double> Reports { get; init; } = new Dictionary<int, double>();

    /// <summary>How far it is.</summary>
    internal TrialState State { get; init; }

    /// <summary>What it came to, the greater the better; null until it is complete.</summary>
    internal double? Value { get; init; }

    /// <summary>From the best to the worst: complete ones by value; then pruned ones, those that came further first; then what failed. Of equals the earlier comes first.</summary>
    internal static IEnumerable<Trial> Ranked(IEnumerable<Trial> trials) => trials
        .OrderBy(trial => trial.State)
        .ThenByDescending(trial => trial.State == TrialState.Complete ? 0 : trial.Reports.Keys.DefaultIfEmpty(0).Max())
        .ThenByDescending(trial => trial.Value ?? (trial.Reports.Count > 0 ? trial.Reports[trial.Reports.Keys.Max()] : double.NegativeInfinity))
        .ThenBy(trial => trial.Number);
}
