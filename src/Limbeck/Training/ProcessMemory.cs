using System.Diagnostics;
using Limbeck.Torch;

namespace Limbeck.Training;

/// <summary>Memory of this process.</summary>
static class ProcessMemory
{
    const string Reset = "/proc/self/clear_refs";

    /// <summary>Gives freed memory back and forgets the largest size so far, so that a training's peak is its own and not an earlier one's.</summary>
    /// <remarks>Where the system has no such file, or does not let it be written (a locked container), the peak stays the process's: a number in a report is no reason to stop a training.</remarks>
    internal static void Restart(string reset = Reset)
    {
        Engine.ReleaseMemory();
        if (!File.Exists(reset)) return;
        try
        {
            File.WriteAllText(reset, "5");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Debug.WriteLine($"{reset}: {refused.Message}");
        }
    }

    /// <summary>Largest resident size since then, in bytes.</summary>
    internal static long Peak()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64;
    }
}
