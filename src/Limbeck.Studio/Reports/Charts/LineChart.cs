using Limbeck.Studio.Reports.Markup;

namespace Limbeck.Studio.Reports.Charts;

/// <summary>Curves: their mean over seeds, and a band of one standard deviation around it.</summary>
/// <param name="Title">Title with unit.</param>
/// <param name="Lines">The curves.</param>
/// <param name="XName">What is counted, or measured, below.</param>
/// <param name="Format">How a value reads in hover titles and in the table.</param>
internal sealed record LineChart(string Title, IReadOnlyList<Line> Lines, string XName, Func<double, string> Format)
{
    // Long trainings get hover titles and table rows at regular intervals.
    const int MostStops = 200;

    // More lines than this take the page's whole width and are named at their ends; rings would hide them.
    const int FewLines = 4;

    /// <summary>Whether what lies below is counted in whole numbers. False: it is measured.</summary>
    public bool IsCounted { get; init; } = true;

    bool IsWide => Lines.Count > FewLines;

    public Html Render()
    {
        var points = Lines.SelectMany(line => line.Seeds).SelectMany(seed => seed).ToArray();
        if (points.Length == 0)
            return Html.Empty;
        var stops = points.Select(point => point.X).Distinct().Order().ToArray();
        var (x, y) = (IsCounted ? Axis.Counting(stops) : Axis.Around(stops), Axis.Around(points.Select(point => point.Y)));
        var frame = IsWide ? new Frame(x, y, XName, 940, 420, EndLabels.Margin) : new Frame(x, y, XName);
        stops = [.. stops.Where((_, i) => i % (1 + stops.Length / MostStops) == 0)];
        return $"""
            <figure class="chart{(IsWide ? " wide" : "")}">
            <figcaption>{Title}</figcaption>
            {(IsWide ? Html.Empty : Legend.Of(Lines.OrderByDescending(line => line.End)))}
            {(IsWide ? (Html)$"<div class=\"scroll\" role=\"region\" aria-label=\"{Title}\" tabindex=\"0\">{Draw(frame, stops)}</div>" : Draw(frame, stops))}
            <details><summary>The numbers</summary>{Tabulate(stops)}</details>
            </figure>
            """;
    }

    Html Draw(Frame frame, double[] stops) => $"""
        <svg viewBox="0 0 {frame.Width} {frame.Height}" role="img" aria-label="{Describe()}">
        {frame.Grid()}
        {Lines.Select(line => (Html)$"<g class=\"{Palette.Of(line.Place)}\">{Band.Of(line, frame)}</g>")}
        {Lines.Select(line => Draw(line, frame))}
        {(IsWide ? EndLabels.Of(Lines, frame, Format) : Html.Empty)}
        <g class="hits">{stops.Select((_, i) => Stop(stops, i, frame))}</g>
        </svg>
        """;

    Html Draw(Line line, Frame frame)
    {
        var rings = IsWide ? [] : line.Seeds.SelectMany(seed => seed).Where(point => point.Marked && double.IsFinite(point.Y)).Select(point => Ring(point, frame));
        return $"""
            <g class="{Palette.Of(line.Place)}">{Path(line.Mean, frame)}{rings}</g>

            """;
    }

    static Html Path(IReadOnlyList<Point> points, Frame frame)
    {
        var steps = new List<Html>();
        var drawing = false;
        foreach (var point in points)
        {
            if (double.IsFinite(point.Y))
                steps.Add($"{(drawing ? "L" : "M")}{frame.PlaceX(point.X):0.##} {frame.PlaceY(point.Y):0.##}");
            drawing = double.IsFinite(point.Y);
        }
        // A line of no length shows as a dot: its ends are round.
        if (steps.Count == 1)
            steps.Add($"h0");
        return steps.Count == 0 ? Html.Empty : $"""<path class="mean" d="{steps}"/>""";
    }

    static Html Ring(Point point, Frame frame) => $"""<circle cx="{frame.PlaceX(point.X):0.##}" cy="{frame.PlaceY(point.Y):0.##}" r="3"/>""";

    // An unseen column around each stop carries the values as its hover title.
    Html Stop(double[] stops, int i, Frame frame)
    {
        var left = i == 0 ? Frame.Left : frame.PlaceX((stops[i - 1] + stops[i]) / 2);
        var right = i == stops.Length - 1 ? frame.Right : frame.PlaceX((stops[i] + stops[i + 1]) / 2);
        var values = Lines.Select(line => (line.Name, Value: At(line, stops[i]))).Where(at => at.Value is not null).Select(at => $"{at.Name}: {at.Value}");
        return $"""<rect x="{left:0.##}" y="{Frame.Top}" width="{right - left:0.##}" height="{frame.Bottom - Frame.Top}"><title>{XName} {Read(stops[i])}{"\n"}{string.Join('\n', values)}</title></rect>""";
    }

    string? At(Line line, double x)
    {
        foreach (var (at, y) in line.Course)
        {
            if (at == x)
                return Format(y.Mean);
        }
        return null;
    }

    string Read(double stop) => IsCounted ? Numbers.Count((long)stop) : Numbers.Significant(stop);

    string Describe() => $"{Title} over {XName}{(IsCounted ? "s" : "")}. At the end: "
        + string.Join("; ", Lines.Where(line => line.Course.Count > 0).OrderByDescending(line => line.End).Select(line => $"{line.Name} {Format(line.End)}"));

    Html Tabulate(double[] stops) => Table.Of($"{Title}, mean over seeds", stops,
        [new(XName, stop => $"{Read(stop)}"), .. Lines.Select(line => new Column<double>(line.Name, stop => $"{At(line, stop) ?? Numbers.None}"))]);
}
