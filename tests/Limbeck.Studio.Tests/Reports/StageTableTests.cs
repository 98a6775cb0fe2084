using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports;
using Limbeck.Studio.Tests.Reports.Samples;

namespace Limbeck.Studio.Tests.Reports;

public sealed class StageTableTests
{
    const string Labels = "1 · cross-entropy", Soft = "0.9 · soft-targets (temperature = 4, reduction = BatchMean)";

    static readonly RunResult Run = Of(
        Stage("teacher", "resnet-56", [], [], 30, 90, 90, 90),
        Stage("alone", "resnet-20", [], [], 10, 70.0, 70.2, 70.4),
        Stage("kd", "resnet-20", ["teacher"], ["0.1 · cross-entropy", Soft], 20, 72.8, 72.7, 73.5),
        Stage("dist", "resnet-20", ["teacher"], [Labels, "1 · dist (beta = 1, gamma = 1)"], 25, 71.0, 70.0, 70.5),
        Stage("ab-start", "resnet-20", ["teacher"], ["1 · ab (scale = RepDistiller)"], 22, 1.0, 1.1, 1.2),
        Stage("ab", "resnet-20", [], [Labels], 10, 69.0, 69.3, 69.3) with { Load = "ab-start" },
        Stage("smooth", "resnet-20", [], ["1 · label-smoothing (smoothing = 0.1)"], 11, 70.6),
        Stage("simkd", "resnet-20+head-of-resnet-56", ["teacher"], ["1 · simkd"], 40, 73.0, 73.2, 73.4));

    [Fact]
    public void Every_stage_of_the_student_stands_beside_the_control()
    {
        var table = StageTable.Of(Run);
        Assert.Equal(["simkd", "kd", "smooth", "dist", "alone", "ab"], table.Rows.Select(row => row.Stage));
        Assert.Equal(["gains", "gains", "not repeated", "no clear difference", "alone", "loses"], table.Rows.Select(row => row.Verdict));
        Assert.Equal("alone", Assert.Single(table.Rows, row => row.IsControl).Stage);
        // Differences 2.8, 2.5, 3.1: mean 2.8, sd 0.3.
        var difference = table.Rows[1].ToAlone!.Value;
        Assert.Equal(2.8, difference.Seeds.Mean, 9);
        Assert.Equal(0.3, difference.Seeds.Sd!.Value, 9);
    }

    // Half widths with t = 4.3027 and √3: sd 0.3 gives 0.745; 0.6245 (of 1.0, −0.2, 0.1) 1.551; 0.1 (of −1.0, −0.9, −1.1) 0.248.
    [Fact]
    public void Text() => Assert.Equal("""
        stage   against alone              test %    difference   95 % interval  step / kd  peak MB
        simkd   gains                73.20 ± 0.20  +3.00 ± 0.00  +3.00 to +3.00       2.00      500
        kd      gains                73.00 ± 0.44  +2.80 ± 0.30  +2.05 to +3.55       1.00      500
        smooth  not repeated                70.60         +0.60               –       0.55      500
        dist    no clear difference  70.50 ± 0.50  +0.30 ± 0.62  −1.25 to +1.85       1.25      500
        alone   alone                70.20 ± 0.20             –               –       0.50      500
        ab      loses                69.20 ± 0.17  −1.00 ± 0.10  −1.25 to −0.75       0.50      500
        """, StageTable.Of(Run).ToText().TrimEnd());

    [Fact]
    public void Markdown() => Assert.Equal("""
        | stage | against alone | test % | difference | 95 % interval | step / kd | peak MB |
        |---|---|--:|--:|--:|--:|--:|
        | kd | gains | 73.00 ± 0.44 | +2.80 ± 0.30 | +2.05 to +3.55 | 1.00 | 500 |
        | alone | alone | 70.20 ± 0.20 | – | – | 0.50 | 500 |

        """, StageTable.Of(Only("teacher", "alone", "kd")).ToMarkdown());

