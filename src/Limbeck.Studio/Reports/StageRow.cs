using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Findings;
using Limbeck.Studio.Reports.Markup;
using Limbeck.Studio.Reports.Statistics;

namespace Limbeck.Studio.Reports;

/// <summary>One stage of a <see cref="StageTable"/>.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="Test">Test accuracy at the chosen epoch, in percent.</param>
/// <param name="ToAlone">Its difference to the same network trained alone, or to another stage that was named, in points, seed by seed; null for that one itself, and where the run has none or no seed in common with it.</param>
/// <param name="IsControl">Whether it is what other stages are compared with.</param>
/// <param name="StepMilliseconds">Median time of a training step, the smallest over the seeds; null where it was not measured: other stages always ran beside it, for one.</param>
/// <param name="StepRatio">That over the step of the same network's reference; null where there is none.</param>
/// <param name="PeakMegabytes">Largest resident memory of the process while it was trained; null where others always were at the same time.</param>
public sealed record StageRow(string Stage, Spread Test, PairedDifference? ToAlone, bool IsControl, double? StepMilliseconds, double? StepRatio, double? PeakMegabytes)
{
    internal const string Alone = "alone";

    internal const string RandomImages = "random images";

    /// <summary>What the difference says: gains, loses, no clear difference, not repeated; alone for a control, no control where there is none to compare with.</summary>
    public string Verdict => ToAlone switch
    {
        null => IsControl ? Alone : "no control",
        { Interval: null } => "not repeated",
        { IsClear: false } => "no clear difference",
        { Seeds.Mean: > 0 } => "gains",
        _ => "loses",
    };

    internal static StageRow? Of(StageResult stage, bool isControl, StageResult? control, StageResult? reference)
    {
        if (stage.Over(Percent) is not { } test) return null;
        var (own, plain) = (Step(stage), reference is null ? null : Step(reference));
        return new(stage.Name, test, control is null ? null : PairedDifference.Between(stage, control, Percent), isControl, own, own / plain, stage.Seeds.Max(seed => seed.Fit.PeakMemoryBytes) / 1e6);
    }

    internal string[] Cells(bool areRatios, string against) =>
    [
        Stage, IsControl ? against : Verdict, Numbers.MeanSd(Test, 2),
        ToAlone is { } difference ? $"{Numbers.Signed(difference.Seeds.Mean, 2)}{(difference.Seeds.Sd is { } sd ? $" ± {Numbers.Fixed(sd, 2)}" : "")}" : Numbers.None,
        ToAlone?.Interval is { } interval ? $"{Numbers.Signed(interval.Low, 2)} to {Numbers.Signed(interval.High, 2)}" : Numbers.None,
        StepRatio is { } ratio ? Numbers.Fixed(ratio, 2) : StepMilliseconds is { } step ? Numbers.Fixed(step, 1) + (areRatios ? " ms" : "") : Numbers.None,
        PeakMegabytes is { } peak ? Numbers.Fixed(peak, 0) : Numbers.None,
    ];

    static double? Percent(SeedResult seed) => 100 * Measure.Test.Accuracy(seed);

    // Whatever else a machine does makes a step slower, never faster.
    internal static double? Step(StageResult stage) => stage.Seeds.Min(seed => seed.Fit.StepMilliseconds);
}
