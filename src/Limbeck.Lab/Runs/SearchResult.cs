namespace Limbeck.Lab.Runs;

/// <summary>What a search came to.</summary>
/// <param name="Stage">The stage that was searched.</param>
/// <param name="Sampler">How values were chosen: tpe, random, grid.</param>
/// <param name="Pruning">How trials were stopped early, in words; null where all were trained to their ends.</param>
/// <param name="Seeds">The stage's seeds over which a trial's value is the mean.</param>
/// <param name="Space">What was searched: each path, and what could be chosen there.</param>
/// <param name="Best">Number of the best trial, whose values the recipe then ran with.</param>
/// <param name="Trials">All trials.</param>
public sealed record SearchResult(string Stage, string Sampler, string? Pruning, IReadOnlyList<int> Seeds, IReadOnlyDictionary<string, string> Space, int Best,
    IReadOnlyList<TrialResult> Trials)
{
    /// <summary>What the best trial set, and its value.</summary>
    public TrialResult Winner => Trials[Best - 1];
}

/// <summary>What a trial came to.</summary>
/// <param name="Number">Its number, counted from 1.</param>
/// <param name="State">complete, pruned or failed.</param>
/// <param name="Values">What it set, as the recipe writes it.</param>
/// <param name="Value">Validation accuracy at the chosen epoch, mean over the seeds; null unless it is complete.</param>
public sealed record TrialResult(int Number, string State, IReadOnlyDictionary<string, string> Values, double? Value);
