using Limbeck.Studio.Reports.Markup;

namespace Limbeck.Studio.Reports.Charts;

/// <summary>One standard deviation over seeds on either side of a line's mean, as far as the field goes.</summary>
internal static class Band
{
    public static Html Of(Line line, Frame frame)
    {
        var pieces = new List<Html>();
        var run = new List<(double X, double Low, double High)>();
        foreach (var (x, y) in line.Course)
        {
            if (y.Sd is { } sd && double.IsFinite(sd)) run.Add((frame.PlaceX(x), Inside(y.Mean - sd), Inside(y.Mean + sd)));
            else Close();
        }
        Close();
        return pieces.Count == 0 ? Html.Empty : $"""<path class="band" d="{pieces}"/>""";

        double Inside(double value) => frame.PlaceY(Math.Clamp(value, frame.Y.Low, frame.Y.High));

        // There along the upper edge, back along the lower.
        void Close()
        {
            var edge = run.Select(at => (at.X, Y: at.High)).Concat(run.AsEnumerable().Reverse().Select(at => (at.X, Y: at.Low)));
            if (run.Count > 1) pieces.Add($"M{edge.Select((at, i) => (Html)$"{(i == 0 ? "" : "L")}{at.X:0.##} {at.Y:0.##}")}Z");
            run.Clear();
        }
    }
}
