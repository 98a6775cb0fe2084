using Limbeck.Evaluation;
using Limbeck.Lab.Recipes;
using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports;
using Limbeck.Studio.Tests.Reports.Samples;

namespace Limbeck.Studio.Tests.Reports.Sections;

/// <summary>Sections that are there only where a run has something for them.</summary>
public sealed class AskedForTests
{
    static readonly RunResult Full = SampleRun.Full;

    [Fact]
    public void Robustness_has_the_areas_and_both_curves()
    {
        var text = Text(Full.Map(stage => stage with { Seeds = [.. stage.Seeds.Select(seed => seed with { Robustness = new(Falling(0.015, seed.Seed), Falling(0.08, seed.Seed)) })] }));
        // From 0.8 + 0.01 seed straight to 0: half of it, over three seeds.
        Assert.Contains("student | 41.00 ± 0.50 | 41.00 ± 0.50", text, StringComparison.Ordinal);
        Assert.Contains("[Accuracy on attacked images, % over ε. At the end: teacher 0.00; alone 0.00; student 0.00]", text, StringComparison.Ordinal);
        Assert.Contains("[Accuracy with noise on the weights, % over standard deviation of the noise.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_kind_of_robustness_is_enough()
    {
        var text = Text(Full.Map(stage => stage with { Seeds = [.. stage.Seeds.Select(seed => seed with { Robustness = new(null, Falling(0.08, 1)) })] }));
        Assert.DoesNotContain("attacked images, %", text, StringComparison.Ordinal);
        Assert.Contains("noise on the weights, %", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Latent_spaces_are_drawn_network_by_network()
    {
        LatentSpace space = new("PCA", ["cat", "dog"], [0, 1, 0],
        [
            new("teacher", "its teacher", [0, 1, 2], [3, 4, 5]), new("student", "before training", [0, 1, 2], [3, 4, 5]),
            new("student", Embedding.Aligned, [0, 1, 2], [0, 1, 2]), new("teacher", Embedding.Aligned, [10, 11, 12], [10, 11, 12]),
        ]);
        var text = Text(Full.Map(stage => stage.Name == "student" ? stage with { Latent = space } : stage));
        Assert.Contains("student: 3 test images, PCA", text, StringComparison.Ordinal);
        Assert.Contains("[teacher, its teacher: 3 points of 2 classes on a plane]", text, StringComparison.Ordinal);
        Assert.Contains("[student, aligned: 3 points of 2 classes on a plane]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_are_drawn_for_the_best_seed_and_the_mean()
    {
        var best = Full.Stages[2].Seeds.MaxBy(seed => seed.Fit.Chosen.Validation!.Accuracy)!.Seed;
        var text = Text(Full.Map(stage => stage.Name != "student" ? stage : stage with
        {
            Seeds = [.. stage.Seeds.Select(seed => seed with { Fit = seed.Fit with { Links = [new("stage1", "stage2", seed.Seed / 10.0), new("stage2", "stage2", 1 - seed.Seed / 10.0)] } })],
        }));
        Assert.Contains($"[student, its best seed ({best}), from the heaviest: stage2 to stage2 0.{10 - best}0; stage1 to stage2 0.{best}0]", text, StringComparison.Ordinal);
        Assert.Contains("[student, mean over 3 seeds, from the heaviest: stage2 to stage2 0.80; stage1 to stage2 0.20]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_that_all_seeds_share_are_drawn_once()
    {
        var text = Text(Full.Map(stage => stage.Name != "student" ? stage : stage with { Seeds = [.. stage.Seeds.Select(seed => seed with { Fit = seed.Fit with { Links = [new("a", "b", 1)] } })] }));
        Assert.Contains("[student, from the heaviest: a to b 1.00]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("mean over 3 seeds,", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Traces_of_one_family_share_a_chart()
    {
        var text = Text(Full.Map(stage => stage.Name != "student" ? stage : stage with
        {
            Seeds = [.. stage.Seeds.Select(seed => seed with { Fit = seed.Fit with { Epochs = [.. seed.Fit.Epochs.Select(epoch => epoch with { Metaparameters = Moving(epoch.Epoch) })] } })],
        }));
        Assert.Contains("[lambda of student over epochs. At the end: lambda[b, a] 0.950; lambda[a, a] 0.0500]", text, StringComparison.Ordinal);
        Assert.Contains("[temperature of student over epochs. At the end: temperature 20.0]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Differences_stand_beside_the_published_numbers()
    {
        var text = Text(Full with { Differences = ["The teacher is smaller.", "No augmentation."] });
        Assert.Contains("This run is of the scale desk", text, StringComparison.Ordinal);
        Assert.Contains("The teacher is smaller.\nNo augmentation.\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("names no difference", text, StringComparison.Ordinal);
        Assert.Contains("How the protocols differ\nThe recipe names no difference.\n", Text(Full with { Scale = "full" }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_run_asked_for_is_left_out()
    {
        var text = Text(Full.Map(stage => stage with { Published = null }));
        Assert.All(new[] { "Robustness", "Latent space", "Links between layers", "Metaparameters", "Beside the published numbers" }, title => Assert.DoesNotContain(title, text, StringComparison.Ordinal));
    }

    [Fact]
    public void All_survives_the_way_through_a_file()
    {
        var folder = Directory.CreateTempSubdirectory("limbeck-figures-");
        try
        {
            var run = (Full with { Gallery = null, Differences = ["none"] }).Map(stage => stage with
            {
                Published = new(80, null, "them", PublishedAt.Best),
                Latent = new("PCA", ["cat"], [0], [new("teacher", "its teacher", [0.5f], [-1.25f])]),
                Seeds = [.. stage.Seeds.Select(seed => seed with { Robustness = new(Falling(0.015, 1), null), Fit = seed.Fit with { Links = [new("a", "b", 0.5)] } })],
            });
            var made = new RunFolder(folder.FullName);
            made.WriteResult(run);
            Assert.Equal(Report.Write(run), Report.Write(made.ReadResult()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static RobustnessCurve Falling(double most, int seed) => new([0, most / 2, most], [0.8 + 0.01 * seed, (0.8 + 0.01 * seed) / 2, 0]);

    static Dictionary<string, double> Moving(int epoch) => new(StringComparer.Ordinal) { ["lambda[a, a]"] = 0.05, ["lambda[b, a]"] = 0.95, ["temperature"] = epoch };

    static string Text(RunResult run) => PageText.Of(PageText.Parse(Report.Write(run)));
}
