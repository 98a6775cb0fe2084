using System.CommandLine;
using Limbeck.Cli.Rendering;
using Limbeck.Data;
using Limbeck.Data.Distilled;
using Limbeck.Data.PyTorch;
using Limbeck.Evaluation;
using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Markup;
using Limbeck.Torch;
using Limbeck.Torch.Serialization;

namespace Limbeck.Cli.Commands;

/// <summary><c>limbeck eval</c>.</summary>
sealed class EvalCommand : Verb
{
    readonly Terminal terminal;

    /// <summary>Makes the command.</summary>
    public EvalCommand(Terminal terminal) : base("eval", "Test a trained network (accuracy, likelihood, calibration, each class), or a distilled set: by fresh networks that learn from it.")
    {
        this.terminal = terminal;
        var file = AddArgument("file", "Network or distilled set that a run has written: RUN/networks/STAGE-SEED.safetensors, RUN/images/STAGE-SEED.safetensors.");
        var data = new Option<string?>("--data") { Description = "Dataset. Default: the one that the network learned from, or that the set stands for.", HelpName = "NAME" };
        data.CompletionSources.Add(_ => TestImages.Names);
        var path = new Option<string?>("--path") { Description = "Folder or file of the dataset; of images that lay in a folder, that folder. Default: where the dataset is installed.", HelpName = "PATH" };
        var least = new Option<double?>("--min-accuracy") { Description = "Exit with 3 if the accuracy is lower, in percent.", HelpName = "PERCENT" };
        Options.Add(data);
        Options.Add(path);
        Options.Add(least);
        var fgsm = new Option<bool>("--fgsm") { Description = "Also attack the images by one signed gradient step of up to 0.015 (pixels of [0, 1])." };
        var noise = new Option<bool>("--weight-noise") { Description = "Also put Gaussian noise of up to 0.08 on all weights." };
        Options.Add(fgsm);
        Options.Add(noise);
        var networks = new Option<string?>("--networks") { Description = "Of a set: networks that learn from it, with commas between. Default: those of the set's own record.", HelpName = "NAMES" };
        var repeats = new Option<int?>("--repeats") { Description = "Of a set: networks of each kind. Default: as the set's record says, or 5.", HelpName = "N" };
        var epochs = new Option<int?>("--epochs") { Description = "Of a set: passes over it, in place of steps of its own. Default: as the set's record says, or 1000.", HelpName = "N" };
        var control = new Option<bool>("--control") { Description = "Of a set: also as many real images of each class, drawn at random, with labels of the same kind." };
        var teacher = new Option<string?>("--teacher") { Description = "Of a set that was evaluated with a teacher's help, or whose soft labels --control shall match: the teacher's network file.", HelpName = "FILE" };
        foreach (var count in (Option<int?>[])[repeats, epochs]) count.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int?>() is < 1) given.AddError($"{count.Name}: expected 1 or more");
        });
        Option[] ofNetworks = [fgsm, noise];
        Option[] ofSets = [networks, repeats, epochs, control, teacher];
        foreach (var option in ofSets) Options.Add(option);
        var json = AddJson();
        Examples =
        [
            ("limbeck eval runs/mine/networks/student-1.safetensors --min-accuracy 85", "Prints the scores; exits with 3 below 85 %."),
            ("limbeck eval images.safetensors --networks convnet-d3-w128,alexnet --control", "Trains five networks of each kind on the images, and as many on random real ones."),
        ];
        Does(parsed =>
        {
            var isSet = IsSet(parsed.GetRequiredValue(file));
            if ((isSet ? ofNetworks : ofSets).FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } other)
                throw new UsageException($"{other.Name} is for {(isSet ? "networks" : "distilled sets")}, and {parsed.GetRequiredValue(file)} is a {(isSet ? "distilled set" : "network")}: leave it out");
            if (isSet)
            {
                return Judge(new SetTest(terminal).Run(new(parsed.GetRequiredValue(file), parsed.GetValue(data), parsed.GetValue(path), parsed.GetValue(networks)?.Split(',', StringSplitOptions.TrimEntries) ?? [],
                    parsed.GetValue(repeats), parsed.GetValue(epochs), parsed.GetValue(control), parsed.GetValue(teacher), parsed.GetValue(json))), parsed.GetValue(least));
            }

            var (card, images, scores, robustness) = Evaluate(parsed.GetRequiredValue(file), parsed.GetValue(data), parsed.GetValue(path), parsed.GetValue(fgsm), parsed.GetValue(noise));
            if (parsed.GetValue(json)) terminal.PrintJson(new { card.Model, images.Dataset, Images = images.Count, Scores = scores, robustness.Fgsm, robustness.WeightNoise });
            else Print(card, images, scores, robustness);
            return Judge(scores.Accuracy, parsed.GetValue(least));
        });
    }

    static bool IsSet(string path)
    {
        if (StateFile.IsPickled(path)) return false;
        using var file = Safetensors.Load(path);
        return DistilledCard.IsIn(file);
    }

    static (NetworkCard Card, Tested Images, Scores Scores, Robustness Robustness) Evaluate(string file, string? name, string? path, bool fgsm, bool noise)
    {
        Engine.FlushDenormals();
        var card = NetworkCard.Read(file);
        var (dataset, load) = TestImages.Of(name ?? card.Dataset, path, card.Input);
        var classes = card.Labels is { } kept ? kept.Count(label => label < dataset.ClassNames.Count) : dataset.ClassNames.Count;
        if (dataset.Shape != card.Input || classes != card.Classes)
            throw new UsageException($"{file} tells {card.Classes} classes apart in images of {card.Input}, and {dataset.Name} has {dataset.ClassNames.Count} classes of {dataset.Shape}: name another dataset");
        using var network = Networks.Open(file);
        using var split = DataSplit.Like(load(), card.Normalization);
        var test = card.Labels is { } labels ? split.Test.OfClasses(labels) : split.Test;
        var robustness = new Robustness(fgsm ? new Fgsm(new()).Measure(network, test) : null, noise ? new WeightNoise(new()).Measure(network, test) : null);
        return (card, new(test.Name, test.Count, test.ClassNames), Answers.Of(network, test).Score(test), robustness);
    }

    void Print(NetworkCard card, Tested images, Scores scores, Robustness robustness)
    {
        terminal.Print($"{card.Model} on {Numbers.Count(images.Count)} test images of {images.Dataset}:");
        var measures = Tables.Of("measure", ">value")
            .Row("accuracy", $"{Shares.Percent(scores.Accuracy)} %")
            .Row("negative log-likelihood", $"{scores.Loss:0.0000} nats")
            .Row("expected calibration error", $"{Shares.Percent(scores.CalibrationError)} %");
        if (robustness.Fgsm is { } fgsm) measures.Row($"mean accuracy, attacked by 0 to {fgsm.Strengths[^1]}", $"{Shares.Percent(fgsm.Area)} %");
        if (robustness.WeightNoise is { } noise) measures.Row($"mean accuracy, noise of 0 to {noise.Strengths[^1]} on the weights", $"{Shares.Percent(noise.Area)} %");
        terminal.Print(measures);
        var table = Tables.Of("class", ">accuracy %");
        foreach (var (name, accuracy) in images.ClassNames.Zip(scores.PerClass)) table.Row(name, Shares.Percent(accuracy));
        terminal.Print(table);
    }

    ExitCode Judge(double accuracy, double? least)
    {
        if (least is not { } percent || 100 * accuracy >= percent) return ExitCode.Done;
        terminal.Error.WriteLine($"limbeck: the accuracy is {Shares.Percent(accuracy)} %, below the {percent} % asked for");
        return ExitCode.NotMet;
    }

    sealed record Tested(string Dataset, int Count, IReadOnlyList<string> ClassNames);
}
