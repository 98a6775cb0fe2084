using Limbeck.Lab.Recipes;
using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Findings;
using Limbeck.Studio.Reports.Markup;
using Limbeck.Studio.Reports.Statistics;
using Limbeck.Training;

namespace Limbeck.Studio.Reports.Sections;

/// <summary>Published numbers beside ours of the same epoch, and how the protocols differ.</summary>
internal static class PublishedSection
{
    public static Section? Of(RunResult run)
    {
        StageResult[] stages = [.. run.Stages.Where(stage => stage.Published is not null)];
        return stages.Length == 0 ? null : new("published", "Beside the published numbers", $"""
            {Table.Of("Test accuracy, %: published and measured here, mean ± sd over seeds", stages,
            [
                new("stage", stage => $"{stage.Name}"),
                new("published", stage => $"{Numbers.MeanSd(new Spread(stage.Published!.Test, stage.Published.Sd, 1), 2)}"),
                new("ours", stage => $"{Numbers.MeanSd(Ours(stage), 2)}"),
                new("difference", stage => $"{(Ours(stage) is { } ours ? Numbers.Signed(ours.Mean - stage.Published!.Test, 2) : Numbers.None)}", Note: "ours − published"),
                new("seeds", stage => $"{stage.Seeds.Count}"),
                new("read at", stage => $"{ReadAt(stage).Name}", IsText: true),
                new("source", stage => $"{stage.Published!.Source}", IsText: true),
            ])}
            <h3>How the protocols differ</h3>
            <ul class="differences">{Differences(run).Select(sentence => (Html)$"<li>{sentence}</li>")}</ul>
            """);
    }

    static Spread? Ours(StageResult stage) => stage.Over(seed => ReadAt(stage).Reading(seed.Fit).Test?.Accuracy)?.Times(100);

    // Ours at the epoch that the source reads. Networks that learn from synthetic images are tested once.
    static (string Name, Func<FitResult, Reading> Reading) ReadAt(StageResult stage) => stage.Published!.At switch
    {
        PublishedAt.Best when stage.Seeds.All(seed => seed.Fit.TestBest.Test is null) => ("ours last epoch; the source best on test", fit => fit.Last),
        PublishedAt.Last => ("last epoch, both", fit => fit.Last),
        PublishedAt.Best => ("best on test, both: an upper bound", fit => fit.TestBest),
        _ => ("ours chosen by validation; the source does not say", fit => fit.Chosen),
    };

    static IReadOnlyList<string> Differences(RunResult run)
    {
        string[] scale = run.Scale is { } ran && !ran.Equals(nameof(Scale.Full), StringComparison.OrdinalIgnoreCase)
            ? [$"This run is of the scale {ran}; the paper’s protocol is the scale full."] : [];
        string[] all = [.. scale, .. run.Differences];
        return all.Length > 0 ? all : ["The recipe names no difference."];
    }
}
