using System.Collections;
using System.Globalization;
using System.Text.Json;
using Limbeck.Data;
using Limbeck.Lab.Recipes;
using Limbeck.Objectives;
using Limbeck.Training;

namespace Limbeck.Lab.Runs;

/// <summary>From a recipe's words to the library's: options, augmentation, weighted objectives.</summary>
static class StageJob
{
    internal static FitOptions Options(PlannedStage stage) => new()
    {
        Epochs = stage.Recipe.Epochs,
        Batch = stage.Recipe.Batch,
        Optimizer = stage.Recipe.Optimizer,
        Schedule = stage.Recipe.Schedule,
        AdaptiveWeights = stage.Recipe.AdaptiveWeights,
        Metaparameters = stage.Recipe.Metaparameters,
        Clip = stage.Recipe.Clip,
        EvaluateEvery = stage.Recipe.EvaluateEvery,
        Augmentation = Augmentation(stage.Recipe.Data.Augment),
        Prefetch = stage.Recipe.Data.Prefetch,
        Seed = stage.Seed,
    };

    internal static IReadOnlyList<Term> Terms(StageRecipe recipe) => recipe.Objectives.Count == 0
        ? [new CrossEntropy().Weigh(1)]
        : [.. recipe.Objectives.Select(objective => Catalog.Find(objective.Kind).Create(objective.Options).Weigh(objective.Weight) with { Teacher = objective.Teacher })];

    /// <summary>An objective as reports print it: <c>0.9 · soft-targets (temperature = 4)</c>.</summary>
    internal static string Describe(ObjectiveRecipe objective)
    {
        var teacher = objective.Teacher is { } name ? $" of {name}" : "";
        return $"{objective.Weight} · {objective.Kind}{teacher}{Options(objective.Options)}";
    }

    /// <summary>A method of dataset distillation likewise: <c>dm (real-batch = 256)</c>.</summary>
    internal static string Describe(MethodRecipe method) => $"{method.Kind}{Options(method.Options)}";

    static string Options(object record)
    {
        var options = record.GetType().GetProperties().Where(property => property.CanWrite && property.GetValue(record) is not null)
            .Select(property => $"{JsonNamingPolicy.KebabCaseLower.ConvertName(property.Name)} = {Written(property.GetValue(record)!)}").ToList();
        return options.Count > 0 ? $" ({string.Join(", ", options)})" : "";
    }

    // As recipes have it.
    static string Written(object value) => value switch
    {
        bool yes => yes ? "true" : "false",
        Enum name => JsonNamingPolicy.KebabCaseLower.ConvertName($"{name}"),
        not string and IEnumerable several => $"[{string.Join(", ", several.Cast<object>().Select(Written))}]",
        double number => number.ToString("G6", CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };

    static Augmentation Augmentation(IReadOnlyList<AugmentOptions> asked) => new()
    {
        CropPadding = asked.OfType<CropOptions>().LastOrDefault()?.Padding ?? 0,
        Flip = asked.OfType<FlipOptions>().Any(),
        CutoutLength = asked.OfType<CutoutOptions>().LastOrDefault()?.Length ?? 0,
    };
}
