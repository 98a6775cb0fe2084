using Limbeck.Lab.Recipes;
using Limbeck.Training;

namespace Limbeck.Lab.Runs;

/// <summary>
/// Hands the stages of a plan to whoever has time for one: each once all that it needs are done and all that a <see cref="Beam"/> compares are done or left out, and of
/// several the first in the plan, but those last that would wait for what somebody makes just now: the same synthetic images, or the same experts.
/// </summary>
/// <param name="plan">The stages.</param>
/// <param name="gate">Lets stages start or leaves them out; null lets all.</param>
/// <param name="skip">Who is told of a stage that is left out, on the thread that asked for one.</param>
sealed class StageQueue(IReadOnlyList<PlannedStage> plan, StageGate? gate = null, Action<PlannedStage, string>? skip = null)
{
    readonly List<PlannedStage> waiting = [.. plan];
    readonly Dictionary<PlannedStage, FitResult> done = new(ReferenceEqualityComparer.Instance);
    readonly List<PlannedStage> running = [];
    readonly HashSet<PlannedStage> settled = new(ReferenceEqualityComparer.Instance);
    bool closed;

    /// <summary>What came of the stages that are done. To be read when nobody works any more.</summary>
    internal IReadOnlyDictionary<PlannedStage, FitResult> Done => done;

    /// <summary>Whether stages were left when it was closed.</summary>
    internal bool HasMore
    {
        get
        {
            lock (waiting) return waiting.Count > 0;
        }
    }

    /// <summary>The next stage. Waits while all that are left need one that somebody still works on; null when there is nothing more to start.</summary>
    internal PlannedStage? Take()
    {
        while (true)
        {
            var left = new List<(PlannedStage Stage, string Reason)>();
            if (Next(left) is { } ready) return ready;
            if (left.Count == 0) return null;
            // Told outside of the lock: whoever hears it may stop the run, which closes the queue.
            foreach (var (stage, reason) in left) skip?.Invoke(stage, reason);
        }
    }

    /// <summary>A stage that was taken is done.</summary>
    internal void Finish(PlannedStage stage, FitResult result)
    {
        lock (waiting)
        {
            running.Remove(stage);
            done.Add(stage, result);
            settled.Add(stage);
            Monitor.PulseAll(waiting);
        }
    }

    /// <summary>Hands out nothing more.</summary>
    internal void Close()
    {
        lock (waiting)
        {
            closed = true;
            Monitor.PulseAll(waiting);
        }
    }

    bool IsReady(PlannedStage stage) => stage.Needs.All(done.ContainsKey) && Beam.Awaited(stage, plan).All(settled.Contains);

    int Shares(PlannedStage stage) => running.Select(other =>
        stage.ImagesKey is null ? 0 : other.ImagesKey == stage.ImagesKey ? 2 : stage.ExpertsKey is not null && other.ExpertsKey == stage.ExpertsKey ? 1 : 0).DefaultIfEmpty().Max();

    // Null too where it left something out, which is to be told first.
    PlannedStage? Next(List<(PlannedStage Stage, string Reason)> left)
    {
        lock (waiting)
        {
            while (!closed && waiting.Count > 0 && left.Count == 0)
            {
                if (waiting.Where(IsReady).MinBy(Shares) is not { } ready)
                {
                    Monitor.Wait(waiting);
                }
                else if ((Beam.Refuses(ready, plan, done) ?? gate?.Invoke(ready, done)) is { } reason)
                {
                    LeaveOut(ready, reason, left);
                    Monitor.PulseAll(waiting);
                }
                else
                {
                    waiting.Remove(ready);
                    running.Add(ready);
                    return ready;
                }
            }

            return null;
        }
    }

    void LeaveOut(PlannedStage stage, string reason, List<(PlannedStage Stage, string Reason)> left)
    {
        if (!waiting.Remove(stage)) return;
        settled.Add(stage);
        left.Add((stage, reason));
        foreach (var needing in waiting.Where(other => other.Needs.Contains(stage)).ToList()) LeaveOut(needing, $"it needs {stage.Name}, which is left out", left);
    }
}
