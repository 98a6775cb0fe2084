using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Limbeck.Lab.Recipes.Binding;
using Limbeck.Lab.Search;

namespace Limbeck.Lab.Recipes;

/// <summary>
/// A search for hyper-parameters: a stage is trained with other values again and again, and the recipe then runs with those by which it was best on the validation
/// images, at its chosen epoch. Test images choose nothing.
/// </summary>
public sealed record SearchRecipe : IValidatableObject
{
    private const int Usual = 20;
    private const int Most = 1_000_000;

    /// <summary>How values are chosen. Default tpe.</summary>
    public SamplerKind Sampler { get; init; } = SamplerKind.Tpe;

    /// <summary>Trials in all. Null: 20, or the whole grid.</summary>
    [Range(1, 1_000_000)] public int? Trials { get; init; }

    /// <summary>Trials drawn at random before tpe begins. Default 10: Optuna.</summary>
    [Range(1, 1_000_000)] public int Startup { get; init; } = 10;

    /// <summary>Stops trials that are worse than others by an early epoch. Null: every trial is trained to its end.</summary>
    public PruneRecipe? Prune { get; init; }

    /// <summary>Seed of the choices: the same seed tries the same values. Default 1.</summary>
    [Range(0, int.MaxValue)] public int Seed { get; init; } = 1;

    /// <summary>Seeds of the stage over which a trial's accuracy is the mean. Null: the first of the stage's seeds.</summary>
    [Range(0, int.MaxValue), MinLength(1), Distinct] public IReadOnlyList<int>? Seeds { get; init; }

    /// <summary>What is searched: <c>student.objectives[1].temperature</c> is the temperature of the second objective of the stage student.</summary>
    [MinLength(1)] public required OrderedDictionary<string, SearchedValue> Space { get; init; }

    /// <summary>How many trials there will be.</summary>
    [JsonIgnore] public int Count => Sampler == SamplerKind.Grid ? (int)GridSampler.Size(Parameters) : Trials ?? Usual;

    internal IReadOnlyList<Parameter> Parameters => [.. Space.Select(value => new Parameter(value.Key, value.Value.Domain))];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Sampler == SamplerKind.Grid && Trials is not null)
            yield return new("trials in a grid search, which tries every combination: leave it out, or search by random or tpe", [nameof(Trials)]);
        if (Sampler == SamplerKind.Grid && Space.FirstOrDefault(value => value.Value.Domain.Count is null) is { Key: { } endless })
            yield return new($"{endless} has no countable values for a grid: give it quniform, integer or choice", [nameof(Sampler)]);
        if (Sampler == SamplerKind.Grid && GridSampler.Size(Parameters) is > Most and < double.PositiveInfinity)
            yield return new($"the grid has more than {Most} points", [nameof(Space)]);
        var set = Space.Keys.Concat(Space.Values.Select(value => value.Complement).OfType<string>());
        if (set.GroupBy(path => path, StringComparer.Ordinal).FirstOrDefault(paths => paths.Count() > 1) is { } twice)
            yield return new($"{twice.Key} is set twice: by itself or by two complements", [nameof(Space)]);
    }
}
