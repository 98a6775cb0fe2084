using Limbeck.Lab.Runs;

namespace Limbeck.Cli.Commands;

/// <summary><c>limbeck resume</c>.</summary>
sealed class ResumeCommand : Verb
{
    /// <summary>Makes the command.</summary>
    public ResumeCommand(Terminal terminal) : base("resume", "Go on with a run that was stopped, from its last checkpoint. On the CPU it gives the same numbers to the last bit.")
    {
        var folder = AddArgument("run", "Run folder.");
        var jobs = AddJobs("as it was begun, which gives the same bits");
        var every = AddCheckpointEvery();
        var json = AddJson();
        Examples = [("limbeck resume runs/quickstart-20260731-101500", "Does what is left to do, then prints the table.")];
        Does(parsed =>
        {
            var run = RunFolder.Open(parsed.GetRequiredValue(folder));
            var session = new RunSession(terminal, Path.GetDirectoryName(run.Path)!)
            {
                Jobs = parsed.GetValue(jobs) ?? run.ReadStart().Jobs, Json = parsed.GetValue(json), CheckpointEvery = parsed.GetValue(every),
            };
            if (!run.IsFinished) return session.GoOn(run);
            terminal.Say("This run is finished. Its result:");
            session.Print(run, run.ReadResult());
            return ExitCode.Done;
        });
    }
}
