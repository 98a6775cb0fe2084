using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Markup;
using Limbeck.Studio.Reports.Statistics;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Studio.Reports;

/// <summary>What synthetic images are worth to networks of several models, beside random ones, and what of it is owed to the images.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Heads">Its columns, the first of names.</param>
/// <param name="Rows">Its cells.</param>
public sealed record SetTable(string Caption, IReadOnlyList<string> Heads, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>What the scores are.</summary>
    public const string Scores = "HLR: accuracy that is lost against all real images, both with hard labels. IOR: gained over random real images with labels of the same kind. "
        + "LRS and ARS, in [0, 1], the larger the better: both together, and what augmentation leaves of it (DD-Ranking).";

    /// <summary>The tables of a run: none where its recipe does not ask.</summary>
    public static IReadOnlyList<SetTable> Of(RunResult run)
    {
        ArgumentNullException.ThrowIfNull(run);
        (StageResult Stage, SetOutcome Outcome)[] asked = [.. run.Stages.Where(stage => stage.Images is not null).Select(stage => (stage, stage.Images!))];
        return asked.Length == 0 ? [] : [Accuracies(asked), ScoresOf(asked)];
    }

    /// <summary>Why scores are not there, a sentence for each stage and reason.</summary>
    public static IReadOnlyList<string> Missing(RunResult run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return [.. run.Stages.SelectMany(stage => (stage.Images?.Missing ?? []).Select(why => $"{stage.Name}: {why}."))];
    }

    static SetTable Accuracies(IReadOnlyList<(StageResult Stage, SetOutcome Outcome)> asked)
    {
        string[] networks = [.. asked.SelectMany(one => one.Outcome.Cells).Select(cell => cell.Network).Distinct(StringComparer.Ordinal)];
        return new("Test accuracy of networks that learned from them alone, %, mean ± sd", ["learned from", .. networks],
        [
            .. from one in asked
               from cells in one.Outcome.Cells.GroupBy(cell => cell.Variant)
               select (IReadOnlyList<string>)[Name(one.Stage, cells.Key, cells.First()), .. networks.Select(network => Percent(cells.FirstOrDefault(cell => cell.Network == network)))],
        ]);
    }

    static string Name(StageResult stage, SetVariant variant, SetCell cell) => variant == SetVariant.Own ? stage.Name : $"{stage.Name}: {cell.From}";

    static string Percent(SetCell? cell) => Numbers.MeanSd(cell is null ? null : Spread.Of(cell.Accuracies)?.Times(100), 2);

    static SetTable ScoresOf(IReadOnlyList<(StageResult Stage, SetOutcome Outcome)> asked) => new("Scores", ["images", "HLR, %", "IOR, %", "LRS", "ARS"],
    [
        .. from one in asked
           let scores = one.Outcome.Scores
           select (IReadOnlyList<string>)[one.Stage.Name, Points(scores.HardLabelRecovery), Points(scores.ImprovementOverRandom), Score(scores.LabelRobust), Score(scores.AugmentationRobust)],
    ]);

    static string Points(double? share) => share is { } value ? Numbers.Signed(100 * value, 2) : Numbers.None;

    static string Score(double? score) => score is { } value ? Numbers.Fixed(value, 3) : Numbers.None;
}
