using System.Xml.Linq;
using Limbeck.Evaluation;
using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports;
using Limbeck.Studio.Tests.Reports.Samples;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Studio.Tests.Reports.Sections;

public sealed class ImagesSectionTests
{
    // Two images of 1x1x2, of the classes 1 and 0: a line each, with a white border of one pixel.
    static readonly SetPicture Picture = new("images", 1, "dm, 8 iterations", 20, 1, 1, 2, [1, 0], [10, 20, 30, 40]);

    static readonly RunResult Full = SampleRun.Full with { Sets = [Picture] };

    [Fact]
    public void Shows_a_line_for_each_class()
    {
        var section = Section(Full);
        var figure = Assert.Single(section.Descendants("figure"));
        Assert.Equal("images, seed 1: dm, 8 iterations, 20 images", figure.Element("figcaption")!.Value);
        Assert.EndsWith("20 images; its teacher tells the class of 35.0 % of them", Section(Full with { Sets = [Picture with { Recognised = 0.35 }] }).Descendants("figcaption").Single().Value, StringComparison.Ordinal);
        byte[] sheet = [255, 255, 255, 255, 255, 30, 40, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 10, 20, 255, 255, 255, 255, 255];
        Assert.Equal(Png.DataUri(sheet, 1, 6, 4), figure.Element("img")!.Attribute("src")!.Value);
        Assert.Contains("A line for each class: T-shirt/top, Trouser.", section.Value, StringComparison.Ordinal);
        Assert.Empty(section.Descendants("table"));
    }

    [Fact]
    public void Shows_how_images_came_about()
    {
        SetFrame[] frames = [new(0, [0], [1, 2]), new(4, [0], [3, 4]), new(1200, [0], [5, 6])];
        var strip = Assert.Single(Section(Full with { Sets = [Picture with { History = frames }] }).Descendants("ol"));
        Assert.Equal(["at first", "after 4", "after 1,200"], strip.Descendants("figcaption").Select(caption => caption.Value));
        Assert.Equal(frames.Select(frame => Png.DataUri([255, 255, 255, 255, 255, frame.Pixels[0], frame.Pixels[1], 255, 255, 255, 255, 255], 1, 3, 4)), strip.Descendants("img").Select(image => image.Attribute("src")!.Value));
        Assert.Equal("0", strip.Parent!.Attribute("tabindex")!.Value);
    }

    [Fact]
    public void Lays_networks_side_by_side_and_tells_what_scores_lack()
    {
        SetOutcome outcome = new(
        [
            new("convnet", SetVariant.Own, [0.5, 0.52]), new("lenet", SetVariant.Own, [0.4]), new("convnet", SetVariant.Random, [0.3, 0.3]), new("convnet", SetVariant.Unaugmented, [0.45]),
        ], DistillationScores.Of(own: 0.51, random: 0.3), ["HLR and LRS: nobody asked"]);
        var section = Section(Full with { Stages = [.. Full.Stages.Select(stage => stage.Name == "student" ? stage with { Images = outcome } : stage)] });
        string[][] cells = [.. section.Descendants("tr").Select(row => row.Elements().Select(cell => cell.Value).ToArray())];
        Assert.Equal(
        [
            ["learned from", "convnet", "lenet"], ["student", "51.00 ± 1.41", "40.00"], ["student: random images", "30.00 ± 0.00", "–"], ["student: its images, not augmented", "45.00", "–"],
            ["images", "IOR, %"], ["student", "+21.00"],
        ], cells);
        Assert.Contains("Not there of student: HLR and LRS: nobody asked.", section.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_images_has_no_such_section() =>
        Assert.DoesNotContain(PageText.Parse(Report.Write(SampleRun.Full)).Descendants("section"), section => section.Attribute("id")?.Value == "images");

    static XElement Section(RunResult run) => PageText.Parse(Report.Write(run)).Descendants("section").Single(section => section.Attribute("id")?.Value == "images");
}
