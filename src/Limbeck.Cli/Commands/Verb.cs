using System.CommandLine;

namespace Limbeck.Cli.Commands;

/// <summary>A command of limbeck: what it is called, what it takes, what it does, and how one calls it.</summary>
abstract class Verb(string name, string description) : Command(name, description)
{
    /// <summary>Command lines that help shows: each with what it does.</summary>
    public IReadOnlyList<(string Line, string Does)> Examples { get; protected init; } = [];

    /// <summary>Adds <c>--json</c>: the result as JSON on stdout.</summary>
    protected Option<bool> AddJson()
    {
        var json = new Option<bool>("--json") { Description = "Print the result as JSON." };
        Options.Add(json);
        return json;
    }

    /// <summary>Adds <c>--runs</c>: the folder that holds run folders.</summary>
    protected Option<string> AddRuns()
    {
        var runs = new Option<string>("--runs") { Description = "Folder of the run folders and of the finished stages that they share.", HelpName = "DIR", DefaultValueFactory = _ => "runs" };
        Options.Add(runs);
        return runs;
    }

    /// <summary>Adds <c>--checkpoint-every</c>: what a crash can lose.</summary>
    protected Option<double> AddCheckpointEvery()
    {
        var every = new Option<double>("--checkpoint-every") { Description = "Seconds between two checkpoints, the most that a crash can lose; 0: after every step.", HelpName = "SECONDS", DefaultValueFactory = _ => 30 };
        every.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<double>() is < 0 or double.NaN) given.AddError("--checkpoint-every: expected 0 seconds or more");
        });
        Options.Add(every);
        return every;
    }

    /// <summary>Adds <c>--jobs</c>: stages side by side.</summary>
    protected Option<int?> AddJobs(string byDefault)
    {
        var jobs = new Option<int?>("--jobs", "-j")
        {
            Description = $"Stages that run side by side where none needs another, each on its share of the cores; 0: as many as the cores are for. Default: {byDefault}.",
            HelpName = "N",
        };
        jobs.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int?>() is < 0 or > 1024) given.AddError("--jobs: expected 0 to 1024");
        });
        Options.Add(jobs);
        return jobs;
    }

    /// <summary>Adds the network, run, dataset or file that the command is about.</summary>
    protected Argument<string> AddArgument(string name, string description)
    {
        var argument = new Argument<string>(name) { Description = description, HelpName = name };
        Arguments.Add(argument);
        return argument;
    }

    /// <summary>What it does.</summary>
    protected void Does(Func<ParseResult, ExitCode> act) => SetAction(parsed => (int)act(parsed));
}
