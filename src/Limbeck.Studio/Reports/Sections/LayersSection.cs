using Limbeck.Lab.Runs;
using Limbeck.Objectives;
using Limbeck.Studio.Reports.Charts;
using Limbeck.Studio.Reports.Findings;
using Limbeck.Studio.Reports.Markup;

namespace Limbeck.Studio.Reports.Sections;

/// <summary>Which layers of the student learned from which of the teacher: the weights λ_ij of the best stages.</summary>
internal static class LayersSection
{
    const int MostStages = 6;

    public static Section? Of(RunResult run)
    {
        StageResult[] linked = [.. run.Stages.Where(stage => Linked(stage).Length > 0)];
        StageResult[] best = [.. linked.OrderByDescending(stage => stage.Over(Chosen)?.Mean ?? double.NegativeInfinity).Take(MostStages)];
        return linked.Length == 0 ? null : new("layers", "Links between layers", $"""
            <p class="note">A line is as wide as its weight λ; the colour is the teacher’s place; the heavy ones carry their numbers. {Order(linked.Length)}</p>
            <div class="charts">{best.Select(Draw)}</div>
            """);
    }

    static string Order(int stages) => stages == 1 ? "" : $"The best stages first, by accuracy on validation data (test data where there are none){(stages > MostStages ? $"; {MostStages} of {stages} are shown" : "")}.";

    static Html Draw(StageResult stage)
    {
        var seeds = Linked(stage);
        var best = seeds.MaxBy(seed => Chosen(seed) ?? double.NegativeInfinity)!;
        if (seeds.All(seed => seed.Fit.Links!.SequenceEqual(best.Fit.Links!)))
            return new LayerGraph(stage.Name, best.Fit.Links!).Render();
        return $"{new LayerGraph($"{stage.Name}, its best seed ({best.Seed})", best.Fit.Links!).Render()}{new LayerGraph($"{stage.Name}, mean over {seeds.Length} seeds", Mean(seeds)).Render()}";
    }

    static LayerLink[] Mean(SeedResult[] seeds) => [.. seeds.SelectMany(seed => seed.Fit.Links!).GroupBy(link => (link.Teacher, link.Student))
        .Select(link => new LayerLink(link.Key.Teacher, link.Key.Student, link.Average(one => one.Weight)))];

    static SeedResult[] Linked(StageResult stage) => [.. stage.Seeds.Where(seed => seed.Fit.Links is { Count: > 0 })];

    static double? Chosen(SeedResult seed) => (seed.Fit.Chosen.Validation ?? seed.Fit.Chosen.Test)?.Accuracy;
}
