using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Findings;
using Limbeck.Studio.Reports.Markup;

namespace Limbeck.Studio.Reports.Sections;

/// <summary>What the networks came to that learned beside a student, next to the student itself at the same epoch.</summary>
internal static class PeersSection
{
    public static Section? Of(RunResult run)
    {
        Row[] rows = [.. run.Stages.SelectMany(Rows)];
        return rows.Length == 0 ? null : new("peers", "Networks that learned together", $"""
            {Table.Of("Students and their peers at the last epoch", rows,
            [
                new("stage", row => $"{row.Stage.Name}"),
                new("network", row => $"{row.Network}"),
                new("seeds", row => $"{row.Stage.Seeds.Count}"),
                new("test at the last epoch", row => $"{(row.Stage.Over(row.Accuracy) is { } over ? Numbers.Percent(over, 2) : Numbers.None)}"),
            ])}
            <p class="note">Each learns from the labels and from all others of its stage. The first of a stage is the student, whose numbers the other tables have; its peers are dropped at the end.</p>
            """);
    }

    static IEnumerable<Row> Rows(StageResult stage)
    {
        if (stage.Seeds is not [{ Fit.Peers: { } peers }, ..]) return [];
        return [new(stage, stage.Model, seed => seed.Fit.Last.Test?.Accuracy), .. peers.Select((peer, place) => new Row(stage, $"{peer.Network} (peer)", seed => seed.Fit.Peers?.ElementAtOrDefault(place)?.Last.Test?.Accuracy))];
    }

    sealed record Row(StageResult Stage, string Network, Func<SeedResult, double?> Accuracy);
}
