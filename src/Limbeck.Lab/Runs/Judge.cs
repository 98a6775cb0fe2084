using Limbeck.Lab.Search;

namespace Limbeck.Lab.Runs;

/// <summary>Decides, rung by rung, whether a trial goes on. What it saw is in the journal before it decides: whoever goes on from there decides the same.</summary>
/// <param name="study">The trials that it competes with.</param>
/// <param name="trial">Its number.</param>
/// <param name="halving">The rule.</param>
/// <param name="rungs">Epochs at which it is judged.</param>
sealed class Judge(Study study, int trial, Halving halving, IReadOnlyList<int> rungs)
{
    /// <summary>The rung at which the trial was stopped, and its value there; null while it goes on.</summary>
    internal (int Epoch, double Value)? Stopped { get; private set; }

    /// <summary>Looks at the value of an epoch; at most once at each rung.</summary>
    internal void See(int epoch, double? accuracy)
    {
        if (Stopped is not null || accuracy is not { } value || !rungs.Contains(epoch)) return;
        if (!study.Trials[trial].Reports.ContainsKey(epoch)) study.Report(trial, epoch, value);
        // Only those before it, so that the verdict is the same whenever it is asked for.
        var standing = study.Trials.Take(trial + 1).Where(other => other.Reports.ContainsKey(epoch)).Select(other => other.Reports[epoch]).ToList();
        if (!halving.GoesOn(value, standing)) Stopped = (epoch, value);
    }

    /// <summary>Looks at what the journal has of this trial, or of an earlier one with the same values: nothing is trained to learn it again.</summary>
    internal void Remember()
    {
        var values = study.Trials[trial].Values;
        var known = study.Trials.Take(trial + 1).Where(other => other.Values.Count == values.Count && !other.Values.Except(values).Any());
        foreach (var (epoch, value) in known.SelectMany(other => other.Reports).OrderBy(report => report.Key)) See(epoch, value);
    }
}
