namespace Limbeck.Lab.Search;

/// <summary>
/// Tree-structured Parzen estimator, each parameter by itself: the finished trials are split into the good ones and the rest, each half gets a density, l and g; of
/// candidates drawn from l, the one with the greatest l/g is tried, which has the greatest expected improvement. Bergstra et al. 2011, section 4.
/// </summary>
/// <remarks>The defaults are Optuna's. There a failed trial is forgotten; here it counts among the worst, so that a search keeps away from what diverges.</remarks>
sealed class TpeSampler(int seed, TpeSampler.Options? options = null) : ISampler
{
    readonly Options options = options ?? new();
    readonly RandomSampler random = new(seed);

    /// <param name="Startup">Trials drawn at random before the first density is made.</param>
    /// <param name="Candidates">Draws from l for each parameter of a trial.</param>
    /// <param name="Share">Share of the trials that are good, rounded up.</param>
    /// <param name="Most">Greatest number of good trials.</param>
    internal sealed record Options(int Startup = 10, int Candidates = 24, double Share = 0.1, int Most = 25);

    /// <inheritdoc/>
    public IReadOnlyList<double> Propose(IReadOnlyList<Parameter> space, IReadOnlyList<Trial> earlier, int number)
    {
        var ranked = Trial.Ranked(earlier.Where(trial => trial.State != TrialState.Running)).ToList();
        if (ranked.Count < options.Startup) return random.Propose(space, earlier, number);
        var split = Math.Min((int)Math.Ceiling(options.Share * ranked.Count), options.Most);
        // In the order in which they were made, by which the densities weigh them.
        var good = ranked.Take(split).OrderBy(trial => trial.Number).ToList();
        var rest = ranked.Skip(split).OrderBy(trial => trial.Number).ToList();
        var dice = new Dice(seed, number);
        return [.. space.Select(Best)];

        double Best(Parameter parameter)
        {
            var likely = parameter.Domain.Around([.. good.Select(trial => trial.Values[parameter.Name])]);
            var usual = parameter.Domain.Around([.. rest.Select(trial => trial.Values[parameter.Name])]);
            return Enumerable.Range(0, options.Candidates).Select(_ => likely.Draw(dice)).ToList().MaxBy(value => likely.Of(value) / usual.Of(value));
        }
    }
}
