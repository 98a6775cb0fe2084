using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Limbeck.Lab.Recipes.Binding;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Lab.Recipes;

/// <summary>How fresh networks learn from synthetic images, which ones, and what is measured beside them. What is beside them costs as much again, each.</summary>
public sealed record EvaluationSettings : SetEvaluation.Options, IValidatableObject
{
    /// <summary>Other models that learn from the images too, as many networks of each. Null: only the one that the images were made for.</summary>
    [RefersTo(Referent.Model), Distinct] public IReadOnlyList<string>? Across { get; init; }

    /// <summary>
    /// What networks learn from as well, by the same options: <c>random</c> real images with labels of the same kind, the images with <c>hard-labels</c> and no teacher, the images <c>unaugmented</c>
    /// (with <c>random</c>, these too). Null: nothing.
    /// </summary>
    [Distinct] public IReadOnlyList<Control>? Beside { get; init; }

    /// <summary>Stage that trains the same model on all real images, for the scores that compare with it. Null: these are left out.</summary>
    [RefersTo(Referent.Stage), Incidental] public string? Whole { get; init; }

    /// <summary>How many networks learn at most: of all models, from the images and from all that stands beside them.</summary>
    [JsonIgnore]
    public int Learners
    {
        get
        {
            var (beside, random) = (Beside ?? [], Beside?.Contains(Control.Random) == true);
            var everywhere = (random ? 2 : 1) * (1 + (Across?.Count ?? 0));
            var others = beside.Count(control => control != Control.Random) + (random && beside.Contains(Control.Unaugmented) ? 1 : 0);
            return Networks * (everywhere + others);
        }
    }

    /// <summary>The same without what other networks, or other images, come to: what can decide which images are kept.</summary>
    internal EvaluationSettings Alone => this with { Across = null, Beside = null };

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (Augmentation is null && Beside is not null && Beside.Contains(Control.Unaugmented))
            yield return new("'unaugmented' beside an evaluation without augmentation: leave one of them out", [nameof(Beside)]);
    }
}
