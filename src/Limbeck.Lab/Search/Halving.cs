namespace Limbeck.Lab.Search;

/// <summary>
/// Asynchronous successive halving (ASHA): at each rung, a number of epochs, a trial goes on only where it is among the best 1/factor of all that have stood there so
/// far. Each rung is factor times as far as the one before. Li et al. 2020, A system for massively parallel hyperparameter tuning.
/// </summary>
/// <remarks>
/// The stopping kind, as Optuna's: a trial is judged when it stands at a rung, and never taken up again, where the paper promotes paused trials later. The first
/// factor − 1 trials go on where they are the best so far.
/// </remarks>
/// <param name="After">Epochs at the first rung.</param>
/// <param name="Factor">One in so many goes on.</param>
sealed record Halving(int After, int Factor)
{
    /// <summary>The rungs below a training's end, each moved up to the next epoch that is evaluated.</summary>
    internal IReadOnlyList<int> Rungs(int epochs, int evaluateEvery)
    {
        var rungs = new List<int>();
        for (long rung = After; rung < epochs; rung *= Factor)
        {
            var evaluated = (rung + evaluateEvery - 1) / evaluateEvery * evaluateEvery;
            if (evaluated < epochs && evaluated != rungs.LastOrDefault()) rungs.Add((int)evaluated);
        }

        return rungs;
    }

    /// <summary>Whether a trial goes on from a rung.</summary>
    /// <param name="value">Its value there.</param>
    /// <param name="standing">The values of all that stood there so far, this one's among them.</param>
    internal bool GoesOn(double value, IReadOnlyCollection<double> standing) =>
        standing.Count(other => other > value) < Math.Max(1, standing.Count / Factor);
}
