using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Limbeck.Studio.Reports.Charts;

namespace Limbeck.Studio.Tests.Reports.Charts;

public sealed partial class TreeChartTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Lines_cross_no_box_and_boxes_lie_apart(int assistants)
    {
        var svg = Draw(Paths(0, assistants + 1));
        var boxes = Boxes(svg).ToArray();
        Assert.Equal(1 << (assistants + 1), boxes.Length);
        Assert.Equal(1 << assistants, boxes.Count(box => box.X == boxes.Max(other => other.X)));
        foreach (var (i, box) in boxes.Index()) Assert.DoesNotContain(boxes[(i + 1)..], other => Meet(box, other));
        foreach (var line in Lines(svg)) Assert.DoesNotContain(boxes, box => box.Y < line.Y && line.Y < box.Y + TreeChart.BoxHeight && box.X < line.To && line.From < box.X + TreeChart.BoxWidth);
        var (width, height) = (Number(svg, "width"), Number(svg, "height"));
        Assert.All(boxes, box => Assert.True(box is { X: > 0, Y: > 0 } && box.X + TreeChart.BoxWidth < width && box.Y + TreeChart.BoxHeight < height));
    }

    [Fact]
    public void A_box_lies_in_the_middle_of_what_hangs_on_it()
    {
        var svg = Draw(Node("root", 0, Node("a", 1, Node("b", 2), Node("c", 2)), Node("d", 2)));
        var y = Boxes(svg).Select(box => box.Y).ToArray();
        Assert.Equal((y[2] + y[3]) / 2, y[1], 1e-9);
        Assert.Equal((y[1] + y[4]) / 2, y[0], 1e-9);
    }

    [Fact]
    public void Looks_are_told_by_lines_and_the_chosen_ones_lie_on_top()
    {
        var svg = Draw(Node("root", 0) with { Look = TreeLook.Chosen, Next = [Node("best", 1) with { Look = TreeLook.Chosen }, Node("gone", 1) with { Look = TreeLook.Absent }] });
        string[] looks = [.. svg.Elements("g").Select(group => group.Attribute("class")!.Value.Split(' ')[^1])];
        Assert.Equal(["absent", "chosen", "chosen", "chosen", "absent"], looks);
    }

    [Fact]
    public void Is_read_aloud_box_by_box() =>
        Assert.Equal("Paths: about root; about leaf", Draw(Node("root", 0, Node("leaf", 1))).Attribute("aria-label")!.Value);

    // A node of each column to the right, as paths over any of the networks are.
    static TreeNode Paths(int column, int last) => Node($"{column}", column, [.. Enumerable.Range(column + 1, last - column).Select(next => Paths(next, last))]);

    static TreeNode Node(string name, int column, params TreeNode[] next) => new(name, "1.00", $"about {name}", column, TreeLook.Plain, next);

    static bool Meet((double X, double Y) a, (double X, double Y) b) => Math.Abs(a.X - b.X) < TreeChart.BoxWidth && Math.Abs(a.Y - b.Y) < TreeChart.BoxHeight;

    static IEnumerable<(double X, double Y)> Boxes(XElement svg) => svg.Descendants("rect").Select(box => (Number(box, "x"), Number(box, "y")));

    // Where each lies level: from the end of its curve to its box.
    static IEnumerable<(double From, double To, double Y)> Lines(XElement svg) => from path in svg.Descendants("path")
                                                                                  let parts = Level.Match(path.Attribute("d")!.Value).Groups
                                                                                  select (Parse(parts["from"].Value), Parse(parts["to"].Value), Parse(parts["y"].Value));

    static double Number(XElement element, string name) => Parse(element.Attribute(name)!.Value);

    static double Parse(string number) => double.Parse(number, CultureInfo.InvariantCulture);

    static XElement Draw(TreeNode root) => XElement.Parse(new TreeChart("Paths", root).Render().ToString()).Descendants("svg").Single();

    [GeneratedRegex(@" (?<from>[\d.]+) (?<y>[\d.]+)H(?<to>[\d.]+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Level { get; }
}
