using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Limbeck.Studio.Reports.Charts;

namespace Limbeck.Studio.Tests.Reports.Charts;

public sealed partial class ScatterChartTests
{
    static readonly ScatterChart Three = new("map", [0, 10, 5], [0, 0, 5], [0, 1, 0], ["cat", "dog"]);

    // 10 units across 300 less 8 on either side: 28.4 each; the 5 units upwards stand in the middle.
    [Fact]
    public void Points_lie_to_scale_with_y_upwards()
    {
        var groups = Draw(Three).Elements("g").Where(group => group.Element("path") is not null).ToArray();
        Assert.Equal([(8, 221), (150, 79)], Circles(groups[0]));
        Assert.Equal(["cat", "dog"], groups.Select(group => group.Element("title")!.Value));
        Assert.StartsWith("M289.7 218.7h4.6", groups[1].Element("path")!.Attribute("d")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Charts_of_one_plane_share_its_field()
    {
        var groups = Draw(Three with { Across = (-10, 10), Along = (-10, 10) }).Elements("g").Where(group => group.Element("path") is not null).ToArray();
        Assert.Equal([(150, 150), (221, 79)], Circles(groups[0]));
    }

    [Fact]
    public void Thirty_six_classes_differ_in_colour_or_shape()
    {
        var marks = Enumerable.Range(0, 36).Select(label => (Palette.Of(label).Split(' ')[1], Marks.At(label, 0, 0).ToString()));
        Assert.Equal(36, marks.Distinct().Count());
    }

    [Fact]
    public void Points_in_one_place_are_in_the_middle() => Assert.Equal([(150, 150)], Circles(Draw(new("map", [7], [-3], [0], ["cat"])).Elements("g").Last()));

    [Fact]
    public void The_key_names_the_classes() =>
        Assert.Equal(["cat", "dog"], XElement.Parse(ScatterChart.Key(["cat", "dog"]).ToString()).Elements("li").Select(entry => entry.Value));

    // A circle begins at its left end, 2.6 from its middle.
    static IEnumerable<(double X, double Y)> Circles(XElement group) => Start().Matches(group.Element("path")!.Attribute("d")!.Value)
        .Select(match => (Math.Round(Number(match.Groups["x"]) + 2.6, 1), Number(match.Groups["y"])));

    static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

    static XElement Draw(ScatterChart chart) => XElement.Parse(chart.Render().ToString()).Element("svg")!;

    [GeneratedRegex(@"M(?<x>[\d.]+) (?<y>[\d.]+)a")]
    private static partial Regex Start();
}
