using Limbeck.Training;

namespace Limbeck.Lab.Runs;

/// <summary>The teachers that a stage has opened, to be closed with it.</summary>
sealed class Teachers(IEnumerable<Teacher> teachers) : IDisposable
{
    internal IReadOnlyList<Teacher> All { get; } = [.. teachers];

    public void Dispose()
    {
        foreach (var teacher in All) teacher.Network.Dispose();
    }
}
