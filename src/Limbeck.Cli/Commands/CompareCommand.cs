using System.CommandLine;
using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports;

namespace Limbeck.Cli.Commands;

/// <summary><c>limbeck compare</c>.</summary>
sealed class CompareCommand : Verb
{
    /// <summary>Makes the command.</summary>
    public CompareCommand(Terminal terminal) : base("compare", "Put the students of a finished run side by side, or several runs stage by stage, each with its difference seed by seed.")
    {
        var folders = new Argument<string[]>("runs") { Description = "Run folders.", HelpName = "run", Arity = ArgumentArity.OneOrMore };
        Arguments.Add(folders);
        var html = new Option<string?>("--html") { Description = "Write the comparison as a page too.", HelpName = "FILE" };
        Options.Add(html);
        var markdown = new Option<bool>("--markdown") { Description = "Print the students of one run as a Markdown table." };
        Options.Add(markdown);
        var against = new Option<string?>("--against") { Description = "Compare the students of one run with this stage. Default: each with the same network trained alone.", HelpName = "STAGE" };
        Options.Add(against);
        var json = AddJson();
        Examples =
        [
            ("limbeck compare runs/objectives-1", "One run: each student against the same network alone, time of a step, peak memory."),
            ("limbeck compare runs/takd-1 --against 10-2", "Whether an assistant helps beside the teacher itself."),
            ("limbeck compare runs/mine-1 runs/mine-2 --html compare.html", "Test accuracy in percent: mean and spread, and the difference with its 95 % interval."),
        ];
        Does(parsed =>
        {
            var runs = parsed.GetRequiredValue(folders).Select(path => RunFolder.Open(path).ReadResult()).ToList();
            var comparison = RunComparison.Compare(runs);
            if (parsed.GetValue(against) is { } stage && runs.Count > 1) throw new UsageException($"--against {stage} compares the stages of one run, and there are {runs.Count}");
            if (parsed.GetValue(html) is { } page) File.WriteAllText(page, comparison.ToHtml());
            if (parsed.GetValue(json)) terminal.PrintJson(runs);
            else if (parsed.GetValue(markdown)) foreach (var run in runs) terminal.Out.Write(Table(run, parsed.GetValue(against)).ToMarkdown());
            else if (runs is [var only]) terminal.Out.Write(string.Join('\n', [Table(only, parsed.GetValue(against)).ToText(), .. PathTable.Of(only).Select(paths => paths.ToText())]));
            else terminal.Out.Write(comparison.ToText());
            return ExitCode.Done;
        });
    }

    static StageTable Table(RunResult run, string? against)
    {
        if (against is not null && run.Stages.All(stage => stage.Name != against))
            throw new UsageException($"{run.Name} has no stage '{against}'; it has {string.Join(", ", run.Stages.Select(stage => stage.Name))}");
        return StageTable.Of(run, against);
    }
}
