using Limbeck.Lab.Recipes;
using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Findings;

namespace Limbeck.Studio.Reports;

/// <summary>The paths of a run that begin at one teacher, summed up for each network that they lead to.</summary>
/// <param name="Teacher">The teacher's network.</param>
/// <param name="Rows">A row for each network behind it, the nearest first.</param>
public sealed record PathTable(string Teacher, IReadOnlyList<PathRow> Rows)
{
    static readonly string[] heads = ["to", "paths", "alone %", "direct %", "size rule", "its test %", "best on validation", "its test %"];

    /// <summary>Sums up the paths of a run: none where its stages form no chain.</summary>
    public static IReadOnlyList<PathTable> Of(RunResult run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return [.. PathNode.Trees(run).Select(teacher => Of(run, teacher))];
    }

    /// <summary>Columns for a terminal, and what the size rule rests on.</summary>
    public string ToText()
    {
        string[][] lines = [heads, .. Rows.Select(row => row.Cells)];
        int[] widths = [.. heads.Select((_, column) => lines.Max(cells => cells[column].Length))];
        return $"Paths from {Teacher}\n"
            + string.Concat(lines.Select(cells => string.Join("  ", cells.Select((cell, column) => column is 0 or 4 or 6 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd() + "\n"))
            + string.Concat(Rows.Where(row => row.Grounds.Length > 0).Select(row => row.Grounds + "\n"));
    }

    internal static PathTable Of(RunResult run, PathNode teacher)
    {
        var size = Sizes(teacher);
        // A network that paths lead over comes before those that they lead to.
        var networks = teacher.All.Skip(1).GroupBy(node => node.Model, StringComparer.Ordinal).OrderBy(nodes => nodes.Max(node => node.Before.Count)).Select(nodes => nodes.Key);
        return new(size(teacher.Model), [.. networks.Select(network => PathRow.Of(run, teacher, network, size)).OfType<PathRow>()]);
    }

    /// <summary>What tells the networks of the paths apart.</summary>
    internal static Func<string, string> Sizes(PathNode teacher)
    {
        string[] models = [.. teacher.All.Select(node => node.Model).Distinct(StringComparer.Ordinal)];
        var sizes = models.Zip(ModelSizes.Of(models)).ToDictionary(StringComparer.Ordinal);
        return model => sizes[model];
    }
}
