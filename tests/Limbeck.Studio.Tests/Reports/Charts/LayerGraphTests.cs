using System.Globalization;
using System.Xml.Linq;
using Limbeck.Objectives;
using Limbeck.Studio.Reports.Charts;

namespace Limbeck.Studio.Tests.Reports.Charts;

public sealed class LayerGraphTests
{
    static readonly LayerLink[] Links = [new("t1", "s1", 0.75), new("t2", "s1", 0.25), new("t1", "s2", 0), new("t2", "s2", 1), new("t3", "s2", 0)];

    [Fact]
    public void Lines_are_as_wide_as_their_weights()
    {
        var lines = Draw(Links).Descendants("line").ToArray();
        Assert.Equal([4, 12, 16], lines.Select(line => Number(line, "stroke-width")));
        Assert.Equal(["t2 to s1: 0.25", "t1 to s1: 0.75", "t2 to s2: 1.00"], lines.Select(line => line.Value));
    }

    [Fact]
    public void A_weight_over_one_is_the_widest() =>
        Assert.Equal([8, 16], Draw([new("a", "b", 1), new("c", "b", 2)]).Descendants("line").Select(line => Number(line, "stroke-width")));

    // Three rows of 46 from 34 on; two students stand in their middle.
    [Fact]
    public void Lines_join_the_places_of_both_columns()
    {
        var line = Draw(Links).Descendants("line").First();
        Assert.Equal((LayerGraph.Left, LayerGraph.Right, 34 + 1.5 * 46, 34 + 46.0), (Number(line, "x1"), Number(line, "x2"), Number(line, "y1"), Number(line, "y2")));
        Assert.Equal(5, Draw(Links).Descendants("circle").Count());
    }

    // The mean of these eight is 0.25; all of a few carry theirs.
    [Fact]
    public void Heavy_lines_carry_their_numbers()
    {
        double[] weights = [0.6, 0.1, 0.2, 0.1, 0.25, 0.25, 0.05, 0.45];
        Assert.Equal(["0.60", "0.45"], Numbers(Draw([.. weights.Select((weight, k) => new LayerLink($"t{k % 4}", $"s{k / 4}", weight))])));
        Assert.Equal(["0.75", "0.25", "1.00"], Numbers(Draw(Links)));
    }

    [Fact]
    public void The_table_has_every_weight()
    {
        var rows = XElement.Parse(new LayerGraph("lambda", Links).Render().ToString()).Descendants("tbody").Single().Elements("tr");
        Assert.Equal(["t1 0.750 0.000", "t2 0.250 1.000", "t3 – 0.000"], rows.Select(row => string.Join(' ', row.Elements().Select(cell => cell.Value))));
    }

    [Fact]
    public void No_links_make_no_graph() => Assert.True(new LayerGraph("nothing", []).Render().IsEmpty);

    static IEnumerable<string> Numbers(XElement svg) => svg.Descendants("text").Where(text => text.Attribute("class")?.Value == "halo").Select(text => text.Value);

    static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    static XElement Draw(LayerLink[] links) => XElement.Parse(new LayerGraph("lambda", links).Render().ToString()).Element("svg")!;
}
