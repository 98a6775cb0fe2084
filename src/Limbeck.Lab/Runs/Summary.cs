using Limbeck.Data;
using Limbeck.Lab.Recipes;
using Limbeck.Models;

namespace Limbeck.Lab.Runs;

/// <summary>Puts what was measured together as reports read it.</summary>
static class Summary
{
    internal static DatasetInfo Data(DataSplit data) =>
        new(data.Train.Name, data.Train.ClassNames, data.Train.Count, data.Validation?.Count ?? 0, data.Test.Count);

    /// <summary>Names of the stages, or files, that a stage learns from.</summary>
    internal static IReadOnlyList<string> Teachers(PlannedStage stage) => [.. stage.From.Select(parent => parent.Stage?.Name ?? parent.Checkpoint!)];

    /// <summary>One stage over its seeds.</summary>
    internal static StageResult Stage(Recipe recipe, IReadOnlyList<PlannedStage> repetitions, Dictionary<PlannedStage, SeedResult> seeds, DataShelf shelf)
    {
        var stage = repetitions[0];
        var data = shelf.Open(stage.Recipe.Data);
        using var network = Networks.Create(stage, data);
        return new StageResult(stage.Name, stage.Model, stage.Recipe.IsEnsemble ? [] : Teachers(stage),
            [.. stage.Recipe.Objectives.Select(StageJob.Describe)], network.ParameterCount, Macs.Count(network), data.Train.Count,
            [.. repetitions.Select(repetition => seeds[repetition])],
            recipe.Published.TryGetValue(stage.Name, out var published) ? new PublishedFigure(published.Test, published.Sd, published.Source, published.At) : null)
        {
            Members = stage.Recipe.IsEnsemble ? Teachers(stage) : [],
            Load = stage.Load is { } start ? start.Stage?.Name ?? start.Checkpoint : null,
        };
    }
}
