namespace Limbeck.Training;

/// <summary>Whether a training is the only one of its process. What is measured of the whole process, or on cores that others use too, is its own only then.</summary>
sealed class Solitude : IDisposable
{
    static readonly HashSet<Solitude> running = [];
    bool disturbed;

    /// <summary>A training begins. Where it is alone, the process's peak memory begins anew with it.</summary>
    internal Solitude()
    {
        lock (running)
        {
            running.Add(this);
            if (running.Count == 1) ProcessMemory.Restart();
            else foreach (var training in running) training.disturbed = true;
        }
    }

    /// <summary>Whether no other training ran at any moment so far.</summary>
    internal bool IsUndisturbed
    {
        get
        {
            lock (running) return !disturbed;
        }
    }

    /// <summary>The training ended.</summary>
    public void Dispose()
    {
        lock (running) running.Remove(this);
    }
}
