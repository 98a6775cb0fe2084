using Limbeck.Studio.Reports.Statistics;

namespace Limbeck.Studio.Reports.Charts;

/// <summary>A named curve, measured once per seed.</summary>
/// <param name="Name">In legend and table.</param>
/// <param name="Place">Its place among the series, which is its colour and dash.</param>
/// <param name="Seeds">Its points, seed by seed.</param>
internal sealed record Line(string Name, int Place, IReadOnlyList<IReadOnlyList<Point>> Seeds)
{
    /// <summary>Mean and spread over seeds, where every seed that goes so far has a value.</summary>
    public IReadOnlyList<(double X, Spread Y)> Course { get; } =
        [.. Seeds.SelectMany(seed => seed).GroupBy(point => point.X).OrderBy(at => at.Key).Select(at => (at.Key, Spread.Of(at.Select(point => point.Y))!.Value))];

    /// <summary>The mean over seeds.</summary>
    public IReadOnlyList<Point> Mean => [.. Course.Select(at => new Point(at.X, at.Y.Mean))];

    /// <summary>The mean at the end; NaN for a line without points.</summary>
    public double End => Course.Count > 0 ? Course[^1].Y.Mean : double.NaN;
}
