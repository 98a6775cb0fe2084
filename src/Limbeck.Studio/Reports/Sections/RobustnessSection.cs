using Limbeck.Evaluation;
using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Charts;
using Limbeck.Studio.Reports.Findings;
using Limbeck.Studio.Reports.Markup;

namespace Limbeck.Studio.Reports.Sections;

/// <summary>Accuracy on attacked images and with noise on the weights, against their strength.</summary>
internal static class RobustnessSection
{
    public static Section? Of(RunResult run)
    {
        StageResult[] stages = [.. run.Stages.Where(stage => stage.Seeds.Any(seed => seed.Robustness is not null))];
        return stages.Length == 0 ? null : new("robustness", "Robustness", $"""
            <p class="note">At the chosen epoch. Band: one standard deviation over seeds. Attack: one step of length ε along the sign of the loss’s gradient (FGSM), in pixels of [0, 1]. Noise: Gaussian, on every weight, mean over its draws. Area: under the curve over the range, so the mean accuracy.</p>
            {Table.Of("Mean accuracy over the range, %", stages,
            [
                new("stage", stage => $"{stage.Name}"),
                new("attacked", stage => Area(stage, Attack)),
                new("noise on the weights", stage => Area(stage, Noise)),
            ])}
            <div class="charts">{Chart(run, stages, "Accuracy on attacked images, %", "ε", Attack)}{Chart(run, stages, "Accuracy with noise on the weights, %", "standard deviation of the noise", Noise)}</div>
            """);
    }

    static RobustnessCurve? Attack(SeedResult seed) => seed.Robustness?.Fgsm;

    static RobustnessCurve? Noise(SeedResult seed) => seed.Robustness?.WeightNoise;

    static Html Area(StageResult stage, Func<SeedResult, RobustnessCurve?> read) => $"{Numbers.MeanSd(stage.Over(seed => 100 * read(seed)?.Area), 2)}";

    static Html Chart(RunResult run, StageResult[] stages, string title, string strength, Func<SeedResult, RobustnessCurve?> read)
    {
        var lines = stages.Select(stage => new Line(stage.Name, run.PlaceOf(stage), [.. stage.Seeds.Select(read).OfType<RobustnessCurve>().Select(Points)])).Where(line => line.Seeds.Count > 0);
        return new LineChart(title, [.. lines], strength, value => Numbers.Fixed(value, 2)) { IsCounted = false }.Render();
    }

    static Point[] Points(RobustnessCurve curve) => [.. curve.Strengths.Zip(curve.Accuracies, (strength, accuracy) => new Point(strength, 100 * accuracy))];
}
