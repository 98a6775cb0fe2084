using System.ComponentModel.DataAnnotations;
using Limbeck.Evaluation;
using Limbeck.Lab.Recipes.Binding;

namespace Limbeck.Lab.Recipes;

/// <summary>One experiment: data, stages that train or distil networks, seeds, and the numbers that others have published for it.</summary>
/// <remarks>
/// A value of this type is resolved: <c>extends</c>, the chosen scale, overrides, <c>defaults</c> and <c>paths</c> are already merged into its
/// <see cref="Stages"/>.
/// </remarks>
public sealed record Recipe : IValidatableObject
{
    internal const string NamePattern = "^[A-Za-z0-9][A-Za-z0-9._-]*$";
    internal const string StagePattern = "^[A-Za-z0-9][A-Za-z0-9_-]*$";

    /// <summary>Short name: letters, digits, dots, dashes and underscores. Run folders carry it.</summary>
    [RegularExpression(NamePattern)] public required string Name { get; init; }

    /// <summary>What the recipe shows, for people.</summary>
    public string? Description { get; init; }

    /// <summary>The data of every stage that does not say otherwise. A stage's own map is merged over this one.</summary>
    public DataRecipe? Data { get; init; }

    /// <summary>Settings of every stage that does not say otherwise. A stage's own maps are merged over these.</summary>
    public DefaultSettings? Defaults { get; init; }

    /// <summary>Chains of teachers over assistants, which become stages.</summary>
    public PathsRecipe? Paths { get; init; }

    /// <summary>Stages by name, in the order of the file: letters, digits, dashes and underscores.</summary>
    [RegularExpression(StagePattern), MinLength(1)] public required OrderedDictionary<string, StageRecipe> Stages { get; init; }

    /// <summary>Each stage runs once for each of these seeds. Default: [1].</summary>
    [Range(0, int.MaxValue), MinLength(1), Distinct] public IReadOnlyList<int> Seeds { get; init; } = [1];

    /// <summary>
    /// Searches for hyper-parameters, by the stage whose accuracy on the validation images is to be greatest; one after the other, each with the best values of those
    /// before it.
    /// </summary>
    public OrderedDictionary<string, SearchRecipe> Search { get; init; } = [];

    /// <summary>What else to measure on every finished network, each kind once at most. Changes no training. Default: nothing.</summary>
    public IReadOnlyList<MeasureOptions> Measure { get; init; } = [];

    /// <summary>Published numbers by stage, to be shown beside the measured ones.</summary>
    public OrderedDictionary<string, PublishedNumber> Published { get; init; } = [];

    /// <summary>How the protocol differs from that of the published numbers, a sentence each, to be shown beside them.</summary>
    public IReadOnlyList<string> Differences { get; init; } = [];

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (Measure.DistinctBy(kind => kind.GetType()).Count() < Measure.Count)
            yield return new("measure has a kind twice: keep one", [nameof(Measure)]);
    }
}
