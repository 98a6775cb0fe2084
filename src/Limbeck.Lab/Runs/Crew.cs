using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Limbeck.Lab.Recipes;
using Limbeck.Training;

namespace Limbeck.Lab.Runs;

/// <summary>Works a queue of stages off, on several threads of this process. One that fails stops the others, which save what they have done.</summary>
/// <remarks>
/// Threads, not processes: the data are in memory once, and everything that a training touches is its own or the thread's. libtorch keeps the number
/// of threads of an operator, the recording of gradients and the flushing of denormal numbers for each thread.
/// </remarks>
/// <param name="queue">The stages.</param>
/// <param name="run">Runs one to its end, or stops when asked to.</param>
sealed class Crew(StageQueue queue, Func<PlannedStage, CancellationToken, FitResult> run)
{
    readonly ConcurrentQueue<ExceptionDispatchInfo> failures = [];

    /// <summary>Works until nothing is left.</summary>
    /// <param name="jobs">Threads, the caller's among them.</param>
    /// <param name="stop">Asks all to save and stop.</param>
    /// <exception cref="OperationCanceledException">It was stopped before all was done.</exception>
    internal void Work(int jobs, CancellationToken stop)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var closing = stopping.Token.Register(queue.Close);
        // Started from here they inherit how this thread treats denormal numbers: their bits are those of a stage that runs here.
        var others = Enumerable.Range(2, jobs - 1).Select(n => new Thread(() => Shift(stopping)) { IsBackground = true, Name = $"stages {n}" }).ToList();
        foreach (var other in others) other.Start();
        Shift(stopping);
        foreach (var other in others) other.Join();
        // That others stopped is no failure of theirs. A second failure comes back when the run goes on.
        (failures.FirstOrDefault(failure => failure.SourceException is not OperationCanceledException) ?? failures.FirstOrDefault())?.Throw();
        if (queue.HasMore) stop.ThrowIfCancellationRequested();
    }

    void Shift(CancellationTokenSource stopping)
    {
        try
        {
            while (queue.Take() is { } stage) queue.Finish(stage, run(stage, stopping.Token));
        }
        catch (Exception failed)
        {
            failures.Enqueue(ExceptionDispatchInfo.Capture(failed));
            stopping.Cancel();
        }
    }
}
