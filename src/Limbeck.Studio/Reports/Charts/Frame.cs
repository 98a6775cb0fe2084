using Limbeck.Studio.Reports.Markup;

namespace Limbeck.Studio.Reports.Charts;

/// <summary>The field of a line chart: where values lie on the drawing, its grid and its labels. Lengths are in units of the drawing.</summary>
/// <param name="X">Axis below.</param>
/// <param name="Y">Axis to the left.</param>
/// <param name="XName">Name of the axis below.</param>
/// <param name="Width">Width of the drawing.</param>
/// <param name="Height">Its height.</param>
/// <param name="Margin">Room right of the field.</param>
internal sealed record Frame(Axis X, Axis Y, string XName, double Width = 460, double Height = 270, double Margin = 12)
{
    public const double Left = 52;
    public const double Top = 12;

    public double Right => Width - Margin;

    public double Bottom => Height - 36;

    public double PlaceX(double value) => Left + X.Share(value) * (Right - Left);

    public double PlaceY(double value) => Bottom - Y.Share(value) * (Bottom - Top);

    /// <summary>Grid lines and labels of both axes.</summary>
    public Html Grid() => $"""
        <g class="grid">{Y.Ticks.Select(tick => Line(PlaceY(tick)))}<line class="axis" x1="{Left}" x2="{Right}" y1="{Bottom}" y2="{Bottom}"/></g>
        <g class="labels">{Y.Ticks.Select(tick => Label(Left - 7, PlaceY(tick) + 4, "end", Y.Label(tick)))}{X.Ticks.Select(tick => Label(PlaceX(tick), Bottom + 17, "middle", X.Label(tick)))}{Label(Right, Height - 4, "end", XName)}</g>
        """;

    Html Line(double y) => $"""<line x1="{Left}" x2="{Right}" y1="{y:0.##}" y2="{y:0.##}"/>""";

    static Html Label(double x, double y, string anchor, string text) => $"""<text x="{x:0.##}" y="{y:0.##}" text-anchor="{anchor}">{text}</text>""";
}
