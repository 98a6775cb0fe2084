using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports;
using Limbeck.Studio.Tests.Reports.Samples;

namespace Limbeck.Studio.Tests.Reports;

public sealed class FlowSectionTests
{
    static readonly byte[] Entries = [128, 255, 1, 128, 191, 128];

    static RunResult Run => SampleRun.Full with
    {
        Flows = [new("flow", 100, [new("stem → stage1", 2, 3, 4.5, [new("teacher", 0, Entries), new("flow, before", 1.25, Entries), new("flow, after", 0.031, Entries)])])],
    };

    [Fact]
    public void Draws_each_matrix_and_tells_its_distance()
    {
        var section = PageText.Parse(Report.Write(Run)).Descendants("section").Single(it => it.Attribute("id")?.Value == "flows");
        Assert.Equal(["teacher", "flow, before", "flow, after"], section.Descendants("figcaption").Select(caption => caption.Value));
        Assert.All(section.Descendants("img"), image => Assert.Equal((129, 86), ((int)image.Attribute("width")!, (int)image.Attribute("height")!)));
        Assert.Equal(["0", "1.25", "0.0310"], section.Descendants("td").Select(cell => cell.Value));
        Assert.Contains("largest 4.5", section.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void White_is_zero_red_positive_and_blue_negative()
    {
        var image = PageText.Parse(Report.Write(Run)).Descendants("section").Single(it => it.Attribute("id")?.Value == "flows").Descendants("img").First();
        byte[] pixels = [247, 178, 33, 247, 213, 247, 247, 24, 102, 247, 136, 247, 247, 43, 172, 247, 146, 247];
        Assert.Equal(Png.DataUri(pixels, 3, 2, 3), image.Attribute("src")!.Value);
    }

    [Fact]
    public void A_run_without_flows_has_no_such_section() =>
        Assert.DoesNotContain(PageText.Parse(Report.Write(SampleRun.Full)).Descendants("section"), it => it.Attribute("id")?.Value == "flows");
}
