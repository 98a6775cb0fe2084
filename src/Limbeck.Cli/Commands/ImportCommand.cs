using System.CommandLine;
using System.Globalization;
using Limbeck.Data;
using Limbeck.Data.Distilled;
using Limbeck.Data.Sources;
using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Markup;
using DatasetInfo = Limbeck.Data.Sources.DatasetInfo;

namespace Limbeck.Cli.Commands;

/// <summary><c>limbeck import</c>.</summary>
sealed class ImportCommand : Verb
{
    const string MadeFor = "convnet-d3-w128";
    const string Imported = "imported";

    static readonly IReadOnlyDictionary<string, SetLayout> layouts = new Dictionary<string, SetLayout>(StringComparer.Ordinal) { ["mtt"] = SetLayout.Mtt, ["dd-ranking"] = SetLayout.DdRanking };

    readonly Option<string> data = new("--data") { Description = "Dataset that the network has learned, or that the images stand for. One that is not known here goes with --classes, --input, --mean and --std.", HelpName = "NAME", Required = true };
    readonly Option<string?> network = new("--network") { Description = $"Network that the weights are of, or that the images were made for. Default, of images: {MadeFor}.", HelpName = "NAME" };
    readonly Option<string?> mean = new("--mean") { Description = "Means that pixels in [0, 1] were normalised with, with commas between. Default: the dataset's customary ones.", HelpName = "NUMBERS" };
    readonly Option<string?> std = new("--std") { Description = "Deviations likewise.", HelpName = "NUMBERS" };
    readonly Option<int?> classes = new("--classes") { Description = "Number of classes, for a dataset that is not known here.", HelpName = "N" };
    readonly Option<string?> input = new("--input") { Description = "Shape of its images: channels x height x width.", HelpName = "CxHxW" };
    readonly Option<string?> method = new("--method") { Description = $"Name of the method that made the images, for the record. Default: {Imported}.", HelpName = "NAME" };

    /// <summary>Makes the command.</summary>
    public ImportCommand(Terminal terminal) : base("import", "Read a network that PyTorch has trained, or a distilled set that another code has made, and write it as a file that limbeck eval takes.")
    {
        var from = AddArgument("from", "File with a network's weights, of torch.save or safetensors; with --layout, folder with a distilled set.");
        var file = AddArgument("file", "File to write.");
        var layout = LayoutOption("Whose distilled set it is: mtt (also of TESLA, FTD, DATM) or dd-ranking. Without it, a network.");
        data.CompletionSources.Add(_ => Datasets.All.Select(known => known.Name));
        foreach (var option in (Option[])[layout, data, network, classes, input, mean, std, method]) Options.Add(option);
        var json = AddJson();
        Examples =
        [
            ("limbeck import ckpt_epoch_240.pth teacher.safetensors --network resnet-110 --data cifar100 --mean 0.5071,0.4867,0.4408 --std 0.2675,0.2565,0.2761",
                "A teacher of RepDistiller, for 'from: teacher.safetensors' in a recipe."),
            ("limbeck import logged_files/run mtt.safetensors --layout mtt --data cifar10 --method mtt --mean 0.4914,0.4822,0.4465 --std 0.2023,0.1994,0.2010", "Images, labels and step size, normalised as that code does it."),
        ];
        Does(parsed =>
        {
            var (source, target) = (parsed.GetRequiredValue(from), parsed.GetRequiredValue(file));
            var (told, said) = parsed.GetValue(layout) is { } whose ? ImportSet(parsed, source, target, LayoutOf(whose)) : ImportNetwork(parsed, source, target);
            if (parsed.GetValue(json)) terminal.PrintJson(told);
            else terminal.Print(said);
            return ExitCode.Done;
        });
    }

    /// <summary><c>--layout</c>.</summary>
    internal static Option<string?> LayoutOption(string description)
    {
        var layout = new Option<string?>("--layout") { Description = description, HelpName = "NAME" };
        layout.CompletionSources.Add(_ => layouts.Keys);
        return layout;
    }

    /// <summary>The layout of a name.</summary>
    internal static SetLayout LayoutOf(string name) => layouts.TryGetValue(name, out var known) ? known : throw new UsageException($"--layout: there is no layout '{name}'. There are: {string.Join(", ", layouts.Keys)}");

