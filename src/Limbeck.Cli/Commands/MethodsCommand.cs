using System.CommandLine;
using Limbeck.Cli.Rendering;
using Limbeck.Lab.Methods;
using Limbeck.Objectives;
using Limbeck.Synthesis;

namespace Limbeck.Cli.Commands;

/// <summary><c>limbeck methods</c>.</summary>
sealed class MethodsCommand : Verb
{
    readonly Terminal terminal;

    /// <summary>Makes the command.</summary>
    public MethodsCommand(Terminal terminal) : base("methods", "List what a student can learn from, and what can make images that stand for a dataset, or tell all about one.")
    {
        this.terminal = terminal;
        var name = AddArgument("name", "Name of an objective, or of a method of dataset distillation. Default: list all.");
        name.Arity = ArgumentArity.ZeroOrOne;
        name.CompletionSources.Add(_ => Names);
        var markdown = new Option<string?>("--markdown") { Description = "Write a page for each, and an index of them, into a folder.", HelpName = "DIR" };
        Options.Add(markdown);
        var json = AddJson();
        Examples =
        [
            ("limbeck methods soft-targets", "Formula, paper, options with defaults and ranges, what it needs, and a recipe that runs."),
            ("limbeck methods mtt", "The same of a method of dataset distillation."),
            ("limbeck methods --json", "The same of all, for a program; 'key' is the recipe's key that takes it."),
        ];
        Does(parsed =>
        {
            var kind = parsed.GetValue(name);
            if (kind is not null && !Names.Contains(kind)) throw Unknown(kind);
            if (parsed.GetValue(markdown) is { } folder) Write(folder, kind);
            else if (kind is null) TellAll(parsed.GetValue(json));
            else TellOne(kind, parsed.GetValue(json));
            return ExitCode.Done;
        });
    }

    static IEnumerable<string> Names => [.. Catalog.All.Select(entry => entry.Kind), .. SynthesisCatalog.All.Select(entry => entry.Kind)];

    void TellAll(bool json)
    {
        if (json) terminal.PrintJson<object[]>([.. Method.Of(Catalog.All), .. SynthesisMethod.Of(SynthesisCatalog.All)]);
        else new MethodSheets(terminal).List();
    }

    void TellOne(string kind, bool json)
    {
        if (Catalog.All.FirstOrDefault(entry => entry.Kind == kind) is { } objective) Tell(Method.Of(objective), new MethodSheets(terminal).Tell);
        else Tell(SynthesisMethod.Of(SynthesisCatalog.Find(kind)), new MethodSheets(terminal).Tell);

        void Tell<T>(T method, Action<T> print)
        {
            if (json) terminal.PrintJson(method);
            else print(method);
        }
    }

    static UsageException Unknown(string kind) => new($"there is no objective or method of dataset distillation '{kind}'{(Spelling.Nearest(kind, Names) is { } meant ? $"; did you mean '{meant}'?" : ".")} There are: {string.Join(", ", Names)}");

    static void Write(string folder, string? one)
    {
        if (one is not null) throw new UsageException("--markdown writes the pages of all: leave the name out");
        Directory.CreateDirectory(folder);
        foreach (var (file, text) in MethodPages.Of(Method.Of(Catalog.All), SynthesisMethod.Of(SynthesisCatalog.All))) File.WriteAllText(Path.Combine(folder, file), text);
    }
}
