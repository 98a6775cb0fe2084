using Limbeck.Lab.Methods;
using Limbeck.Lab.Recipes;
using Limbeck.Objectives;
using Limbeck.Synthesis;

namespace Limbeck.Cli.Rendering;

/// <summary>Objectives and methods of dataset distillation on a terminal: all in tables, or one in full.</summary>
/// <param name="terminal">Where it talks.</param>
sealed class MethodSheets(Terminal terminal)
{
    /// <summary>All of them, by what they compare.</summary>
    internal void List()
    {
        foreach (var (compares, entries) in Catalog.Groups.Where(group => group.Entries.Count > 0))
        {
            var table = Tables.Of(compares, "what the student learns from", "reads", "source");
            foreach (var entry in entries)
            {
                var objective = entry.CreateDefault();
                table.Row(entry.Kind, entry.Summary, MethodText.Reads(objective.NeedsTeacher, objective.StudentTaps, objective.TeacherTaps), entry.Source);
            }

            terminal.Print(table);
            terminal.Print();
        }

        terminal.Print("Dataset distillation, by what is compared:\n");
        foreach (var (compares, entries) in SynthesisCatalog.Groups)
        {
            var table = Tables.Of(compares, "what images are made by", "source");
            foreach (var entry in entries) table.Row(entry.Kind, entry.Summary, entry.Source);
            terminal.Print(table);
            terminal.Print();
        }

        terminal.Print("All about one, with a recipe that runs: limbeck methods NAME");
    }

    /// <summary>An objective.</summary>
    internal void Tell(Method method)
    {
        Begin(method.Name, method.Summary, method.Source, method.Formula, method.Notes, method.Options);
        var needs = Tables.Of("it needs", $"between {Method.Pair}");
        foreach (var (what, amount) in MethodText.Needs(method.Needs)) needs.Row(what, amount);
        terminal.Print(needs);
        End(method.Recipe);
    }

    /// <summary>A method of dataset distillation.</summary>
    internal void Tell(SynthesisMethod method)
    {
        Begin(method.Name, method.Summary, method.Source, method.Formula, method.Notes, method.Options);
        terminal.Print($"It needs: {MethodText.Needs(method)}.\n");
        var loop = Tables.Of("a stage's key", "where it says nothing, as in the paper for 10 images a class on CIFAR-10");
        foreach (var (key, value) in method.Loop) loop.Row(key, value);
        terminal.Print(loop);
        End(method.Recipe);
    }

    void Begin(string name, string summary, string source, string formula, IReadOnlyList<string> notes, IReadOnlyList<OptionInfo> options)
    {
        terminal.Print($"{name}: {summary}");
        if (source.Length > 0) terminal.Print($"Source: {source}");
        foreach (var paragraph in notes.Prepend(formula)) terminal.Print($"\n{paragraph}");
        terminal.Print();
        Tell(options);
        terminal.Print();
    }

    void End(string recipe)
    {
        terminal.Print("\nA recipe with it, which runs as it stands:\n");
        terminal.Out.Write(recipe);
    }

    void Tell(IReadOnlyList<OptionInfo> options)
    {
        if (options.Count == 0)
        {
            terminal.Print("It has no options.");
            return;
        }

        var table = Tables.Of("option", "default", "allowed", "what it does");
        foreach (var option in options)
        {
            table.Row(option.Name, MethodText.Default(option), option.Allowed ?? "", option.Summary ?? "");
            foreach (var (choice, meaning) in option.Choices) table.Row("", "", choice, meaning);
        }

        terminal.Print(table);
    }
}
