using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Markup;
using Limbeck.Studio.Reports.Statistics;

namespace Limbeck.Studio.Reports.Findings;

/// <summary>What a run shows, said no stronger than its seeds allow: a gain or loss only where the 95 % interval of the paired difference leaves zero out.</summary>
internal static class Verdict
{
    /// <summary>The findings, the most telling first: the last distilled stage that has a control, then the others; of synthetic images, those that validation images like best.</summary>
    public static IReadOnlyList<Finding> Of(RunResult run)
    {
        var pairs = run.Pairs;
        if (pairs.Count > 0)
            return [.. pairs.Reverse().OrderByDescending(pair => pair.Stage.SetIn(run) is null ? null : pair.Stage.Over(seed => seed.Fit.Chosen.Validation?.Accuracy)?.Mean).Select(pair => Compare(run, pair.Stage, pair.Control))];
        var last = run.Stages.LastOrDefault(stage => stage.IsDistilled) ?? (run.Stages.Count > 0 ? run.Stages[^1] : null);
        return [last is null ? new(Outcome.Unmeasured, "This run has no stages: there is nothing to report.", []) : Alone(run, last)];
    }

    static Finding Alone(RunResult run, StageResult stage)
    {
        if (Measure.Of(stage) is not { } measure || stage.Over(measure.Accuracy) is not { } accuracy)
            return new(Outcome.Unmeasured, $"{stage.Quoted} was trained, but its accuracy was not measured.", []);
        var lead = $"{stage.Quoted} ({stage.Model}) reached a {measure.Split} accuracy of {Numbers.Percent(accuracy, 1)} ({Footing(run, stage, accuracy.Count)}).";
        return new(Outcome.Uncontrolled, lead, stage.IsDistilled
            ? [$"No stage trained {stage.Model} alone on the same number of images, so this run cannot say what learning from a teacher is worth."]
            : ["Nothing in this run learned from a teacher."]);
    }

    static Finding Compare(RunResult run, StageResult stage, StageResult control)
    {
        if (Measure.Of(stage, control) is not { } measure || stage.Over(measure.Accuracy) is not { } with || control.Over(measure.Accuracy) is not { } alone)
            return new(Outcome.Unmeasured, $"{stage.Quoted} and {control.Quoted} were trained, but not measured on the same images.", []);

        var difference = PairedDifference.Between(stage, control, measure.Accuracy);
        var outcome = difference switch
        {
            null or { Interval: null } => Outcome.Unrepeated,
            { IsClear: false } => Outcome.Unclear,
            { Seeds.Mean: > 0 } => Outcome.Gain,
            _ => Outcome.Loss,
        };
        var (before, after) = (Numbers.Percent(alone, 1), Numbers.Percent(with, 1));
        var footing = Footing(run, stage, difference?.Seeds.Count ?? 0);
        var (source, student, by, other) = stage.SetIn(run) is null
            ? Taught(run, stage)
            : ($"the images of {stage.Quoted}, in place of as many random real ones,", stage.Model, $"from the images of {stage.Quoted}", "from as many random real ones");
        var lead = outcome switch
        {
            Outcome.Gain => $"Learning from {source} raised the {measure.Split} accuracy of {student} from {before} to {after} ({footing}).",
            Outcome.Loss => $"Learning from {source} lowered the {measure.Split} accuracy of {student} from {before} to {after} ({footing}).",
            Outcome.Unclear => $"No gain seen beyond the spread of the seeds: {student} reached {after} {measure.Split} accuracy {by} and {before} {other} ({footing}).",
            _ => $"Not repeated, so no conclusion: {student} reached {after} {measure.Split} accuracy {by} and {before} {other} ({footing}).",
        };
        return new(outcome, lead, Grounds.Of(run, stage, control, measure, difference));
    }

    static (string Source, string Student, string With, string Without) Taught(RunResult run, StageResult stage)
    {
        var names = stage.TeachersIn(run).Select(teacher => $"“{teacher}”").ToArray();
        var teachers = names is [.. var first, var last] && first.Length > 0 ? $"{string.Join(", ", first)} and {last}" : names[0];
        return (teachers, $"{stage.Quoted} ({stage.Model})", $"with {teachers}", "alone");
    }

    static string Footing(RunResult run, StageResult stage, int seeds) => stage.SetIn(run) is not null && seeds > 0 ? $"{Numbers.Plural(seeds, "network")}; last epoch"
        : (seeds == 0 ? "no seed in common" : Numbers.Plural(seeds, "seed")) + (stage.IsChosenOnValidation ? "; epoch chosen on validation data" : "; last epoch, for want of a validation split");
}
