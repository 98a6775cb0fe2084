namespace Limbeck.Training.Metaparameters;

/// <summary>
/// Where metaparameters went in the last updates by gradient, and where a straight line takes them from there. e₁ updates by gradient and e₂ predicted ones take turns;
/// each prediction sees the e₁ before it alone. Gorpinich, Bakhteev, Strijov 2022, algorithm 1.
/// </summary>
/// <remarks>
/// The line is fitted to the metaparameters against the number of the update, as in the authors' code; their text fits the gradient. It is exact, by their theorem, where
/// the gradient does not change.
/// </remarks>
/// <param name="options">e₁ and e₂; null for gradients alone.</param>
public sealed class Trajectory(PredictOptions? options)
{
    readonly List<double[]> points = [];

    /// <summary>The values after each update by gradient of this turn: all that must be kept to go on.</summary>
    public IReadOnlyList<double[]> Points => points;

    /// <summary>What an update comes to if it is a predicted one; null where the gradient says it.</summary>
    /// <param name="update">Its number, from 0.</param>
    public double[]? At(long update)
    {
        if (options is null || update % Turn < options.Gradient) return null;
        // A column of points is one metaparameter; the last point has the number of the last update by gradient.
        return [.. Enumerable.Range(0, points[0].Length).Select(m => StraightLine.Through([.. points.Select(point => point[m])]).At(update % Turn))];
    }

    /// <summary>Takes in where an update by gradient led.</summary>
    /// <param name="update">Its number, from 0.</param>
    /// <param name="values">All metaparameters.</param>
    public void Add(long update, double[] values)
    {
        if (options is null) return;
        if (update % Turn == 0) points.Clear();
        points.Add(values);
    }

    /// <summary>Goes on from points that were kept.</summary>
    public void Restore(IEnumerable<double[]> kept)
    {
        points.Clear();
        points.AddRange(kept);
    }

    int Turn => options!.Gradient + options.Predict;
}
