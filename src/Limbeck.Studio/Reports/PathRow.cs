using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Findings;
using Limbeck.Studio.Reports.Markup;
using Limbeck.Studio.Reports.Statistics;

namespace Limbeck.Studio.Reports;

/// <summary>The paths to one network: what they came to, which of them the size rule foretells, and which is best. Accuracies are shares of the test images.</summary>
/// <param name="Student">The network where they end.</param>
/// <param name="Paths">How many were trained.</param>
/// <param name="Alone">The network trained from labels alone; null where it was not.</param>
/// <param name="Direct">It learned from the teacher itself, over no assistant; null where it did not.</param>
/// <param name="Rule">The path over the one assistant that the size rule names; null where there is no choice, no such path, or no validation images.</param>
/// <param name="Best">The best path by mean validation accuracy over the seeds; null without validation images.</param>
/// <param name="Grounds">What the size rule compares, in a sentence; empty where there is no rule.</param>
public sealed record PathRow(string Student, int Paths, Spread? Alone, Spread? Direct, PathEnd? Rule, PathEnd? Best, string Grounds)
{
    internal static PathRow? Of(RunResult run, PathNode teacher, string student, Func<string, string> size)
    {
        PathNode[] ends = [.. teacher.All.Where(node => node.Model == student && node.Stage is not null)];
        if (ends.Length == 0) return null;
        var rule = SizeRule.Of(run, teacher, student);
        var foretold = rule is null ? null : ends.FirstOrDefault(end => end.Before is [_, var assistant] && assistant.Model == rule.Assistant);
        var best = ends.Where(end => end.Validation is not null).MaxBy(end => end.Validation!.Value.Mean);
        var grounds = rule is null ? "" : $"Alone, {size(teacher.Model)} has {Percent(rule.Teacher)} and {size(student)} {Percent(rule.Student)} of the validation images right, "
            + $"{Percent(rule.Mean)} in the mean: {size(rule.Assistant)} is nearest, with {Percent(rule.Accuracy)}.";
        return new(size(student), ends.Length, run.PlainOf(student)?.Over(Measure.Test.Accuracy), ends.FirstOrDefault(end => end.Before.Count == 1)?.Test, PathEnd.Of(foretold), PathEnd.Of(best), grounds);
    }

    internal string[] Cells => [Student, $"{Paths}", Show(Alone), Show(Direct), Rule?.Stage ?? Numbers.None, Show(Rule?.Test), Best?.Stage ?? Numbers.None, Show(Best?.Test)];

    static string Percent(double share) => $"{Numbers.Fixed(100 * share, 2)} %";

    static string Show(Spread? share) => Numbers.MeanSd(share?.Times(100), 2);
}
