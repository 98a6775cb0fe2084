using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Limbeck.Lab.Recipes.Binding;

namespace Limbeck.Lab.Recipes;

/// <summary>
/// One network: trained from labels (<c>train: MODEL</c>), or distilled from others (<c>distil: MODEL</c> with <c>from</c> and <c>objectives</c>).
/// </summary>
public sealed record StageRecipe : TrainingSettings
{
    /// <summary>Model to train from the labels with cross-entropy. Either this or <see cref="Distil"/>.</summary>
    [RefersTo(Referent.Model)] public string? Train { get; init; }

    /// <summary>Model to distil. Either this or <see cref="Train"/>.</summary>
    [RefersTo(Referent.Model)] public string? Distil { get; init; }

    /// <summary>The teachers: a stage's name or a checkpoint's path (relative to the file that says so), or a list of them.</summary>
    [RefersTo(Referent.StageOrCheckpoint), Incidental] public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>What the student learns from: the loss is the weighted sum.</summary>
    public IReadOnlyList<ObjectiveRecipe> Objectives { get; init; } = [];

    /// <summary>Weights to start from: a stage's name or a checkpoint's path. Null: the model's own initialisation.</summary>
    [RefersTo(Referent.StageOrCheckpoint), Incidental] public string? Load { get; init; }

    /// <summary>
    /// Run this stage only where the stage that it learns from is among so many best: by mean validation accuracy over the seeds, of all stages with that network that
    /// stages with a beam learn from. Null: always.
    /// </summary>
    [Range(1, 1000), Incidental] public int? Beam { get; init; }

    /// <summary>Seeds of this stage; null for the recipe's. A stage that needs it takes the one with its own seed or, without such a one, the first.</summary>
    [Range(0, int.MaxValue), MinLength(1), Distinct, Incidental] public IReadOnlyList<int>? Seeds { get; init; }

    /// <summary>The data of this stage, merged over the recipe's and over the defaults'.</summary>
    public required DataRecipe Data { get; init; }

    /// <summary>Name of the model, trained or distilled.</summary>
    [JsonIgnore] public string Model => Train ?? Distil ?? throw new InvalidOperationException("a stage needs 'train' or 'distil'");
}
