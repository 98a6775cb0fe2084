using Limbeck.Training;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Lab.Runs;

/// <summary>How long a run worked, as its events tell: the time in which one stage at least was on. The pauses between sessions are not counted, and time that stages spent side by side counts once.</summary>
static class WorkingTime
{
    internal static TimeSpan Of(IEnumerable<TrainingEvent> events)
    {
        var (total, until) = (TimeSpan.Zero, DateTimeOffset.MinValue);
        foreach (var (from, to) in Stretches(events).Order())
        {
            if (to <= until) continue;
            total += to - (from > until ? from : until);
            until = to;
        }

        return total;
    }

    // A stage is on from each of its starts to the last that it told before the next one: a killed session has no other end.
    static List<(DateTimeOffset From, DateTimeOffset To)> Stretches(IEnumerable<TrainingEvent> events)
    {
        var stretches = new List<(DateTimeOffset From, DateTimeOffset To)>();
        var latest = new Dictionary<(string Stage, int Seed), int>();
        foreach (var happened in events)
        {
            var stage = (happened.Stage, happened.Seed);
            if (happened is StageStarted or SynthesisStarted or ExpertEpochDone { Expert: 1, Epoch: 1 })
            {
                latest[stage] = stretches.Count;
                stretches.Add((happened.At, happened.At));
            }
            else if (happened is not StageReused && latest.TryGetValue(stage, out var on))
            {
                stretches[on] = (stretches[on].From, happened.At);
            }
        }

        return stretches;
    }
}
