using System.Globalization;
using System.Xml.Linq;
using Limbeck.Lab.Recipes;
using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports;
using Limbeck.Studio.Tests.Reports.Samples;
using Limbeck.Training;

namespace Limbeck.Studio.Tests.Reports;

/// <summary>Runs that lack something still make a page that makes sense.</summary>
public sealed class SparseRunTests
{
    static readonly RunResult Full = SampleRun.Full;

    [Fact]
    public void With_paths()
    {
        var page = PageText.Parse(Report.Write(SamplePaths.Thinned));
        var section = page.Descendants("section").Single(part => part.Attribute("id")!.Value == "paths");
        Golden.Verify("paths.txt", PageText.Of(new("html", new XElement("body", section))));
        string[] chosen = [.. section.Descendants("g").Where(group => group.Attribute("class")!.Value.EndsWith("chosen", StringComparison.Ordinal)).Elements("title").Select(title => title.Value.Split(',')[0])];
        Assert.Equal(["10", "10-8", "10-8-6", "10-8-6-4", "10-8-6-4-2"], chosen);
        Assert.Equal(2, section.Descendants("g").Count(group => group.Attribute("class")!.Value == "absent" && group.Element("rect") is not null));
    }

    [Fact]
    public void Without_paths() => Assert.DoesNotContain("Paths", Text(Full), StringComparison.Ordinal);

    [Fact]
    public void Without_stages()
    {
        var text = Text(Full with { Stages = [], Gallery = null });
        Assert.Contains("no stages", text, StringComparison.Ordinal);
        Assert.Contains("Run it again", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Curves", text, StringComparison.Ordinal);
    }

    [Fact]
    public void With_stages_that_have_no_seeds() =>
        Assert.Contains("not measured", Text(Full.Map(stage => stage with { Seeds = [] })), StringComparison.Ordinal);

    [Fact]
    public void With_one_seed()
    {
        var text = Text(Full.Map(stage => stage with { Seeds = [stage.Seeds[0]] }));
        Assert.Contains("not repeated", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_validation()
    {
        var text = Text((Full with { Dataset = Full.Dataset with { Validation = 0 } }).MapFits(fit => fit with
        {
            Chosen = fit.Last with { Validation = null },
            Last = fit.Last with { Validation = null },
            TestBest = fit.TestBest with { Validation = null },
            Epochs = [.. fit.Epochs.Select(epoch => epoch with { ValidationAccuracy = null })],
        }));
        Assert.Contains("last epoch, for want of validation: the result", text, StringComparison.Ordinal);
        Assert.Contains("for want of a validation split", text, StringComparison.Ordinal);
        Assert.DoesNotContain("chosen by validation:", text, StringComparison.Ordinal);
        Assert.Contains("Test accuracy, % over epochs", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_test_set()
    {
        var text = Text(Full.MapFits(fit => fit with { Chosen = fit.Chosen with { Test = null }, Last = fit.Last with { Test = null }, TestBest = fit.TestBest with { Test = null } }));
        Assert.Contains("raised the validation accuracy", text, StringComparison.Ordinal);
        Assert.Contains("flatters", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Gain per class", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_teacher()
    {
        var text = Text(Full with { Stages = [Full.Stages[0]] });
        Assert.Contains("Nothing in this run learned from a teacher", text, StringComparison.Ordinal);
        Assert.DoesNotContain("agrees with teacher", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_control() =>
        Assert.Contains("cannot say what learning from a teacher is worth", Text(Full with { Stages = [Full.Stages[0], Full.Stages[2]] }), StringComparison.Ordinal);

    [Fact]
    public void Without_gallery_description_scale_or_published_figure()
    {
        var text = Text((Full with { Gallery = null, Description = "", Scale = null }).Map(stage => stage with { Published = null }));
        Assert.DoesNotContain("Gallery", text, StringComparison.Ordinal);
        Assert.DoesNotContain("published", text, StringComparison.Ordinal);
        Assert.Contains("as written", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PublishedAt.Last, "last epoch, both")]
    [InlineData(PublishedAt.Best, "best on test, both: an upper bound")]
    public void A_published_figure_stands_beside_ours_of_the_same_epoch(PublishedAt at, string expected)
    {
        var stage = Full.Stages[2] with { Published = new(80, null, "them", at) };
        double[] ours = [.. stage.Seeds.Select(seed => 100 * (at == PublishedAt.Last ? seed.Fit.Last : seed.Fit.TestBest).Test!.Accuracy)];
        var sd = Math.Sqrt(ours.Sum(it => (it - ours.Average()) * (it - ours.Average())) / 2);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"student | 80.00 | {ours.Average():F2} ± {sd:F2} | +{ours.Average() - 80:F2} | 3 | {expected} | them"), Text(Full with { Stages = [.. Full.Stages.Take(2), stage] }), StringComparison.Ordinal);
    }

    // Networks that learn from synthetic images are tested once, at the end.
    [Fact]
    public void A_published_best_stands_beside_our_last_where_nobody_looked_before()
    {
        var run = Full with { Stages = [Full.Stages[2] with { Published = new(80, null, "them", PublishedAt.Best) }] };
        Assert.Contains("| 3 | ours last epoch; the source best on test | them", Text(run.MapFits(fit => fit with { TestBest = new Reading(0, null, null) })), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_epochs() => Assert.DoesNotContain("Curves", Text(Full.MapFits(fit => fit with { Epochs = [] })), StringComparison.Ordinal);

    [Fact]
    public void With_one_epoch() => Assert.Contains("Curves", Text(Full.MapFits(fit => fit with { Epochs = [fit.Epochs[0]] })), StringComparison.Ordinal);

    [Fact]
    public void With_losses_that_left_the_numbers()
    {
        var html = Report.Write(Full.MapFits(fit => fit with { Epochs = [.. fit.Epochs.Select(epoch => epoch.Epoch % 2 == 0 ? epoch : epoch with { Loss = epoch.Epoch == 1 ? double.PositiveInfinity : double.NaN })] }));
        var drawn = PageText.Parse(html).Descendants("path").Select(path => path.Attribute("d")!.Value);
        Assert.All(drawn, path => Assert.Matches(@"^[-MLHhZ0-9. ]+$", path));
    }

    [Fact]
    public void With_a_hundred_classes()
    {
        var run = (Full with { Dataset = Full.Dataset with { ClassNames = [.. Enumerable.Range(0, 100).Select(i => $"class no. {i}")] } })
            .MapFits(fit => fit with { Chosen = fit.Chosen with { Test = fit.Test with { PerClass = [.. Enumerable.Range(0, 100).Select(i => i / 100.0)] } } });
        Assert.Contains("15 classes at each end", Text(run), StringComparison.Ordinal);
    }

    [Fact]
    public void With_colour_images_and_labels_beyond_the_names()
    {
        var gallery = new Gallery(3, 2, 2, [new(7, new byte[12], 12, new Dictionary<string, Answer>(StringComparer.Ordinal) { ["guest"] = new(3, 0.5) })]);
        Assert.Contains("[Test image 7: class 12]", Text(Full with { Gallery = gallery }), StringComparison.Ordinal);
    }

    static string Text(RunResult run) => PageText.Of(PageText.Parse(Report.Write(run)));
}
