using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Charts;
using Limbeck.Studio.Reports.Findings;
using Limbeck.Studio.Reports.Markup;
using Limbeck.Studio.Reports.Statistics;

namespace Limbeck.Studio.Reports.Sections;

/// <summary>Chains of teachers: the tree of paths, and what the size rule would have chosen beside what was found best.</summary>
internal static class PathsSection
{
    public static Section? Of(RunResult run)
    {
        var trees = PathNode.Trees(run);
        return trees.Count == 0 ? null : new("paths", "Paths", $"""
            <p class="note">Every network learned from the one left of it; its box tells the test accuracy, %, mean ± sd over seeds.{Thick(run)}{Dashed(run)}</p>
            {trees.Select(tree => Show(run, tree))}{Reasons(run)}
            <p class="note">The size rule takes the one assistant whose accuracy, trained alone, is nearest the mean of teacher’s and student’s; rule and search read the validation images only. The best of many paths owes some of it to chance: where paths differ by less than seeds do, other seeds would choose another.</p>
            """);
    }

    static string Thick(RunResult run) => run.Stages.Any(stage => stage.Over(seed => seed.Fit.Chosen.Validation?.Accuracy) is not null)
        ? " Thick: the path to the last network that is best on the validation images."
        : " None is marked as the best: there are no validation images to choose by.";

    static string Dashed(RunResult run) => run.LeftOut.Count > 0 ? " Dashed: left out, as the list below says." : "";

    static Html Show(RunResult run, PathNode tree)
    {
        var table = PathTable.Of(run, tree);
        return $"""
            {new TreeChart($"Paths from {table.Teacher}: test accuracy, %", Draw(tree)).Render()}
            {Table.Of($"Paths from {table.Teacher}: test accuracy, %, mean ± sd over seeds", table.Rows, columns)}
            {table.Rows.Where(row => row.Grounds.Length > 0).Select(row => (Html)$"<p class=\"note\">{row.Grounds}</p>")}
            """;
    }

    static readonly IReadOnlyList<Column<PathRow>> columns =
    [
        new("student", row => $"{row.Student}"),
        new("paths", row => $"{row.Paths}"),
        new("alone", row => $"{Percent(row.Alone)}"),
        new("from the teacher itself", row => $"{Percent(row.Direct)}"),
        new("size rule", row => Show(row.Rule), Note: "the path over its assistant"),
        new("search", row => Show(row.Best), Note: "the path that validation chose"),
    ];

    static Html Show(PathEnd? end) => end is null ? (Html)$"{Numbers.None}" : $"{Percent(end.Test)} <small>{end.Stage}; validation {Percent(end.Validation)}</small>";

    static Html Reasons(RunResult run) => run.LeftOut.Count == 0 ? Html.Empty : $"""
        <details><summary>{Numbers.Plural(run.LeftOut.Count, "stage")} left out</summary><ul>{run.LeftOut.Select(skipped => (Html)$"<li>{skipped.Stage}: {skipped.Reason}</li>")}</ul></details>
        """;

    static TreeNode Draw(PathNode tree)
    {
        var size = PathTable.Sizes(tree);
        var column = ColumnOf(tree);
        var last = tree.All.MaxBy(column)!.Model;
        var best = tree.All.Where(node => node.Model == last && node.Validation is not null).MaxBy(node => node.Validation!.Value.Mean)?.Path ?? [];
        return Make(tree);

        TreeNode Make(PathNode node) => new(size(node.Model), node.Stage is null ? "left out" : Percent(node.Test), Hint(node), column(node),
            node.Stage is null ? TreeLook.Absent : best.Contains(node) ? TreeLook.Chosen : TreeLook.Plain, [.. node.Next.Select(Make)]);
    }

    // A column for each network; where a path leads twice to the same one, for each step.
    static Func<PathNode, int> ColumnOf(PathNode tree)
    {
        var columns = tree.All.GroupBy(node => node.Model, StringComparer.Ordinal).ToDictionary(nodes => nodes.Key, nodes => nodes.Max(node => node.Before.Count), StringComparer.Ordinal);
        return tree.All.All(node => node.Next.All(next => columns[next.Model] > columns[node.Model])) ? node => columns[node.Model] : node => node.Before.Count;
    }

    static string Hint(PathNode node) => node.Stage is null
        ? $"{node.Name}, {node.Model}: left out"
        : $"{node.Name}, {node.Model}: test {Percent(node.Test)} %{(node.Validation is null ? "" : $", validation {Percent(node.Validation)} %")}";

    static string Percent(Spread? share) => Numbers.MeanSd(share?.Times(100), 2);
}
