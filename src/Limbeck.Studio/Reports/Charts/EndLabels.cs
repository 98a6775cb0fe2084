using Limbeck.Studio.Reports.Markup;

namespace Limbeck.Studio.Reports.Charts;

/// <summary>Names the curves at their ends, in the order in which they end, moved apart where they end side by side: the legend of a chart with many lines.</summary>
internal static class EndLabels
{
    public const double Margin = 240;
    const double Height = 15;
    const int LongestName = 26;

    public static Html Of(IReadOnlyList<Line> lines, Frame frame, Func<double, string> format)
    {
        Line[] order = [.. lines.Where(line => double.IsFinite(line.End)).OrderByDescending(line => line.End)];
        double[] ends = [.. order.Select(line => frame.PlaceY(line.End))];
        return Html.Join(order.Zip(MoveApart(ends, frame), ends).Select(it => Label(it.First, it.Third, it.Second, frame, format)));
    }

    /// <summary>The same heights in the same order, no two nearer than a letter's height, and all in the field if there is room.</summary>
    internal static double[] MoveApart(IReadOnlyList<double> ends, Frame frame)
    {
        var moved = ends.ToArray();
        for (var i = 1; i < moved.Length; i++) moved[i] = Math.Max(moved[i], moved[i - 1] + Height);
        var lowest = frame.Bottom;
        for (var i = moved.Length - 1; i >= 0; i--, lowest -= Height) moved[i] = Math.Min(moved[i], lowest);
        return moved;
    }

    static Html Label(Line line, double end, double height, Frame frame, Func<double, string> format)
    {
        var name = line.Name.Length <= LongestName ? line.Name : line.Name[..(LongestName - 1)] + "…";
        return $"""<g class="{Palette.Of(line.Place)} end"><path class="leader" d="M{frame.PlaceX(line.Course[^1].X):0.##} {end:0.##}L{frame.Right + 16:0.##} {height:0.##}"/><path class="mean" d="M{frame.Right + 16:0.##} {height:0.##}h26"/><text x="{frame.Right + 47:0.##}" y="{height + 4:0.##}">{name} {format(line.End)}</text></g>""";
    }
}
