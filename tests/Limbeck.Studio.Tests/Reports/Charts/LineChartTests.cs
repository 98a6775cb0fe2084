using System.Globalization;
using System.Xml.Linq;
using Limbeck.Studio.Reports.Charts;
using Limbeck.Studio.Reports.Markup;

namespace Limbeck.Studio.Tests.Reports.Charts;

public sealed class LineChartTests
{
    // Axes: epochs 1 to 5, values 0 to 100, so that places can be worked out by hand.
    static readonly Line Two = new("two seeds", 0, [[new(1, 0), new(3, 40, Marked: true), new(5, 100)], [new(1, 20), new(3, 60), new(5, 100)]]);

    [Fact]
    public void Points_lie_where_the_axes_say()
    {
        var svg = Draw(Two);
        // x: 52 + share of 396; y: 234 - share of 222.
        Assert.Equal("M52 211.8L250 123L448 12", Paths(svg, "mean").Single());
        var ring = svg.Descendants("circle").Single();
        Assert.Equal(("250", "145.2"), (ring.Attribute("cx")!.Value, ring.Attribute("cy")!.Value));
    }

    [Fact]
    public void Tick_labels_stand_at_their_values()
    {
        var axis = new Axis(0, 100, 20);
        var texts = Draw(Two).Descendants("text").Where(text => text.Attribute("text-anchor")!.Value == "end" && text.Value != "epoch").ToArray();
        Assert.Equal(["0", "20", "40", "60", "80", "100"], texts.Select(text => text.Value));
        Assert.All(texts, text => Assert.Equal(
            234 - 222 * axis.Share(double.Parse(text.Value, CultureInfo.InvariantCulture)) + 4, double.Parse(text.Attribute("y")!.Value, CultureInfo.InvariantCulture), 2));
    }

    // The deviations are 14.14, 14.14 and 0; below 0 the field ends.
    [Fact]
    public void A_band_lies_a_deviation_around_the_mean() =>
        Assert.Equal("M52 180.4L250 91.6L448 12L448 12L250 154.4L52 234Z", Paths(Draw(Two), "band").Single());

    [Fact]
    public void One_seed_has_no_band() => Assert.Empty(Paths(Draw(new("one", 0, [[new(1, 0), new(2, 1)]])), "band"));

    [Fact]
    public void A_band_has_the_gaps_of_its_line()
    {
        Point[] seed = [new(1, 0), new(2, 1), new(3, double.NaN), new(4, 1), new(5, 2)];
        Assert.Equal(2, Paths(Draw(new("gap", 0, [seed, seed])), "band").Single().Count(letter => letter == 'M'));
    }

    [Fact]
    public void The_legend_follows_the_ends()
    {
        var figure = XElement.Parse(new LineChart("title", [Ending("low", 1), Ending("high", 3), Ending("middle", 2)], "epoch", Format).Render().ToString());
        Assert.Equal(["high", "middle", "low"], figure.Element("ul")!.Elements("li").Select(entry => entry.Value));
    }

    [Fact]
    public void Many_lines_are_named_at_their_ends_on_a_wide_chart()
    {
        var figure = XElement.Parse(new LineChart("title", [.. Enumerable.Range(0, 10).Select(i => Ending($"method {i}", i % 5))], "epoch", Format).Render().ToString());
        Assert.Equal("chart wide", figure.Attribute("class")!.Value);
        var labels = figure.Descendants("g").Where(group => group.Attribute("class")!.Value.EndsWith(" end", StringComparison.Ordinal)).ToArray();
        Assert.Equal(["4", "4", "3", "3", "2", "2", "1", "1", "0", "0"], labels.Select(label => label.Element("text")!.Value.Split(' ')[^1]));
        double[] heights = [.. labels.Select(label => Number(label.Element("text")!, "y"))];
        Assert.All(heights.Zip(heights.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 14.9, $"{pair}"));
        Assert.Equal(10, labels.DistinctBy(label => label.Attribute("class")!.Value).Count());
    }

    [Fact]
    public void What_is_measured_below_has_its_own_ticks_and_words()
    {
        var chart = new LineChart("accuracy", [new("one", 0, [[new(0, 90), new(0.015, 10)]])], "ε", Format) { IsCounted = false };
        var svg = XElement.Parse(chart.Render().ToString()).Element("svg")!;
        Assert.Equal("accuracy over ε. At the end: one 10", svg.Attribute("aria-label")!.Value);
        Assert.Contains(svg.Descendants("text"), text => text.Value == "0.005");
        Assert.Equal(["ε 0\none: 90", "ε 0.0150\none: 10"], svg.Descendants("title").Select(title => title.Value));
    }

    [Fact]
    public void What_is_no_number_leaves_a_gap() =>
        Assert.Equal(2, Paths(Draw(new("gap", 0, [[new(1, 0), new(2, 1), new(3, double.NaN), new(4, 1), new(5, 2)]])), "mean").Single().Count(letter => letter == 'M'));

    [Fact]
    public void One_point_shows_as_a_dot() => Assert.EndsWith("h0", Paths(Draw(new("dot", 0, [[new(1, 7)]])), "mean").Single(), StringComparison.Ordinal);

    [Fact]
    public void No_points_make_no_chart() => Assert.True(new LineChart("nothing", [], "epoch", Format).Render().IsEmpty);

    [Fact]
    public void Hover_titles_tell_the_means()
    {
        string[] titles = [.. Draw(Two).Descendants("title").Select(title => title.Value)];
        Assert.Equal(["epoch 1\ntwo seeds: 10", "epoch 3\ntwo seeds: 50", "epoch 5\ntwo seeds: 100"], titles);
    }

    [Fact]
    public void Hover_columns_tile_the_field()
    {
        var columns = Draw(Two).Descendants("rect").Select(rect => (Left: Number(rect, "x"), Width: Number(rect, "width"))).ToArray();
        Assert.Equal(Frame.Left, columns[0].Left);
        Assert.All(columns.Zip(columns.Skip(1)), pair => Assert.Equal(pair.First.Left + pair.First.Width, pair.Second.Left, 1));
        Assert.Equal(448, columns[^1].Left + columns[^1].Width, 1);
    }

    static Line Ending(string name, double end) => new(name, name[^1] % 36, [[new(1, 0), new(2, end)]]);

    static string Format(double value) => Numbers.Fixed(value, 0);

    static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    static XElement Draw(Line line) => XElement.Parse(new LineChart("title", [line], "epoch", Format).Render().ToString()).Element("svg")!;

    static IEnumerable<string> Paths(XElement svg, string kind) =>
        svg.Descendants("path").Where(path => path.Attribute("class")!.Value == kind).Select(path => path.Attribute("d")!.Value);
}
