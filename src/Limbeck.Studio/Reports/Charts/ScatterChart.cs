using Limbeck.Studio.Reports.Markup;

namespace Limbeck.Studio.Reports.Charts;

/// <summary>Points on a plane, coloured and shaped by class. Both axes have one scale and no numbers.</summary>
/// <param name="Title">Title.</param>
/// <param name="X">First coordinates.</param>
/// <param name="Y">Second coordinates.</param>
/// <param name="Labels">Class of each point.</param>
/// <param name="ClassNames">Names of the classes.</param>
internal sealed record ScatterChart(string Title, IReadOnlyList<float> X, IReadOnlyList<float> Y, IReadOnlyList<int> Labels, IReadOnlyList<string> ClassNames)
{
    public const double Side = 300;
    const double Room = 8;

    /// <summary>What the field holds at least, for charts that share a plane; the points themselves if null.</summary>
    public (float Low, float High)? Across { get; init; }

    /// <summary>Likewise, from bottom to top.</summary>
    public (float Low, float High)? Along { get; init; }

    public Html Render()
    {
        if (X.Count == 0)
            return Html.Empty;
        var (across, along) = (Across ?? (X.Min(), X.Max()), Along ?? (Y.Min(), Y.Max()));
        var scale = (Side - 2 * Room) / Math.Max(Math.Max(across.High - across.Low, along.High - along.Low), float.Epsilon);
        var classes = Enumerable.Range(0, X.Count).GroupBy(i => Labels[i]).OrderBy(group => group.Key);
        return $"""
            <figure class="chart">
            <figcaption>{Title}</figcaption>
            <svg class="scatter" viewBox="0 0 {Side} {Side}" role="img" aria-label="{Title}: {X.Count} points of {classes.Count()} classes on a plane">
            <g class="grid"><rect x="0.5" y="0.5" width="{Side - 1}" height="{Side - 1}"/></g>
            {classes.Select(group => Draw(group.Key, group))}
            </svg>
            </figure>
            """;

        Html Draw(int label, IEnumerable<int> points) => $"""
            <g class="{Palette.Of(label)}"><title>{Name(label)}</title><path class="mark" d="{points.Select(i => Marks.At(label, Place(X[i], across, 1), Place(Y[i], along, -1)))}"/></g>

            """;

        // In the middle of the field, upwards on the page where y grows.
        double Place(float value, (float Low, float High) range, int way) => Side / 2 + way * scale * (value - (range.Low + range.High) / 2);
    }

    /// <summary>Names the classes, each beside its mark.</summary>
    public static Html Key(IReadOnlyList<string> classNames) => $"""
        <ul class="legend">{classNames.Select((name, label) => (Html)$"<li><svg viewBox=\"0 0 10 10\" width=\"12\" height=\"12\" aria-hidden=\"true\" class=\"{Palette.Of(label)}\"><path class=\"mark\" d=\"{Marks.At(label, 5, 5)}\"/></svg>{name}</li>")}</ul>
        """;

    string Name(int label) => label < ClassNames.Count ? ClassNames[label] : $"class {label}";
}
