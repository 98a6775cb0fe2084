using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Charts;
using Limbeck.Studio.Reports.Markup;
using Limbeck.Training;

namespace Limbeck.Studio.Reports.Sections;

/// <summary>How the trainings went, epoch by epoch.</summary>
internal static class CurvesSection
{
    public static Section? Of(RunResult run)
    {
        if (!run.Stages.Any(stage => stage.Seeds.Any(seed => seed.Fit.Epochs.Count > 0)))
            return null;
        Html[] charts =
        [
            Chart(run, "Validation accuracy, %", epoch => 100 * epoch.ValidationAccuracy, Percent, isRinged: true),
            Chart(run, "Test accuracy, %", epoch => 100 * epoch.TestAccuracy, Percent, isRinged: true),
            Chart(run, "Accuracy on the augmented training batches, %", epoch => 100 * epoch.TrainAccuracy, Percent),
            Chart(run, "Training loss, weighted sum of the objectives", epoch => epoch.Loss, Numbers.Significant),
            // Stages that learn from different objectives have this one in common.
            run.Stages.Select(stage => string.Join(' ', stage.Objectives)).Distinct(StringComparer.Ordinal).Count() > 1
                ? Chart(run, "Cross-entropy with the labels, training batches", epoch => epoch.Terms.TryGetValue("cross-entropy", out var term) ? term : null, Numbers.Significant)
                : Html.Empty,
            Chart(run, "Learning rate", epoch => epoch.LearningRate, Numbers.Significant),
            .. run.Stages.Select(Terms),
        ];
        return new("curves", "Curves", $"""
            <p class="note">Lines: mean over seeds, named in the order in which they end. Bands: one standard deviation over seeds on either side. Rings: the epoch at which each seed is read, which test accuracy has no say in where there are validation images. Losses of stages with different objectives are on different scales.</p>
            <div class="charts">{charts}</div>
            """);
    }

    static string Percent(double value) => Numbers.Fixed(value, 2);

    static Html Chart(RunResult run, string title, Func<EpochRecord, double?> read, Func<double, string> format, bool isRinged = false) =>
        new LineChart(title, [.. run.Stages.Select((stage, i) => Curve(stage.Name, i, stage, read, isRinged)).Where(HasPoints)], "epoch", format).Render();

    // One objective alone is the loss itself.
    static Html Terms(StageResult stage)
    {
        var names = stage.Seeds.SelectMany(seed => seed.Fit.Epochs).SelectMany(epoch => epoch.Terms.Keys).Distinct(StringComparer.Ordinal).ToArray();
        var lines = names.Select((name, i) => Curve(name, i, stage, epoch => epoch.Terms.TryGetValue(name, out var term) ? term : null, isRinged: false));
        return names.Length < 2 ? Html.Empty : new LineChart($"Objectives of {stage.Name}, each before its weight", [.. lines], "epoch", Numbers.Significant).Render();
    }

    static bool HasPoints(Line line) => line.Seeds.Any(seed => seed.Count > 0);

    static Line Curve(string name, int place, StageResult stage, Func<EpochRecord, double?> read, bool isRinged) => new(name, place,
        [.. stage.Seeds.Select(seed => seed.Fit.Epochs.Where(epoch => read(epoch) is not null)
            .Select(epoch => new Point(epoch.Epoch, read(epoch)!.Value, isRinged && epoch.Epoch == seed.Fit.Chosen.Epoch)).ToArray())]);
}
