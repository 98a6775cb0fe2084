using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Charts;
using Limbeck.Studio.Reports.Markup;

namespace Limbeck.Studio.Reports.Sections;

/// <summary>What was searched, by how many trials, and what came of it.</summary>
internal static class SearchSection
{
    public static Section? Of(RunResult run) => run.Searches.Count == 0 ? null : new("search", "Search", Html.Join(run.Searches.Select(Of)));

    /// <summary>A search in two sentences.</summary>
    public static string Summarize(SearchResult search)
    {
        var ends = search.Trials.GroupBy(trial => trial.State).Where(group => group.Key != "complete").Select(group => $"{group.Count()} {(group.Key == "pruned" ? "stopped early" : "diverged")}");
        var trials = string.Join(", ", ends.Prepend($"{search.Trials.Count} trials"));
        var found = Settings.Text(search.Winner.Values);
        return $"{search.Stage} was searched by {search.Sampler} ({trials}). The best trial, number {search.Best}, had {found}: validation accuracy {Percent(search.Winner.Value!.Value)} %.";
    }

    static Html Of(SearchResult search) => $"""
        <p>{Summarize(search)}</p>
        <p class="note">A trial's value is the accuracy of {search.Stage} on the validation images at its chosen epoch, {Seeds(search)}. Test images chose nothing; the stages above ran with the best values, over all their seeds.{(search.Pruning is { } pruning ? $" Of the trials, {pruning}." : "")}</p>
        {Table.Of($"What was searched for {search.Stage}", [.. search.Space],
        [
            new("value", value => $"<code>{value.Key}</code>"),
            new("from", value => $"{value.Value}", IsText: true),
            new("found", value => $"{search.Winner.Values[value.Key]}"),
        ])}
        <div class="charts">{Chart(search)}</div>
        <details><summary>All trials</summary>
        {Table.Of($"Trials of {search.Stage}, the best first", [.. search.Trials.OrderByDescending(trial => trial.Value ?? double.NegativeInfinity)],
        [
            new("trial", trial => $"{trial.Number}"),
            new("validation accuracy, %", trial => $"{(trial.Value is { } value ? Percent(value) : trial.State)}"),
            .. search.Space.Keys.Select(path => new Column<TrialResult>(path, trial => $"{Settings.Value(trial.Values[path])}")),
        ])}
        </details>
        """;

    static Html Chart(SearchResult search)
    {
        var complete = search.Trials.Where(trial => trial.Value is not null).Select(trial => new Point(trial.Number, 100 * trial.Value!.Value, trial.Number == search.Best)).ToArray();
        var best = complete.Select((point, i) => point with { Y = complete.Take(i + 1).Max(earlier => earlier.Y), Marked = false }).ToArray();
        return new LineChart("Validation accuracy of the trials that came to their ends, %", [new Line("trial", 0, [complete]), new Line("best so far", 1, [best])], "trial", value => Numbers.Fixed(value, 2)).Render();
    }

    static string Seeds(SearchResult search) => search.Seeds is [var one] ? $"with seed {one}" : $"mean over the seeds {string.Join(", ", search.Seeds)}";

    static string Percent(double share) => Numbers.Fixed(100 * share, 2);
}
