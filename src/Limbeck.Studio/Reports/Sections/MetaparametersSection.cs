using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Charts;
using Limbeck.Studio.Reports.Markup;

namespace Limbeck.Studio.Reports.Sections;

/// <summary>How metaparameters moved during training, epoch by epoch.</summary>
internal static class MetaparametersSection
{
    public static Section? Of(RunResult run)
    {
        Html[] charts = [.. run.Stages.SelectMany(Charts)];
        return charts.Length == 0 ? null : new("traces", "Metaparameters", $"""
            <p class="note">What the training itself adjusts, at the end of each epoch: mean over seeds, band of one standard deviation.</p>
            <div class="charts">{charts}</div>
            """);
    }

    static IEnumerable<Html> Charts(StageResult stage)
    {
        var names = stage.Seeds.SelectMany(seed => seed.Fit.Epochs).SelectMany(epoch => epoch.Metaparameters?.Keys ?? []).Distinct(StringComparer.Ordinal);
        return names.GroupBy(Family).Select(family =>
            new LineChart($"{family.Key} of {stage.Name}", [.. family.Select((name, i) => Trace(stage, name, i))], "epoch", Numbers.Significant).Render());
    }

    // lambda[stage1, stage2] and its like share one scale; a temperature has another.
    static string Family(string name) => name.Split('[')[0];

    static Line Trace(StageResult stage, string name, int place) => new(name, place,
        [.. stage.Seeds.Select(seed => seed.Fit.Epochs.Where(epoch => epoch.Metaparameters?.ContainsKey(name) ?? false).Select(epoch => new Point(epoch.Epoch, epoch.Metaparameters![name])).ToArray())]);
}
