using System.CommandLine;
using Limbeck.Cli.Rendering;
using Limbeck.Data.Distilled;
using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports;
using Limbeck.Studio.Reports.Markup;
using Limbeck.Torch.Serialization;

namespace Limbeck.Cli.Commands;

/// <summary><c>limbeck inspect</c>.</summary>
sealed class InspectCommand : Verb
{
    readonly Terminal terminal;

    /// <summary>Makes the command.</summary>
    public InspectCommand(Terminal terminal) : base("inspect", "Look into a safetensors file (keys, shapes, types, notes) or a run folder (which stages are done).")
    {
        this.terminal = terminal;
        var path = AddArgument("file", "Safetensors file, or run folder.");
        var sheet = new Option<string?>("--sheet") { Description = "Draw the images of a distilled set into a PNG file, a line for each class.", HelpName = "FILE" };
        Options.Add(sheet);
        var json = AddJson();
        Examples =
        [
            ("limbeck inspect runs/mine/networks/student-1.safetensors", "Reads the header only."),
            ("limbeck inspect runs/mine/images/dm-1.safetensors --sheet dm.png", "Shows what was made, in the colours of the original images."),
        ];
        Does(parsed =>
        {
            var named = parsed.GetRequiredValue(path);
            if (parsed.GetValue(sheet) is { } picture) Draw(named, picture);
            if (Directory.Exists(named)) TellRun(RunFolder.Open(named), parsed.GetValue(json));
            else TellFile(named, parsed.GetValue(json));
            return ExitCode.Done;
        });
    }

    void Draw(string path, string picture)
    {
        using var set = DistilledSet.Open(path);
        var png = ImageSheet.Of(set);
        AtomicFile.Write(picture, file => file.Write(png));
        terminal.Say($"Wrote {picture}: {set.Count} images of {set.Card.ClassNames.Count} classes");
    }

    void TellFile(string path, bool json)
    {
        using var file = Safetensors.Load(path);
        if (json)
        {
            terminal.PrintJson(new { file.Path, file.Metadata, Tensors = file.Entries });
            return;
        }

        var notes = Tables.Of("note", "value");
        foreach (var (key, value) in file.Metadata) notes.Row(key, value.Length > 100 ? $"{value[..100]}… ({value.Length} characters)" : value);
        var tensors = Tables.Of("tensor", "type", "shape", ">values");
        foreach (var entry in file.Entries) tensors.Row(entry.Name, entry.DType.ToString(), $"[{string.Join(", ", entry.Shape)}]", Numbers.Count(Values(entry)));
        terminal.Print(notes);
        terminal.Print(tensors);
        terminal.Print($"{file.Entries.Count} tensors, {Numbers.Count(file.Entries.Sum(Values))} values");
    }

    static long Values(SafetensorsEntry entry) => entry.Shape.Aggregate(1L, (product, size) => product * size);

    void TellRun(RunFolder folder, bool json)
    {
        var state = RunState.Of(folder);
        if (json)
        {
            terminal.PrintJson(state);
            return;
        }

        terminal.Print($"{state.Recipe}{(state.Scale is { } scale ? $", scale {scale}" : "")}, begun {state.Started:yyyy-MM-dd HH:mm}: {(state.IsFinished ? "finished" : $"not finished; go on with: limbeck resume {folder.Path}")}");
        var table = Tables.Of("stage", ">seed", "model", "state");
        foreach (var stage in state.Stages) table.Row(stage.Stage, $"{stage.Seed}", stage.Model, stage.State);
        terminal.Print(table);
    }
}