    (object Told, string Said) ImportNetwork(ParseResult parsed, string from, string file)
    {
        if (Directory.Exists(from)) throw new UsageException($"{from} is a folder: of a distilled set, --layout says whose; of a network, name the file with its weights");
        if (parsed.GetValue(method) is not null) throw new UsageException("--method is for distilled sets");
        var card = CardOf(parsed, ModelOf(parsed) ?? throw new UsageException("--network: say which network the weights are of. All names: limbeck models --json"));
        var parameters = Parsing.Made(() => Networks.Import(from, card, file));
        return (new { File = file, card.Model, Parameters = parameters, card.Dataset, card.Classes, Input = card.Input.ToString(), card.Normalization },
            $"{file}: {card.Model}, {Numbers.Count(parameters)} parameters, {card.Classes} classes of {card.Dataset}.{(IsKnown(card.Dataset) ? $" What it is worth: limbeck eval {file}" : "")}");
    }

    (object Told, string Said) ImportSet(ParseResult parsed, string folder, string file, SetLayout layout)
    {
        if (parsed.GetValue(classes) is not null || parsed.GetValue(input) is not null) throw new UsageException("--classes and --input are for networks: a distilled set stands for a dataset that is known here");
        var dataset = DataCommand.Find(parsed.GetRequiredValue(data));
        var card = new DistilledCard
        {
            Method = parsed.GetValue(method) ?? Imported,
            Dataset = dataset.Name,
            ClassNames = dataset.ClassNames,
            Normalization = NormalizationOf(parsed, dataset)!,
            Network = ModelOf(parsed) ?? MadeFor,
        };
        using var set = SetFolder.Read(folder, layout, card);
        if (set.Shape != dataset.Shape) throw new UsageException($"{folder} has images of {set.Shape}, and {dataset.Name} of {dataset.Shape}: name another dataset with --data");
        set.Save(file);
        return (new { File = file, Images = set.Count, Shape = set.Shape.ToString(), set.HasSoftLabels, set.StepSizes, card.Normalization },
            $"{file}: {Numbers.Plural(set.Count, "image")} of {set.Shape}, {(set.HasSoftLabels ? "soft" : "hard")} labels{(set.StepSize is { } step ? $", step size {Numbers.Significant(step)}" : "")}");
    }

    NetworkCard CardOf(ParseResult parsed, string model)
    {
        var name = parsed.GetRequiredValue(data);
        var known = IsKnown(name) ? DataCommand.Find(name) : null;
        if (known is not null && (parsed.GetValue(classes) is not null || parsed.GetValue(input) is not null))
            throw new UsageException($"--classes and --input are for datasets that are not known here, and {name} has {known.ClassNames.Count} classes and images of {known.Shape}: give the other data another name");
        var (count, shape, normalization) = (known?.ClassNames.Count ?? parsed.GetValue(classes), known?.Shape ?? ShapeOf(parsed), NormalizationOf(parsed, known));
        if (count < 1) throw new UsageException($"--classes: expected 1 or more, found {count}");
        if (count is null || shape is null || normalization is null)
            throw new UsageException($"there is no dataset '{name}' here: say --classes, --input, --mean and --std too, or name one of {string.Join(", ", Datasets.All.Select(dataset => dataset.Name))}");
        if (normalization.Mean.Count != shape.Value.Channels || normalization.Std.Count != shape.Value.Channels)
            throw new UsageException($"--mean and --std: expected {Numbers.Plural(shape.Value.Channels, "number")} each, one for each channel of {shape}");
        return new NetworkCard(model, count.Value, shape.Value, normalization, name, null, Imported);
    }

    static bool IsKnown(string dataset) => Datasets.All.Any(known => known.Name == dataset);

    string? ModelOf(ParseResult parsed) => parsed.GetValue(network) is { } name ? Parsing.Model(name) : null;

    ImageShape? ShapeOf(ParseResult parsed) => parsed.GetValue(input) is { } text ? Parsing.Shape(text) : null;

    Normalization? NormalizationOf(ParseResult parsed, DatasetInfo? known)
    {
        var (means, deviations) = (NumbersOf(mean, parsed) ?? known?.Normalization.Mean, NumbersOf(std, parsed) ?? known?.Normalization.Std);
        if (deviations?.FirstOrDefault(deviation => deviation <= 0, 1) is { } none and <= 0) throw new UsageException($"--std: expected numbers above 0, found {none}");
        return means is null || deviations is null ? null : new(means, deviations);
    }

    static IReadOnlyList<double>? NumbersOf(Option<string?> option, ParseResult parsed) => parsed.GetValue(option) is not { } text ? null : [.. text.Split(',').Select(part =>
        double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : throw new UsageException($"{option.Name}: expected numbers with commas between, found '{text}'"))];
}
