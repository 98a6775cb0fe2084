using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Limbeck.Cli;

/// <summary>Signals as a wish to stop: the first one asks for a checkpoint, one that comes a second later ends the process at once.</summary>
sealed class Interruption : IDisposable
{
    // .NET has no name for SIGUSR1, which Slurm's --signal and other schedulers send ahead of preemption. Its number is the system's.
    static readonly PosixSignal MakeRoom = (PosixSignal)(OperatingSystem.IsMacOS() ? 30 : 10);

    static readonly Dictionary<PosixSignal, ExitCode> Codes = new()
    {
        [PosixSignal.SIGINT] = ExitCode.Interrupted,
        [PosixSignal.SIGTERM] = ExitCode.Terminated,
        [PosixSignal.SIGHUP] = ExitCode.HungUp,
    };

    // One wish may come more than once: timeout(1) sends its signal to the process and then to the group that it is in.
    static readonly TimeSpan SameWish = TimeSpan.FromSeconds(1);

    readonly CancellationTokenSource stop = new();
    readonly List<PosixSignalRegistration> registrations;
    readonly Action<string> say;
    long first;

    /// <summary>Listens until it is disposed.</summary>
    public Interruption(Action<string> say)
    {
        this.say = say;
        registrations = [.. Codes.Keys.Select(signal => PosixSignalRegistration.Create(signal, context => Handle(context, Codes[signal])))];
        if (!OperatingSystem.IsWindows()) registrations.Add(PosixSignalRegistration.Create(MakeRoom, context => Handle(context, ExitCode.Stopped)));
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Stop => stop.Token;

    /// <summary>How the program ends when it has stopped.</summary>
    public ExitCode Code { get; private set; } = ExitCode.Stopped;

    /// <summary>Listens no more.</summary>
    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
        stop.Dispose();
    }

    void Handle(PosixSignalContext context, ExitCode code)
    {
        var came = Interlocked.CompareExchange(ref first, Stopwatch.GetTimestamp(), 0);

        // A second wish is left to the system, which ends the process.
        context.Cancel = came == 0 || Stopwatch.GetElapsedTime(came) < SameWish;
        if (came != 0) return;
        Code = code;
        say("Stopping: saving a checkpoint. The same signal again, a second later, stops at once and loses what came after the last one.");
        stop.Cancel();
    }
}
