using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Findings;

namespace Limbeck.Studio.Reports;

/// <summary>The students of one run side by side: what each reached, how that differs from the same network alone, and what a step of it costs.</summary>
/// <param name="References">The stages that costs are told against: of each network the first that learned from plain soft targets, where it has one.</param>
/// <param name="Rows">All stages of the networks that learned from more than the labels, best first; without those that another stage starts from, unless they are a control.</param>
public sealed record StageTable(IReadOnlyList<string> References, IReadOnlyList<StageRow> Rows)
{
    /// <summary>What stages are compared with: a stage's name, alone for the same network trained alone, or random images.</summary>
    public string Against { get; private init; } = StageRow.Alone;

    /// <summary>Lays the students of a run side by side.</summary>
    /// <param name="run">The run.</param>
    /// <param name="against">The stage that the others with its network are compared with. Null: each with the same network alone.</param>
    /// <exception cref="ArgumentException">The run has no such stage.</exception>
    public static StageTable Of(RunResult run, string? against = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (against is not null) return Beside(run, run.Stages.FirstOrDefault(stage => stage.Name == against)
            ?? throw new ArgumentException($"{run.Name} has no stage '{against}'; it has {string.Join(", ", run.Stages.Select(stage => stage.Name))}", nameof(against)));
        StageResult[] controls = [.. run.Stages.Select(stage => stage.ControlIn(run)).OfType<StageResult>().DistinctBy(stage => stage.Name)];
        var students = run.Stages.Where(stage => !stage.IsPlain || stage.SetIn(run) is not null).Select(stage => stage.Body).ToHashSet(StringComparer.Ordinal);
        StageResult[] shown = [.. run.Stages.Where(stage => students.Contains(stage.Body) && (controls.Contains(stage) || !stage.IsStartIn(run)))];
        var references = shown.Where(stage => stage.IsPlainDistillation && StageRow.Step(stage) is not null).DistinctBy(stage => stage.Body).ToDictionary(stage => stage.Body, StringComparer.Ordinal);
        return new([.. references.Values.Select(stage => stage.Name)],
            [.. shown.Select(stage => StageRow.Of(stage, controls.Contains(stage), Control(stage), references.GetValueOrDefault(stage.Body))).OfType<StageRow>().OrderByDescending(row => row.Test.Mean)])
        {
            Against = controls.Length > 0 && controls.All(control => control.SetIn(run) is not null) ? controls.Length == 1 ? controls[0].Name : StageRow.RandomImages : StageRow.Alone,
        };

        // A second plain stage, a teacher of the student's kind for one, is compared as well.
        StageResult? Control(StageResult stage) => controls.Contains(stage) ? null
            : stage.ControlIn(run) ?? controls.FirstOrDefault(other => other.Body == stage.Body && other.TrainImages == stage.TrainImages);
    }

    static StageTable Beside(RunResult run, StageResult named)
    {
        var reference = StageRow.Step(named) is null ? null : named;
        return new(reference is null ? [] : [named.Name], [.. run.Stages.Where(stage => stage.Body == named.Body)
            .Select(stage => StageRow.Of(stage, stage == named, stage == named ? null : named, reference)).OfType<StageRow>().OrderByDescending(row => row.Test.Mean)]) { Against = named.Name };
    }

    /// <summary>Columns for a terminal.</summary>
    public string ToText() => Laid((cells, widths) => string.Join("  ", cells.Select((cell, column) => column < 2 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd());

    /// <summary>A table in Markdown.</summary>
    public string ToMarkdown()
    {
        var lines = Laid((cells, widths) => $"| {string.Join(" | ", cells)} |").Split('\n');
        return string.Join('\n', [lines[0], $"|---|---|{string.Concat(Enumerable.Repeat("--:|", Heads.Length - 2))}", .. lines[1..]]);
    }

    string[] Heads => ["stage", $"against {Against}", "test %", "difference", "95 % interval", Cost, "peak MB"];

    // A network without a reference has milliseconds among the ratios of others.
    string Cost => References switch
    {
        [] => "step ms",
        [var only] => $"step / {only}",
        _ => "step / soft-targets",
    };

    string Laid(Func<string[], int[], string> line)
    {
        string[][] all = [Heads, .. Rows.Select(row => row.Cells(References.Count > 0, Against))];
        int[] widths = [.. Heads.Select((_, column) => all.Max(cells => cells[column].Length))];
        return string.Concat(all.Select(cells => line(cells, widths) + "\n"));
    }
}
