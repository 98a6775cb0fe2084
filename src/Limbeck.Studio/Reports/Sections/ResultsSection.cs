using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Charts;
using Limbeck.Studio.Reports.Findings;
using Limbeck.Studio.Reports.Markup;

namespace Limbeck.Studio.Reports.Sections;

/// <summary>The tables: how good each stage is, and how big.</summary>
internal static class ResultsSection
{
    public static Section? Of(RunResult run) => run.Stages.Count == 0 ? null : new("results", "Results", $"""
        {Table.Of($"Scores on the {(HasTest(run) ? "test set" : "validation split, for want of a test set")}, mean ± sd over seeds", run.Stages, Scores(run))}
        <div class="charts">{Picture(run)}{Explanation(run)}</div>
        {Table.Of("The networks", run.Stages, Sizes(run))}
        <p class="note">Parameters are trained values. MACs are the multiply-accumulates of convolutions and linear layers for one image. Latency is the median time of one image through the network, alone in its batch.</p>
        """);

    static bool IsChosen(RunResult run) => run.Stages.All(stage => stage.IsChosenOnValidation);

    static bool HasTest(RunResult run) => run.Stages.Any(stage => stage.Over(Measure.Test.Accuracy) is not null);

    // What chose the epoch stands in the header of each accuracy: a reader must not take one for another.
    static string Choice(RunResult run) => run.Stages.Count(stage => stage.IsChosenOnValidation) switch
    {
        0 => "last epoch, for want of validation: the result",
        var count when count == run.Stages.Count => "chosen by validation: the result",
        _ => "chosen by validation, or last without: the result",
    };

    static IReadOnlyList<Column<StageResult>> Scores(RunResult run) =>
    [
        new("stage", stage => $"{stage.Name}"),
        new("learns from", stage => $"{stage.Source}", IsText: true),
        new("validation accuracy, %", stage => $"{(HasTest(run) ? Numbers.None : Mean(stage, 100, seed => seed.Fit.Chosen.Validation?.Accuracy))}", Note: "at the epoch that it chose"),
        new("test accuracy, %", stage => $"{Strong(Mean(stage, 100, Measure.Test.Accuracy))}", Note: Choice(run)),
        new("test accuracy, %", stage => $"{Mean(stage, 100, seed => seed.Fit.Last.Test?.Accuracy)}", Note: "last epoch"),
        new("test accuracy, %", stage => $"{Mean(stage, 100, seed => seed.Fit.TestBest.Test?.Accuracy)}", Note: "best on test: upper bound"),
        new("agrees with teacher, %", stage => $"{Mean(stage, 100, seed => seed.Fit.Chosen.Test?.Agreement)}"),
        new("NLL", stage => $"{Mean(stage, 1, seed => seed.Fit.Chosen.Test?.Loss, 3)}"),
        new("ECE, %", stage => $"{Mean(stage, 100, seed => seed.Fit.Chosen.Test?.CalibrationError)}"),
        new("seeds", stage => $"{stage.Seeds.Count}"),
    ];

    static IReadOnlyList<Column<StageResult>> Sizes(RunResult run) =>
    [
        new("stage", stage => $"{stage.Name}"),
        new("network", stage => $"{stage.Model}", IsText: true),
        new("objectives", stage => $"{string.Join(" + ", stage.Objectives)}", IsText: true),
        new("training images", stage => $"{Numbers.Count(stage.TrainImages)}"),
        new("parameters", stage => Size(stage.Parameters, stage.TeacherIn(run)?.Parameters)),
        new("MACs", stage => Size(stage.Macs, stage.TeacherIn(run)?.Macs)),
        new("latency, ms", stage => $"{(stage.Over(seed => seed.LatencyMs) is { } latency ? Numbers.Significant(latency.Mean) : Numbers.None)}"),
    ];

    static Html Strong(string number) => number == Numbers.None ? (Html)$"{number}" : $"<strong>{number}</strong>";

    static string Mean(StageResult stage, double unit, Func<SeedResult, double?> read, int digits = 2) => Numbers.MeanSd(stage.Over(read)?.Times(unit), digits);

    static Html Size(long student, long? teacher)
    {
        var ratio = student > 0 && teacher is { } whole and > 0
            ? whole > student ? $"1/{Numbers.Fixed((double)whole / student, 1)} of its teacher’s" : $"{Numbers.Fixed((double)student / whole, 1)} × its teacher’s" : null;
        return $"{Numbers.Short(student)}{(ratio is null ? Html.Empty : (Html)$" <small>{ratio}</small>")}";
    }

    static Html Explanation(RunResult run) => $"""
        <dl class="note">
        <dt>{(IsChosen(run) ? "Chosen by validation" : "The result")}</dt><dd>{(IsChosen(run)
            ? $"The epoch at which accuracy on the {Numbers.Count(run.Dataset.Validation)} held-back images is highest; the test set has no say in it. This is the result."
            : "Read at the epoch that validation chose; stages without a validation split at their last epoch.")}</dd>
        <dt>Last epoch</dt><dd>What you get without choosing.</dd>
        <dt>Best on test</dt><dd>The epoch that the test set itself likes best: an upper bound, never used for choosing. It is here because some papers report it.</dd>
        <dt>NLL, ECE</dt><dd>Mean negative log-likelihood of the labels, in nats; expected calibration error over 15 bins of confidence. Lower is better.</dd>
        </dl>
        """;

    static Html Picture(RunResult run)
    {
        var bars = from stage in run.Stages
                   let seeds = stage.Seeds.Select(seed => 100 * Measure.Test.Accuracy(seed)).OfType<double>().ToArray()
                   where seeds.Length > 0
                   select new Bar(stage.Name, run.PlaceOf(stage), seeds, Mean(stage, 100, Measure.Test.Accuracy));
        return new BarChart("Test accuracy, %: a dot for each seed, a tick at their mean", [.. bars], FromZero: false).Render();
    }
}
