using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Limbeck.Torch;

namespace Limbeck.Training;

/// <summary>Pieces of work that do not touch each other, on several threads. One that fails stops the others.</summary>
static class SideBySide
{
    /// <param name="pieces">The work.</param>
    /// <param name="threads">1: here, one after another, with all the threads that an operator has. More: each piece alone on a thread.</param>
    /// <param name="run">Does a piece, or stops when asked to.</param>
    /// <param name="stop">Asks all to stop.</param>
    internal static void Run<T>(IReadOnlyCollection<T> pieces, int threads, Action<T, CancellationToken> run, CancellationToken stop)
    {
        if (threads == 1)
        {
            foreach (var piece in pieces) run(piece, stop);
            return;
        }

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var (queue, failures) = (new ConcurrentQueue<T>(pieces), new ConcurrentQueue<ExceptionDispatchInfo>());
        // Started from here they inherit how this thread treats denormal numbers.
        var crew = Enumerable.Range(1, Math.Min(threads, pieces.Count)).Select(n => new Thread(Work) { IsBackground = true, Name = $"experts {n}" }).ToList();
        foreach (var thread in crew) thread.Start();
        foreach (var thread in crew) thread.Join();
        // That the others stopped is no failure of theirs.
        (failures.FirstOrDefault(failure => failure.SourceException is not OperationCanceledException) ?? failures.FirstOrDefault())?.Throw();
        stop.ThrowIfCancellationRequested();

        void Work()
        {
            try
            {
                Engine.UseOneThreadHere();
                while (!stopping.IsCancellationRequested && queue.TryDequeue(out var piece)) run(piece, stopping.Token);
            }
            catch (Exception failed)
            {
                failures.Enqueue(ExceptionDispatchInfo.Capture(failed));
                stopping.Cancel();
            }
        }
    }
}