    // Differences to kd: dist −1.8, −2.7, −3.0 with sd 0.6245; simkd 0.2, 0.5, −0.1 with sd 0.3.
    [Fact]
    public void Any_stage_may_be_what_others_are_compared_with()
    {
        Assert.Equal("""
            stage  against kd                 test %    difference   95 % interval  step / kd  peak MB
            simkd  no clear difference  73.20 ± 0.20  +0.20 ± 0.30  −0.55 to +0.95       2.00      500
            kd     kd                   73.00 ± 0.44             –               –       1.00      500
            dist   loses                70.50 ± 0.50  −2.50 ± 0.62  −4.05 to −0.95       1.25      500
            """, StageTable.Of(Only("teacher", "kd", "dist", "simkd"), against: "kd").ToText().TrimEnd());
        Assert.Contains("has no stage 'dk'; it has teacher, kd", Assert.Throws<ArgumentException>(() => StageTable.Of(Only("teacher", "kd"), "dk")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_student_without_a_control_is_not_alone()
    {
        var table = StageTable.Of(Only("teacher", "kd", "ab-start", "ab", "smooth"));
        Assert.All(table.Rows, row => Assert.Equal(("no control", false), (row.Verdict, row.IsControl)));
        Assert.Equal(["kd", "smooth", "ab"], table.Rows.Select(row => row.Stage));
    }

    [Fact]
    public void A_control_that_another_stage_starts_from_stays() =>
        Assert.Equal(["kd", "alone"], StageTable.Of(Only("teacher", "alone", "kd").Map(stage => stage.Name == "kd" ? stage with { Load = "alone" } : stage)).Rows.Select(row => row.Stage));

    [Fact]
    public void A_teacher_of_the_same_kind_is_a_row_too()
    {
        var rows = StageTable.Of(Only("teacher", "alone", "kd").Map(stage => stage.Name == "teacher" ? stage with { Model = "resnet-20" } : stage)).Rows;
        Assert.Equal([("teacher", false), ("kd", false), ("alone", true)], rows.Select(row => (row.Stage, row.IsControl)));
        Assert.Equal(19.8, rows[0].ToAlone!.Value.Seeds.Mean, 9);
    }

    [Fact]
    public void Steps_that_nobody_measured_are_no_reference()
    {
        var table = StageTable.Of(Run.MapFits(fit => fit with { StepMilliseconds = null }));
        Assert.Empty(table.References);
        Assert.All(table.Rows, row => Assert.Equal("–", row.Cells(areRatios: false, "alone")[5]));
    }

    [Theory]
    [InlineData("1 · cross-entropy", "1 · online-soft-targets")]
    [InlineData("1 · dist (beta = 1)", "1 · soft-targets (temperature = 4)")]
    [InlineData("1 · cross-entropy", "1 · soft-targets-of-others (temperature = 4)")]
    [InlineData("1 · cross-entropy", "1 · soft-targets (temperature = 4)", "1 · at")]
    public void Only_plain_soft_targets_are_a_reference(params string[] objectives)
    {
        var table = StageTable.Of(Only("teacher", "alone", "kd").Map(stage => stage.Name == "kd" ? stage with { Objectives = objectives } : stage));
        Assert.Empty(table.References);
        Assert.Contains("step ms", table.ToText(), StringComparison.Ordinal);
        Assert.All(table.Rows, row => Assert.Null(row.StepRatio));
    }

    [Fact]
    public void Costs_are_told_within_one_network()
    {
        var table = StageTable.Of(Run with
        {
            Stages =
            [
                .. Only("teacher", "alone", "kd").Stages,
                Stage("kd-8", "vgg-8", ["teacher"], [Soft], 8, 60),
                Stage("at-8", "vgg-8", ["teacher"], [Labels, "1 · at"], 10, 59),
                Stage("at-16", "wrn-16-2", ["teacher"], [Labels, "1 · at"], 12, 58),
            ],
        });
        Assert.Equal(["kd", "kd-8"], table.References);
        Assert.Equal([1, 0.5, 1, 1.25, null], table.Rows.Select(row => row.StepRatio));
        Assert.Equal("| at-16 | no control | 58.00 | – | – | 12.0 ms | 500 |", table.ToMarkdown().TrimEnd().Split('\n')[^1]);
        Assert.Contains("step / soft-targets", table.ToText(), StringComparison.Ordinal);
    }

    static RunResult Of(params StageResult[] stages) => SampleRun.Full with { Stages = stages };

    static RunResult Only(params string[] names) => Run with { Stages = [.. Run.Stages.Where(stage => names.Contains(stage.Name, StringComparer.Ordinal))] };

    // Steps of later seeds are slower: the smallest counts.
    static StageResult Stage(string name, string model, string[] teachers, string[] objectives, double step, params double[] percent)
    {
        var made = Of(SampleRun.Full.Stages[1] with { Name = name, Model = model, Teachers = teachers, Objectives = objectives, Published = null }).WithAccuracies(name, percent).Stages[0];
        return made with { Seeds = [.. made.Seeds.Select(seed => seed with { Fit = seed.Fit with { StepMilliseconds = step + seed.Seed - 1, PeakMemoryBytes = 500_000_000 } })] };
    }
}
