using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Limbeck.Lab.Recipes.Binding;
using Limbeck.Models;

namespace Limbeck.Lab.Recipes;

/// <summary>
/// One network: trained without teachers (<c>train: MODEL</c>), distilled from others (<c>distil: MODEL</c> with <c>from</c> and <c>objectives</c>), or several that other stages
/// have trained and that answer together (<c>ensemble: STAGES</c>). Or synthetic images (<c>synthesize: MODEL</c> with <c>method</c>), and the networks that learn from them alone.
/// </summary>
public sealed record StageRecipe : SynthesisSettings
{
    /// <summary>Model to train without teachers: from the labels with cross-entropy, or by <see cref="Objectives"/> that read no teacher, such as label-smoothing or dml. Either this or <see cref="Distil"/>.</summary>
    [RefersTo(Referent.Model)] public string? Train { get; init; }

    /// <summary>Model to distil. Either this or <see cref="Train"/>.</summary>
    [RefersTo(Referent.Model)] public string? Distil { get; init; }

    /// <summary>
    /// Model that images are synthesised for, and that then learns from them alone: several fresh networks, as <c>evaluate</c> says, whose scores are the stage's. To other stages it is the first
    /// of these networks.
    /// </summary>
    [RefersTo(Referent.Model)] public string? Synthesize { get; init; }

    /// <summary>The teachers: a stage's name or a checkpoint's path (relative to the file that says so), or a list of them.</summary>
    [RefersTo(Referent.StageOrCheckpoint), Incidental] public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>What the student learns from: the loss is the weighted sum.</summary>
    public IReadOnlyList<ObjectiveRecipe> Objectives { get; init; } = [];

    /// <summary>Weights to start from: a stage's name or a checkpoint's path. Null: the model's own initialisation.</summary>
    [RefersTo(Referent.StageOrCheckpoint), Incidental] public string? Load { get; init; }

    /// <summary>
    /// Stages whose networks answer together: in place of a training their answers are averaged. All seeds of one stage make one ensemble; several stages
    /// make one for each seed. A teacher of this kind has an answer and no maps.
    /// </summary>
    [RefersTo(Referent.Stage), Distinct, Incidental] public IReadOnlyList<string> Ensemble { get; init; } = [];

    /// <summary>Which networks of those stages make one ensemble. Null: <c>seeds</c> for one stage, <c>stages</c> for several.</summary>
    [Incidental] public EnsembleOver? Over { get; init; }

    /// <summary>What an ensemble averages. Null: probabilities.</summary>
    [Incidental] public EnsembleMean? Mean { get; init; }

    /// <summary>
    /// Run this stage only where the stage that it learns from is among so many best: by mean validation accuracy over the seeds, of all stages with that network that
    /// stages with a beam learn from. Null: always.
    /// </summary>
    [Range(1, 1000), Incidental] public int? Beam { get; init; }

    /// <summary>Seeds of this stage; null for the recipe's. A stage that needs it takes the one with its own seed or, without such a one, the first.</summary>
    [Range(0, int.MaxValue), MinLength(1), Distinct, Incidental] public IReadOnlyList<int>? Seeds { get; init; }

    /// <summary>The data of this stage, merged over the recipe's and over the defaults'.</summary>
    public required DataRecipe Data { get; init; }

    /// <summary>Name of the model, trained, distilled, or synthesised for.</summary>
    [JsonIgnore] public string Model => Train ?? Distil ?? Synthesize ?? throw new InvalidOperationException("a stage needs 'train', 'distil' or 'synthesize'; what an ensemble is made of, its plan knows");

    /// <summary>Whether other stages' networks answer together, and nothing is trained.</summary>
    [JsonIgnore] public bool IsEnsemble => Ensemble.Count > 0;

    /// <summary>Whether images are synthesised.</summary>
    [JsonIgnore] public bool IsSynthesis => Synthesize is not null;

    /// <summary>Whether all seeds of the members make one ensemble.</summary>
    [JsonIgnore] public bool IsOverSeeds => IsEnsemble && (Over ?? (Ensemble.Count == 1 ? EnsembleOver.Seeds : EnsembleOver.Stages)) == EnsembleOver.Seeds;
}
