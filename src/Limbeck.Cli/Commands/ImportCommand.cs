using System.CommandLine;
using System.Globalization;
using Limbeck.Data.Distilled;
using Limbeck.Data.Sources;
using Limbeck.Models;
using Limbeck.Studio.Reports.Markup;

namespace Limbeck.Cli.Commands;

/// <summary><c>limbeck import</c>.</summary>
sealed class ImportCommand : Verb
{
    static readonly IReadOnlyDictionary<string, SetLayout> layouts = new Dictionary<string, SetLayout>(StringComparer.Ordinal) { ["mtt"] = SetLayout.Mtt, ["dd-ranking"] = SetLayout.DdRanking };

    /// <summary>Makes the command.</summary>
    public ImportCommand(Terminal terminal) : base("import", "Read a distilled set that another code has made, and write it as a file that limbeck eval takes.")
    {
        var folder = AddArgument("folder", "Folder with the other code's files.");
        var file = AddArgument("file", "File to write.");
        var layout = AddLayout(this);
        var data = new Option<string>("--data") { Description = "Dataset that the images stand for.", HelpName = "NAME", Required = true };
        data.CompletionSources.Add(_ => Datasets.All.Select(known => known.Name));
        var network = new Option<string>("--network") { Description = "Network that they were made for.", HelpName = "NAME", DefaultValueFactory = _ => "convnet-d3-w128" };
        var method = new Option<string>("--method") { Description = "Name of the method that made them, for the record.", HelpName = "NAME", DefaultValueFactory = _ => "imported" };
        var mean = new Option<string?>("--mean") { Description = "Means that they are normalised with, of pixels in [0, 1], with commas between. Default: the dataset's customary ones.", HelpName = "NUMBERS" };
        var std = new Option<string?>("--std") { Description = "Deviations likewise.", HelpName = "NUMBERS" };
        foreach (var option in (Option[])[data, network, method, mean, std]) Options.Add(option);
        var json = AddJson();
        Examples =
        [
            ("limbeck import logged_files/run mtt.safetensors --layout mtt --data cifar10 --method mtt --mean 0.4914,0.4822,0.4465 --std 0.2023,0.1994,0.2010", "Images, labels and step size, normalised as that code does it."),
        ];
        Does(parsed =>
        {
            var dataset = DataCommand.Find(parsed.GetRequiredValue(data));
            if (!Zoo.Has(parsed.GetRequiredValue(network))) throw new UsageException($"there is no model '{parsed.GetRequiredValue(network)}'. See: limbeck models");
            var usual = dataset.Normalization;
            var card = new DistilledCard
            {
                Method = parsed.GetRequiredValue(method),
                Dataset = dataset.Name,
                ClassNames = dataset.ClassNames,
                Normalization = new(NumbersOf(mean, parsed) ?? usual.Mean, NumbersOf(std, parsed) ?? usual.Std),
                Network = parsed.GetRequiredValue(network),
            };
            using var set = SetFolder.Read(parsed.GetRequiredValue(folder), layout(parsed), card);
            if (set.Shape != dataset.Shape) throw new UsageException($"{parsed.GetRequiredValue(folder)} has images of {set.Shape}, and {dataset.Name} of {dataset.Shape}: name another dataset with --data");
            set.Save(parsed.GetRequiredValue(file));
            if (parsed.GetValue(json)) terminal.PrintJson(new { File = parsed.GetRequiredValue(file), Images = set.Count, Shape = set.Shape.ToString(), set.HasSoftLabels, set.StepSizes, card.Normalization });
            else terminal.Print($"{parsed.GetRequiredValue(file)}: {Numbers.Plural(set.Count, "image")} of {set.Shape}, {(set.HasSoftLabels ? "soft" : "hard")} labels{(set.StepSize is { } step ? $", step size {Numbers.Significant(step)}" : "")}");
            return ExitCode.Done;
        });
    }

    /// <summary>Adds <c>--layout</c>.</summary>
    internal static Func<ParseResult, SetLayout> AddLayout(Verb verb)
    {
        var layout = new Option<string>("--layout") { Description = "Whose layout: mtt (also of TESLA, FTD, DATM) or dd-ranking.", HelpName = "NAME", Required = true };
        layout.CompletionSources.Add(_ => layouts.Keys);
        verb.Options.Add(layout);
        return parsed => layouts.TryGetValue(parsed.GetRequiredValue(layout), out var known) ? known
            : throw new UsageException($"--layout: there is no layout '{parsed.GetRequiredValue(layout)}'. There are: {string.Join(", ", layouts.Keys)}");
    }

    static double[]? NumbersOf(Option<string?> option, ParseResult parsed) => parsed.GetValue(option) is not { } text ? null : [.. text.Split(',').Select(part =>
        double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw new UsageException($"{option.Name}: expected numbers with commas between, found '{text}'"))];
}
