using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports;
using Limbeck.Studio.Reports.Findings;
using Limbeck.Studio.Tests.Reports.Samples;

namespace Limbeck.Studio.Tests.Reports.Findings;

public sealed class VerdictTests
{
    [Fact]
    public void A_gain_beyond_the_spread()
    {
        var finding = Tell([84.2, 84.3, 84.4], [87.0, 86.8, 87.5]);
        Assert.Equal(Outcome.Gain, finding.Outcome);
        Assert.Equal("Learning from “teacher” raised the test accuracy of “student” (plain-cnn-2) from 84.3 ± 0.1 % to 87.1 ± 0.4 % (3 seeds; epoch chosen on validation data).", Plain(finding.Lead));
        // Differences 2.8, 2.5, 3.1: mean 2.8, sd 0.3, half width 4.3027 · 0.3 / √3 = 0.745.
        Assert.Contains("+2.80 ± 0.30 points (95 % t-interval +2.05 to +3.55, 3 pairs)", finding.Grounds[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_beyond_the_spread()
    {
        var finding = Tell([87.0, 86.8, 87.5], [84.2, 84.3, 84.4]);
        Assert.Equal(Outcome.Loss, finding.Outcome);
        Assert.Contains("lowered the test accuracy of “student” (plain-cnn-2) from 87.1 ± 0.4 % to 84.3 ± 0.1 %", Plain(finding.Lead), StringComparison.Ordinal);
        Assert.Contains("−2.80 ± 0.30 points", finding.Grounds[0], StringComparison.Ordinal);
        Assert.DoesNotContain("closes", string.Concat(finding.Grounds), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 84.0, 85, 86 }, new[] { 85.5, 84.8, 86.9 })]
    [InlineData(new[] { 84.0, 85, 86 }, new[] { 84.0, 85, 86 })]
    [InlineData(new[] { 84.0, 85 }, new[] { 84.9, 85.6 })]
    public void A_difference_within_the_spread_is_no_gain(double[] alone, double[] distilled)
    {
        var finding = Tell(alone, distilled);
        Assert.Equal(Outcome.Unclear, finding.Outcome);
        Assert.StartsWith("No gain seen beyond the spread of the seeds", finding.Lead, StringComparison.Ordinal);
    }

    [Fact]
    public void The_control_is_not_the_teacher_where_another_is_there()
    {
        var run = SampleRun.Full.Map(stage => stage.Name == "teacher" ? stage with { Model = "plain-cnn-2", TrainImages = 2000 } : stage);
        var student = run.Stages.Single(stage => stage.Name == "student");
        Assert.Equal("alone", student.ControlIn(run)?.Name);
        Assert.Equal("teacher", student.ControlIn(run with { Stages = [.. run.Stages.Where(stage => stage.Name != "alone")] })?.Name);
    }

    [Theory]
    [InlineData("Learning from “one” raised", "one")]
    [InlineData("Learning from “one” and “two” raised", "one", "two")]
    [InlineData("Learning from “one”, “two” and “three” raised", "one", "two", "three")]
    public void Several_teachers_are_told_as_a_list(string expected, params string[] teachers)
    {
        var run = SampleRun.Full.Map(stage => stage.Name == "student" ? stage with { Teachers = teachers } : stage);
        Assert.StartsWith(expected, Verdict.Of(run)[0].Lead, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_findings_six_are_told_in_the_terminal_and_those_that_are_clear_come_first()
    {
        var sample = SampleRun.Full.WithAccuracies("alone", [84, 85, 86]).WithAccuracies("student", [85.5, 84.8, 86.9]);
        var student = sample.Stages.Single(stage => stage.Name == "student");
        var run = (sample with { Stages = [.. sample.Stages, .. Enumerable.Range(1, 7).Select(i => student with { Name = $"student-{i}" })] }).WithAccuracies("student-2", [80, 81, 82]);
        var told = Report.Conclusions(run);
        Assert.Equal((8, 7), (Verdict.Of(run).Count, told.Count));
        Assert.StartsWith("Learning from “teacher” lowered the test accuracy of “student-2”", told[0], StringComparison.Ordinal);
        Assert.Equal(Verdict.Of(run).Where(finding => finding.Outcome == Outcome.Unclear).Take(5).Select(finding => finding.Lead), told.Skip(1).Take(5));
        Assert.Equal("2 more comparisons: see the report.", told[6]);
        Assert.DoesNotContain(Report.Conclusions(SampleRun.Full), said => said.EndsWith("see the report.", StringComparison.Ordinal));
    }

    // FSP, FitNets, AB: a teacher begins, labels end. What it began is no result.
    [Fact]
    public void The_second_of_two_stages_is_what_counts()
    {
        var student = SampleRun.Full.Stages.Single(stage => stage.Name == "student");
        var run = SampleRun.Full with { Stages = [.. SampleRun.Full.Stages, student with { Name = "second", Teachers = [], Objectives = [], Load = "student" }] };
        var pair = Assert.Single(run.Pairs);
        Assert.Equal(("second", "alone"), (pair.Stage.Name, pair.Control.Name));
        Assert.StartsWith("Learning from “teacher” raised the test accuracy of “second”", Verdict.Of(run)[0].Lead, StringComparison.Ordinal);
        Assert.Equal("labels, starting from student", pair.Stage.Source);
    }

    [Fact]
    public void An_ensemble_is_no_control()
    {
        var alone = SampleRun.Full.Stages.Single(stage => stage.Name == "alone");
        var run = SampleRun.Full with { Stages = [.. SampleRun.Full.Stages.Where(stage => stage.Name != "alone"), alone with { Name = "both", Members = ["alone", "alone"] }] };
        Assert.Empty(run.Pairs);
        Assert.Equal("answers of alone", run.Stages[^1].Source);
    }

    [Fact]
    public void One_seed_proves_nothing()
    {
        var finding = Tell([84], [87]);
        Assert.Equal(Outcome.Unrepeated, finding.Outcome);
        Assert.Contains("+3.00 points on one seed", finding.Grounds[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Unlike_seeds_are_not_paired()
    {
        var run = SampleRun.Full.Map(stage => stage.Name == "student" ? stage with { Seeds = [.. stage.Seeds.Select(seed => seed with { Seed = seed.Seed + 10 })] } : stage);
        var finding = Verdict.Of(run)[0];
        Assert.Equal(Outcome.Unrepeated, finding.Outcome);
        Assert.Contains("not paired", finding.Grounds[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_control_has_the_same_network_and_as_many_images()
    {
        var run = SampleRun.Full.Map(stage => stage.Name == "alone" ? stage with { TrainImages = 4_000 } : stage);
        Assert.Equal(Outcome.Uncontrolled, Verdict.Of(run)[0].Outcome);
    }

    [Fact]
    public void Unequal_training_is_told()
    {
        var run = SampleRun.Full.Map(stage => stage.Name != "alone" ? stage
            : stage with { Seeds = [.. stage.Seeds.Select(seed => seed with { Fit = seed.Fit with { Epochs = [.. seed.Fit.Epochs.Take(10)] } })] });
        Assert.Contains(Verdict.Of(run)[0].Grounds, ground => ground.StartsWith("Unequal training: “student” had up to 20 epochs, “alone” 10", StringComparison.Ordinal));
    }

    [Fact]
    public void Sizes_are_compared_with_the_teacher()
    {
        // 1,186,986 / 94,186 = 12.603; 48,276,480 / 5,983,232 = 8.069.
        Assert.Contains(Verdict.Of(SampleRun.Full)[0].Grounds, ground => ground.Contains("1/12.6 of its parameters and 1/8.1 of its multiply-accumulates", StringComparison.Ordinal));
    }

    [Fact]
    public void Synthetic_images_are_compared_with_random_ones_of_the_same_protocol()
    {
        var run = Sets(SampleRun.Full.WithAccuracies("alone", [31, 30, 32]).WithAccuracies("student", [44, 43, 45.5]));
        var finding = Verdict.Of(run)[0];
        Assert.Equal("Learning from the images of “student”, in place of as many random real ones, raised the test accuracy of plain-cnn-2 from 31.0 ± 1.0 % to 44.2 ± 1.3 % (3 networks; last epoch).", Plain(finding.Lead));
        Assert.Equal(("student", "alone"), (run.Pairs.Single().Stage.Name, run.Pairs.Single().Control.Name));
        Assert.Null(run.Stages.Single(stage => stage.Name == "alone").ControlIn(run));
        Assert.Empty((run with { Sets = [run.Sets[0], run.Sets[1] with { Protocol = "with a teacher" }] }).Pairs);
        Assert.Empty((run with { Sets = [run.Sets[0] with { IsRandom = false }, run.Sets[1]] }).Pairs);
        var table = StageTable.Of(run);
        Assert.Equal("alone", table.Against);
        Assert.Equal([("student", "gains"), ("alone", "alone")], table.Rows.Where(row => row.Stage != "teacher").Select(row => (row.Stage, row.Verdict)));
    }

    [Fact]
    public void Of_synthetic_images_those_come_first_that_do_best()
    {
        var run = Sets(SampleRun.Full.WithAccuracies("alone", [31, 30, 32]).WithAccuracies("student", [44, 43, 45.5]));
        var better = run.Stages.Single(stage => stage.Name == "student");
        better = better with { Name = "better", Seeds = [.. better.Seeds.Select(seed => seed with { Fit = seed.Fit with { Chosen = seed.Fit.Chosen with { Validation = seed.Fit.Chosen.Validation! with { Accuracy = 0.99 } } } })] };
        var both = run with { Stages = [run.Stages[0], better, .. run.Stages.Skip(1)], Sets = [.. run.Sets, run.Sets[1] with { Stage = "better" }] };
        Assert.Contains("the images of “better”", Verdict.Of(both)[0].Lead, StringComparison.Ordinal);
        Assert.Contains("the images of “student”", Verdict.Of(both)[1].Lead, StringComparison.Ordinal);
    }

    // As if the images of two stages had been synthesised, those of 'alone' by chance.
    static RunResult Sets(RunResult run)
    {
        SetPicture random = new("alone", 1, "random, 0 iterations", 20, 1, 1, 2, [1, 0], [10, 20, 30, 40]) { IsRandom = true, Protocol = "as usual" };
        return run.Map(stage => stage.Name == "student" ? stage with { Teachers = [], Objectives = [] } : stage) with { Sets = [random, random with { Stage = "student", IsRandom = false }] };
    }

    static string Plain(string sentence) => sentence.Replace('\u00A0', ' ');

    static Finding Tell(double[] alone, double[] distilled) =>
        Verdict.Of(SampleRun.Full.WithAccuracies("alone", alone).WithAccuracies("student", distilled))[0];
}
