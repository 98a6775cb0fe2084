using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Markup;
using Limbeck.Studio.Reports.Statistics;

namespace Limbeck.Studio.Reports.Findings;

/// <summary>What a comparison rests on, and what speaks against it.</summary>
internal static class Grounds
{
    public static IReadOnlyList<string> Of(RunResult run, StageResult stage, StageResult control, Measure measure, PairedDifference? difference) =>
        [.. new[] { Pairing(stage, control, measure, difference), Teacher(run, stage, control, measure, difference), Length(stage, control), Tuning(stage), Validation(measure) }.OfType<string>()];

    static string Pairing(StageResult stage, StageResult control, Measure measure, PairedDifference? difference)
    {
        if (difference is not { } d)
            return $"{stage.Quoted} and {control.Quoted} were trained from different seeds, so they are not paired.";
        if (d.Interval is not { } interval)
            return $"The difference is {Numbers.Signed(100 * d.Seeds.Mean, 2)} points on one seed, which says nothing of the spread: repeat it with more seeds.";
        return $"Seed by seed, {stage.Quoted} minus {control.Quoted} is {Numbers.Signed(100 * d.Seeds.Mean, 2)} ± {Numbers.Fixed(100 * d.Seeds.Sd!.Value, 2)} points"
            + $" (95 % t-interval {Numbers.Signed(100 * interval.Low, 2)} to {Numbers.Signed(100 * interval.High, 2)}, {d.Seeds.Count} pairs)."
            + $" The interval speaks for the seeds, not for other {measure.Split} images.";
    }

    static string? Teacher(RunResult run, StageResult stage, StageResult control, Measure measure, PairedDifference? difference)
    {
        if (stage.TeacherIn(run) is not { } teacher || teacher.Over(measure.Accuracy) is not { } top)
            return null;
        var size = Ratio(teacher.Parameters, stage.Parameters) is { } parameters && Ratio(teacher.Macs, stage.Macs) is { } macs
            ? $"; {stage.Quoted} has 1/{parameters} of its parameters and 1/{macs} of its multiply-accumulates" : "";
        var gap = top.Mean - control.Over(measure.Accuracy)?.Mean;
        var closed = difference is { IsClear: true, Seeds.Mean: > 0 } && gap > 0
            ? $". The gain closes {Numbers.Fixed(100 * difference.Value.Seeds.Mean / gap.Value, 0)} % of the gap from {control.Quoted} to it" : "";
        return $"{teacher.Quoted} ({teacher.Model}) stands at {Numbers.Percent(top, 1)}{size}{closed}.";
    }

    static string? Length(StageResult stage, StageResult control)
    {
        var (with, alone) = (Epochs(stage), Epochs(control));
        return with == alone ? null : $"Unequal training: {stage.Quoted} had up to {with} epochs, {control.Quoted} {alone}. Part of the difference may come from that.";
    }

    static string? Tuning(StageResult stage) => stage.Seeds.All(seed => seed.Fit.TunedOn != "validation") ? null
        : $"The metaparameters of {stage.Quoted} learned from the validation images, which then chose its epoch: accuracy on those flatters it, that on the test images does not.";

    static string? Validation(Measure measure) => measure == Measure.Test ? null
        : "There is no test set: accuracy on the images that chose the epoch flatters every stage.";

    static int Epochs(StageResult stage) => stage.Seeds.Max(seed => seed.Fit.Epochs.Count);

    static string? Ratio(long big, long small) => small > 0 && big > small ? Numbers.Fixed((double)big / small, 1) : null;
}
