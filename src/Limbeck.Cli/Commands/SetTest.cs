using Limbeck.Cli.Rendering;
using Limbeck.Data;
using Limbeck.Data.Distilled;
using Limbeck.Evaluation;
using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Markup;
using Limbeck.Studio.Reports.Statistics;
using Limbeck.Torch;
using Limbeck.Training;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Cli.Commands;

/// <summary><c>limbeck eval</c> of a distilled set: fresh networks learn from it, as the set's own record says unless told otherwise.</summary>
/// <param name="terminal">Where it talks.</param>
sealed class SetTest(Terminal terminal)
{
    /// <summary>What a command line asks for; null for what the set's record says.</summary>
    internal sealed record Asked(string File, string? Data, string? Path, IReadOnlyList<string> Networks, int? Repeats, int? Epochs, bool Control, string? Teacher, bool Json);

    /// <summary>Trains, scores and prints.</summary>
    /// <returns>The lowest mean accuracy of the networks, in [0, 1].</returns>
    internal double Run(Asked asked)
    {
        Engine.FlushDenormals();
        using var set = DistilledSet.Open(asked.File);
        var record = SetRecord.Of(set.Card);
        var options = record?.Options ?? new();
        options = options with { Networks = asked.Repeats ?? options.Networks };
        // Who asks for epochs, asks for an ordinary training.
        if (asked.Epochs is { } epochs) options = options with { Epochs = epochs, Steps = null, InOrder = set.Order is null ? options.InOrder : false };
        using var real = Load(set, asked);
        using var teachers = new Opened(Teacher(asked, options, record, real));
        if (asked.Control && !RandomImages.CanBeLike(set, options, teachers.Teacher?.Network))
            throw new UsageException("--control: the set's labels are soft, and nobody is there to label random images likewise: name a network's file with --teacher");
        using var control = asked.Control ? RandomImages.Like(set, real.Train, set.Card.Seed, teachers.Teacher?.Network) : null;
        string[] networks = asked.Networks.Count > 0 ? [.. asked.Networks.Select(Parsing.Model)] : [.. record?.Entries.Select(entry => entry.Network).Distinct() ?? [set.Card.Network]];
        var rows = networks.Select(Test).ToList();
        if (asked.Json) terminal.PrintJson(new { asked.File, set.Card.Method, set.Card.Dataset, Images = set.Count, TestImages = real.Test.Count, Options = options, Networks = rows });
        else Print(set, real, rows);
        return rows.Min(row => row.Accuracies.Average());

        Row Test(string network)
        {
            var before = record?.Entries.Where(entry => entry.Network == network).ToList() ?? [];
            var seed = before.Select(entry => entry.Seed).DefaultIfEmpty(record?.Entries.Min(entry => entry.Seed) ?? 1).Min();
            // Real images were made for no order of steps.
            return new Row(network, seed, Accuracies(set, options), [.. before.Select(entry => entry.Test).OfType<double>()], control is null ? null : Accuracies(control, options with { InOrder = null }));

            double[] Accuracies(DistilledSet from, SetEvaluation.Options how) => [.. IProgressView.For(terminal).Watch(tell => SetEvaluation.Run(from, real, network, how, seed, teachers.Teacher, tell)).Select(score => score.Test!.Accuracy)];
        }
    }

    static DataSplit Load(DistilledSet set, Asked asked)
    {
        var shape = new ImageShape((int)set.Images.Size(1), (int)set.Images.Size(2), (int)set.Images.Size(3));
        var (dataset, load) = TestImages.Of(asked.Data ?? set.Card.Dataset, asked.Path, shape);
        var classes = set.Card.Kept is { } labels ? labels.Count(label => label < dataset.ClassNames.Count) : dataset.ClassNames.Count;
        if (dataset.Shape != shape || classes != set.Card.ClassNames.Count)
            throw new UsageException($"{asked.File} stands for {set.Card.ClassNames.Count} classes of images of {shape}, and {dataset.Name} has {dataset.ClassNames.Count} classes of {dataset.Shape}: name another dataset");
        var whole = DataSplit.Like(load(), set.Card.Normalization);
        return set.Card.Kept is { } kept ? whole.OfClasses(kept) : whole;
    }

    static Teacher? Teacher(Asked asked, SetEvaluation.Options options, SetRecord? record, DataSplit real)
    {
        if (options.TeacherWeight == 0 && asked.Teacher is null) return null;
        if (asked.Teacher is not { } file) throw new UsageException($"the set was evaluated with a teacher's help (weight {options.TeacherWeight}): name its file with --teacher{(record?.Teacher is { } known ? $"; its SHA-256 is {known}" : "")}");
        if (record?.Teacher is { } wanted && FileHash.Of(file) is var got && got != wanted) throw new UsageException($"{file} is not the teacher that the set was evaluated with: its SHA-256 is {got}, expected {wanted}");
        return new Teacher(NetworkCard.Read(file).Shown(Networks.Open(file), real.Train));
    }

    void Print(DistilledSet set, DataSplit real, IReadOnlyList<Row> rows)
    {
        var labels = set.HasSoftLabels ? "soft labels" : "hard labels";
        var step = set.StepSize is { } rate ? $", step size {Numbers.Significant(rate)}" : "";
        terminal.Print($"{Numbers.Count(set.Count)} images for {set.Card.Dataset} by {set.Card.Method}, {labels}{step}; networks that learned from them alone, on {Numbers.Count(real.Test.Count)} test images:");
        var table = Tables.Of("network", ">networks", ">test %", ">recorded %", ">random images %", ">IOR %");
        foreach (var row in rows)
            table.Row(row.Network, $"{row.Accuracies.Count}", Percent(row.Accuracies), Percent(row.Recorded), Percent(row.Control ?? []), row.ImprovementOverRandom is { } gained ? Numbers.Signed(100 * gained, 2) : Numbers.None);
        terminal.Print(table);
    }

    static string Percent(IReadOnlyList<double> shares) => Numbers.MeanSd(Spread.Of(shares)?.Times(100), 2);

    sealed record Row(string Network, int Seed, IReadOnlyList<double> Accuracies, IReadOnlyList<double> Recorded, IReadOnlyList<double>? Control)
    {
        public double? ImprovementOverRandom { get; } = DistillationScores.Of(own: Accuracies.Average(), random: Control?.Average()).ImprovementOverRandom;
    }

    sealed class Opened(Teacher? teacher) : IDisposable
    {
        internal Teacher? Teacher { get; } = teacher;

        public void Dispose() => Teacher?.Network.Dispose();
    }
}
