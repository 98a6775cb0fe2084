using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Findings;
using Limbeck.Studio.Reports.Markup;

namespace Limbeck.Studio.Reports.Sections;

/// <summary>Time and memory of every stage.</summary>
internal static class CostSection
{
    public static Section? Of(RunResult run) => run.Stages.Count == 0 ? null : new("cost", "Time and memory", $"""
        {Table.Of("Time and memory per stage", run.Stages,
        [
            new("stage", stage => $"{stage.Name}"),
            new("seeds trained here", stage => $"{stage.Seeds.Count(seed => !seed.Reused)}"),
            new("reused from earlier runs", stage => $"{stage.Seeds.Count(seed => seed.Reused)}"),
            new("epochs", stage => $"{Epochs(stage)}"),
            new("time per seed", stage => $"{(stage.Over(seed => seed.Fit.Seconds) is { } time ? Numbers.Duration(time.Mean) : Numbers.None)}"),
            new("time per epoch", stage => $"{(stage.Over(PerEpoch) is { } time ? Numbers.Duration(time.Mean) : Numbers.None)}"),
            new("time spent here", stage => $"{Numbers.Duration(stage.Seeds.Where(seed => !seed.Reused).Sum(seed => seed.Fit.Seconds))}"),
            new("peak memory", stage => $"{(stage.Seeds.Max(seed => seed.Fit.PeakMemoryBytes) is { } peak ? Numbers.Memory(peak) : Numbers.None)}"),
        ])}
        <p class="note">The run took {Numbers.Duration(run.Seconds)} in all. Times hold training and evaluation; those of reused networks are from when they were trained. Peak memory is the largest resident size of the whole process{(run.Jobs == 1 ? "" : "; of stages that ran beside others nobody can tell it, and their times are those of a shared machine")}.</p>
        """);

    static double? PerEpoch(SeedResult seed) => seed.Fit.Epochs.Count > 0 ? seed.Fit.Epochs.Average(epoch => epoch.Seconds) : null;

    static string Epochs(StageResult stage)
    {
        var counts = stage.Seeds.Select(seed => seed.Fit.Epochs.Count).DefaultIfEmpty(0).ToArray();
        return counts.Min() == counts.Max() ? Numbers.Count(counts[0]) : $"{Numbers.Count(counts.Min())} to {Numbers.Count(counts.Max())}";
    }
}
