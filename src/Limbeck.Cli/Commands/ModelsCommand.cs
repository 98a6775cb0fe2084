using System.CommandLine;
using Limbeck.Cli.Rendering;
using Limbeck.Data;
using Limbeck.Models;
using Limbeck.Studio.Reports.Markup;

namespace Limbeck.Cli.Commands;

/// <summary><c>limbeck models</c>.</summary>
sealed class ModelsCommand : Verb
{
    readonly Terminal terminal;

    /// <summary>Makes the command.</summary>
    public ModelsCommand(Terminal terminal) : base("models", "List the networks of the zoo, or tell size and places of one.")
    {
        this.terminal = terminal;
        var name = AddArgument("name", "Name of a network. Default: list all families.");
        name.Arity = ArgumentArity.ZeroOrOne;
        name.CompletionSources.Add(_ => Zoo.Names);
        var classes = new Option<int>("--classes") { Description = "Number of classes.", DefaultValueFactory = _ => 10 };
        var input = new Option<string>("--input") { Description = "Images, as channels x height x width.", HelpName = "CxHxW", DefaultValueFactory = _ => Zoo.Cifar.ToString() };
        Options.Add(classes);
        Options.Add(input);
        var json = AddJson();
        Examples = [("limbeck models resnet-20 --classes 100", "Parameters, multiply-accumulates, and the places that objectives can read.")];
        Does(parsed =>
        {
            if (parsed.GetValue(name) is { } one) Tell(Measure(one, parsed.GetValue(classes), Parsing.Shape(parsed.GetRequiredValue(input))), parsed.GetValue(json));
            else List(parsed.GetValue(json));
            return ExitCode.Done;
        });
    }

    static Model Measure(string name, int classes, ImageShape input)
    {
        using var network = Parsing.Made(() => Zoo.Create(Parsing.Model(name), classes, input));
        return new(name, network.Classes, input.ToString(), network.ParameterCount, Macs.Count(network), [.. network.Stages.Select(stage => new Place(stage.Key, stage.Value.ToString()))]);
    }

    void List(bool json)
    {
        if (json)
        {
            terminal.PrintJson(Zoo.Families.Select(family => new { family.Pattern, family.Summary, family.Source, Names = family.Members.Keys }));
            return;
        }

        var table = Tables.Of("names", "what they are", "source");
        foreach (var family in Zoo.Families) table.Row(family.Pattern, family.Summary, family.Source);
        terminal.Print(table);
    }

    void Tell(Model model, bool json)
    {
        if (json)
        {
            terminal.PrintJson(model);
            return;
        }

        terminal.Print($"{model.Name}: {Numbers.Count(model.Parameters)} parameters, {Numbers.Count(model.Macs)} multiply-accumulates per image of {model.Input}, {model.Classes} classes");
        var table = Tables.Of("place", "module");
        foreach (var place in model.Places) table.Row(place.Name, place.Module);
        terminal.Print(table);
    }

    sealed record Model(string Name, int Classes, string Input, long Parameters, long Macs, IReadOnlyList<Place> Places);

    sealed record Place(string Name, string Module);
}
