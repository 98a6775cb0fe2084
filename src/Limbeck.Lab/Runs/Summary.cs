using Limbeck.Data;
using Limbeck.Lab.Recipes;
using Limbeck.Models;
using Limbeck.Training;

namespace Limbeck.Lab.Runs;

/// <summary>Puts what was measured together as reports read it.</summary>
static class Summary
{
    internal static DatasetInfo Data(DataSplit data) =>
        new(data.Train.Name, data.Train.ClassNames, data.Train.Count, data.Validation?.Count ?? 0, data.Test.Count);

    /// <summary>Names of the stages, or files, that a stage learns from.</summary>
    internal static IReadOnlyList<string> Teachers(PlannedStage stage) => [.. stage.From.Select(parent => parent.Stage?.Name ?? parent.Checkpoint!)];

    // Of images that several networks learned from, each network is a repetition.
    static IEnumerable<SeedResult> Repetitions(SeedResult seed) => seed.Fit.Networks is not { } networks ? [seed] : networks.Select(score =>
    {
        var reading = new Reading(seed.Fit.Last.Epoch, score.Validation, score.Test);
        return seed with { Seed = score.Seed, Fit = new FitResult(reading, reading, new Reading(0, null, null), [], score.Seconds, PeakMemoryBytes: null) };
    });

    /// <summary>One stage over its seeds.</summary>
    internal static StageResult Stage(Recipe recipe, IReadOnlyList<PlannedStage> repetitions, Dictionary<PlannedStage, SeedResult> seeds, DataShelf shelf)
    {
        var stage = repetitions[0];
        var data = shelf.Open(stage.Recipe.Data);
        using var network = Networks.Create(stage, data);
        return new StageResult(stage.Name, stage.Model, stage.Recipe.IsEnsemble ? [] : Teachers(stage),
            stage.Recipe.Method is { } method ? [StageJob.Describe(method)] : [.. stage.Recipe.Objectives.Select(StageJob.Describe)],
            network.ParameterCount, Macs.Count(network), stage.Recipe.IsSynthesis ? data.Train.Classes * stage.Recipe.LearningOf(stage.Seed).ImagesPerClass : data.Train.Count,
            [.. repetitions.SelectMany(repetition => Repetitions(seeds[repetition]))],
            recipe.Published.TryGetValue(stage.Name, out var published) ? new PublishedFigure(published.Test, published.Sd, published.Source, published.At) : null)
        {
            Members = stage.Recipe.IsEnsemble ? Teachers(stage) : [],
            Load = stage.Load is { } start ? start.Stage?.Name ?? start.Checkpoint : null,
        };
    }
}
