using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports;
using Limbeck.Studio.Tests.Reports.Samples;

namespace Limbeck.Studio.Tests.Reports;

public sealed class PathTableTests
{
    // Mean of teacher and student: 75 on validation, where 6 is nearest; 78 on test, where 4 is.
    static readonly RunResult Run = SamplePaths.Of(("10", 90, 96), ("6", 76, 70), ("4", 70, 78), ("2", 60, 60),
        ("10-6", 77, 71), ("10-4", 71, 79), ("10-6-4", 72, 80), ("10-2", 61, 64), ("10-6-2", 63, 62), ("10-4-2", 62, 65), ("10-6-4-2", 64, 63));

    [Fact]
    public void Rule_and_search_choose_by_validation_and_tell_the_test()
    {
        var to2 = Assert.Single(PathTable.Of(Run)).Rows[^1];
        Assert.Equal(("2", 4), (to2.Student, to2.Paths));
        Assert.Equal("10-6-2", to2.Rule!.Stage);
        Assert.Equal(0.62, to2.Rule.Test!.Value.Mean, 1e-12);
        Assert.Equal("10-6-4-2", to2.Best!.Stage);
        Assert.Equal(0.63, to2.Best.Test!.Value.Mean, 1e-12);
        Assert.Equal((0.60, 0.64), (to2.Alone!.Value.Mean, to2.Direct!.Value.Mean), (a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-12);
        Assert.Equal("Alone, 10 has 90.00 % and 2 60.00 % of the validation images right, 75.00 % in the mean: 6 is nearest, with 76.00 %.", to2.Grounds);
    }

    [Fact]
    public void Every_network_behind_the_teacher_has_a_row_and_those_with_assistants_a_rule()
    {
        var rows = PathTable.Of(Run)[0].Rows;
        Assert.Equal([("6", 1), ("4", 2), ("2", 4)], rows.Select(row => (row.Student, row.Paths)));
        Assert.Null(rows[0].Rule);
        Assert.Equal("10-6-4", rows[1].Rule!.Stage);
    }

    [Fact]
    public void Reads_in_a_terminal() => Assert.Equal("""
        Paths from 10
        to  paths       alone %      direct %  size rule    its test %  best on validation    its test %
        6       1  70.00 ± 0.30  71.00 ± 0.30  –                     –  10-6                71.00 ± 0.30
        4       2  78.00 ± 0.30  79.00 ± 0.30  10-6-4     80.00 ± 0.30  10-6-4              80.00 ± 0.30
        2       4  60.00 ± 0.30  64.00 ± 0.30  10-6-2     62.00 ± 0.30  10-6-4-2            63.00 ± 0.30
        Alone, 10 has 90.00 % and 4 70.00 % of the validation images right, 80.00 % in the mean: 6 is nearest, with 76.00 %.
        Alone, 10 has 90.00 % and 2 60.00 % of the validation images right, 75.00 % in the mean: 6 is nearest, with 76.00 %.

        """, PathTable.Of(Run)[0].ToText());

    [Fact]
    public void Without_validation_images_nothing_is_chosen()
    {
        var rows = PathTable.Of(Run.MapFits(fit => fit with { Chosen = fit.Chosen with { Validation = null } }))[0].Rows;
        Assert.All(rows, row => Assert.True(row is { Rule: null, Best: null, Grounds: "" }));
        Assert.Equal(0.64, rows[^1].Direct!.Value.Mean, 1e-12);
    }

    [Fact]
    public void Without_the_networks_alone_there_is_no_rule()
    {
        var rows = PathTable.Of(Run with { Stages = [.. Run.Stages.Where(stage => stage.Name is not "2")] })[0].Rows;
        Assert.Null(rows[^1].Rule);
        Assert.NotNull(rows[^2].Rule);
    }

    [Fact]
    public void Stages_that_were_not_run_are_no_paths()
    {
        var rows = PathTable.Of(SamplePaths.Thinned)[0].Rows;
        Assert.Equal(6, rows[^1].Paths);
        // The rule names 4, whose path the beam cut off.
        Assert.Null(rows[^1].Rule);
        Assert.Contains("4 is nearest", rows[^1].Grounds, StringComparison.Ordinal);
    }

    [Fact]
    public void One_step_is_no_chain() => Assert.Empty(PathTable.Of(SampleRun.Full));

    [Fact]
    public void A_stage_with_several_teachers_stands_behind_the_farthest()
    {
        var run = Run.Map(stage => stage.Name == "10-6-4" ? stage with { Teachers = ["10", "10-6"] } : stage.Name == "10-6-4-2" ? stage with { Teachers = ["10", "10-6-4", "10-6"] } : stage);
        Assert.Equal(PathTable.Of(Run)[0].ToText(), PathTable.Of(run)[0].ToText());
    }

    [Fact]
    public void The_order_of_the_stages_does_not_matter() =>
        Assert.Equal(PathTable.Of(Run)[0].Rows, PathTable.Of(Run with { Stages = [.. Run.Stages.Reverse()] })[0].Rows);

    [Fact]
    public void Each_teacher_has_its_own()
    {
        var other = Run.Stages.Where(stage => stage.Name.StartsWith("10", StringComparison.Ordinal)).Select(stage => stage with { Name = "b" + stage.Name, Teachers = [.. stage.Teachers.Select(name => "b" + name)] });
        Assert.Equal(["10", "10"], PathTable.Of(Run with { Stages = [.. Run.Stages, .. other] }).Select(table => table.Teacher));
    }
}
