using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text.RegularExpressions;
using Limbeck.Cli.Commands;
using Limbeck.Cli.Rendering;

namespace Limbeck.Cli;

/// <summary>The command line: which commands there are, and what happens around each of them.</summary>
static partial class CommandLine
{
    // In the order in which one meets them; help lists them so.
    static readonly Func<Terminal, Command>[] Verbs =
    [
        terminal => new QuickstartCommand(terminal),
        terminal => new RunCommand(terminal),
        terminal => new ResumeCommand(terminal),
        terminal => new CheckCommand(terminal),
        terminal => new RecipesCommand(terminal),
        terminal => new MethodsCommand(terminal),
        terminal => new ModelsCommand(terminal),
        terminal => new DataCommand(terminal),
        terminal => new EvalCommand(terminal),
        terminal => new CompareCommand(terminal),
        terminal => new ReportCommand(terminal),
        terminal => new InspectCommand(terminal),
        terminal => new ExportCommand(terminal),
        terminal => new ImportCommand(terminal),
        terminal => new DoctorCommand(terminal),
        terminal => new SchemaCommand(terminal),
        terminal => new CompletionCommand(terminal),
    ];

    /// <summary>The whole tree of commands.</summary>
    public static Command Tree(Terminal terminal)
    {
        var root = new Command("limbeck", "Distils neural networks: a small one learns from a big one, and every number is measured honestly.");
        foreach (var verb in Verbs) root.Subcommands.Add(verb(terminal));
        root.Options.Add(new Option<bool>("--quiet", "-q") { Description = "Say nothing but results and errors.", Recursive = true });
        root.Options.Add(new HelpOption("--help", "-h") { Description = "Show this page.", Action = new HelpPage(terminal) });
        root.Options.Add(new VersionOption { Description = "Show the version." });
        return root;
    }

    /// <summary>Runs one command line.</summary>
    public static ExitCode Run(IReadOnlyList<string> arguments, Terminal terminal)
    {
        var root = Tree(terminal);
        if (arguments is [var first, ..] && Suggest().Match(first) is { Success: true } asked)
            return Complete(root, arguments.Count > 1 ? arguments[^1] : "", int.Parse(asked.Groups["at"].Value), terminal);
        // A file of arguments (@file) would take away names that begin with @.
        var parsed = root.Parse(arguments.Count == 0 ? ["--help"] : arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction) return Refuse(parsed, terminal);
        terminal.IsQuiet = parsed.GetValue<bool>("--quiet");
        try
        {
            return (ExitCode)parsed.Invoke(Streams(terminal.Out, terminal.Error));
        }
        catch (Exception error)
        {
            return Failure.Report(error, terminal);
        }
    }

    // The library would show the whole help, on stdout, and exit with 1.
    static ExitCode Refuse(ParseResult parsed, Terminal terminal)
    {
        foreach (var complaint in Complaints(parsed)) terminal.Error.WriteLine($"limbeck: {complaint}");
        terminal.Error.WriteLine($"Try: {HelpPage.PathOf(parsed.CommandResult)} --help");
        return ExitCode.Usage;
    }

    static IEnumerable<string> Complaints(ParseResult parsed)
    {
        var commands = parsed.CommandResult.Command.Subcommands.Select(command => command.Name).ToList();
        if (commands.Count == 0) return parsed.Errors.Select(error => error.Message).Distinct();
        return parsed.UnmatchedTokens is [var word, ..]
            ? [$"there is no command '{word}'{(Spelling.Nearest(word, commands) is { } meant ? $"; did you mean '{meant}'?" : "")}"]
            : [$"which command? There are: {string.Join(", ", commands)}"];
    }

    static InvocationConfiguration Streams(TextWriter output, TextWriter error) =>
        new() { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };

    static ExitCode Complete(Command root, string line, int position, Terminal terminal)
    {
        foreach (var item in root.Parse(line).GetCompletions(Math.Min(position, line.Length))) terminal.Print(item.InsertText ?? item.Label);
        return ExitCode.Done;
    }

    [GeneratedRegex(@"^\[suggest(:(?<at>\d+))?\]$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Suggest();
}
