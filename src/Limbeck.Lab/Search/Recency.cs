namespace Limbeck.Lab.Search;

/// <summary>How much each observation of a Parzen estimator weighs.</summary>
static class Recency
{
    const int Full = 25;

    /// <summary>
    /// Weights of observations in the order in which they were made, and last the weight of the prior; they sum to one. The last 25 observations and the prior weigh
    /// alike, those before them ever less, down to the first one's 1/n.
    /// </summary>
    /// <remarks>Bergstra et al. 2013 (hyperopt), linear forgetting; Optuna's default.</remarks>
    internal static double[] Weights(int observations)
    {
        var old = observations - Full;
        double[] weights = [.. Enumerable.Range(0, observations).Select(i => i >= old ? 1 : Ramp(i)), 1];
        var sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];

        double Ramp(int i) => old == 1 ? 1.0 / observations : double.Lerp(1.0 / observations, 1, (double)i / (old - 1));
    }
}
