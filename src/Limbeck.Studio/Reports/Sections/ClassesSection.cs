using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Charts;
using Limbeck.Studio.Reports.Findings;
using Limbeck.Studio.Reports.Markup;
using Limbeck.Studio.Reports.Statistics;

namespace Limbeck.Studio.Reports.Sections;

/// <summary>Which classes gain from the teacher and which lose, for every distilled stage that has a control.</summary>
internal static class ClassesSection
{
    // Twice this many bars at most: the ends of a long list are what one looks for.
    const int MostAtEachEnd = 15;

    public static Section? Of(RunResult run)
    {
        var figures = run.Pairs.Where(pair => pair.Stage.SetIn(run) is null).Select(pair => Compare(run, pair.Stage, pair.Control)).Where(figure => !figure.IsEmpty).ToArray();
        return figures.Length == 0 ? null : new("classes", "Gain per class", $"""
            <p class="note">Test accuracy with the teacher minus alone, in points, paired by seed and sorted. A class has about {Numbers.Count(run.Dataset.Test / Math.Max(1, run.Dataset.ClassNames.Count))} test images; bars shorter than the scatter of their dots mean nothing.</p>
            {figures}
            """);
    }

    static Html Compare(RunResult run, StageResult stage, StageResult control)
    {
        var classes = Enumerable.Range(0, run.Dataset.ClassNames.Count).Select(label => ClassGain.Of(run, stage, control, label)).OfType<ClassGain>()
            .OrderByDescending(gain => gain.Difference.Mean).ToArray();
        if (classes.Length == 0)
            return Html.Empty;
        var shown = classes.Length <= 2 * MostAtEachEnd ? classes : [.. classes[..MostAtEachEnd], .. classes[^MostAtEachEnd..]];
        var title = $"{stage.Name} minus {control.Name}, points" + (shown.Length < classes.Length ? $" ({MostAtEachEnd} classes at each end)" : "");
        var place = run.PlaceOf(stage);
        var chart = new BarChart(title, [.. shown.Select(gain => new Bar(gain.Name, place, gain.Seeds, Numbers.Signed(gain.Difference.Mean, 1)))], FromZero: true);
        var table = Table.Of($"Test accuracy per class, {stage.Name} and {control.Name}", classes,
        [
            new("class", gain => $"{gain.Name}"),
            new($"{control.Name}, %", gain => $"{Numbers.MeanSd(gain.Alone, 1)}"),
            new($"{stage.Name}, %", gain => $"{Numbers.MeanSd(gain.Distilled, 1)}"),
            new("difference", gain => $"{Signed(gain.Difference)}"),
        ]);
        return $"""<div class="charts">{chart.Render()}{(classes.Length <= MostAtEachEnd ? table : $"<details><summary>All {classes.Length} classes as a table</summary>{table}</details>")}</div>""";
    }

    static string Signed(Spread spread) => Numbers.Signed(spread.Mean, 1) + (spread.Sd is { } sd ? $" ± {Numbers.Fixed(sd, 1)}" : "");

    sealed record ClassGain(string Name, Spread Alone, Spread Distilled, Spread Difference, IReadOnlyList<double> Seeds)
    {
        public static ClassGain? Of(RunResult run, StageResult stage, StageResult control, int label)
        {
            double? Read(SeedResult seed) => seed.Fit.Chosen.Test is { } test && label < test.PerClass.Count ? 100 * test.PerClass[label] : null;
            double[] seeds = [.. PairedDifference.Pairs(stage, control, Read)];
            return stage.Over(Read) is { } distilled && control.Over(Read) is { } alone && Spread.Of(seeds) is { } difference
                ? new(run.ClassName(label), alone, distilled, difference, seeds) : null;
        }
    }
}
