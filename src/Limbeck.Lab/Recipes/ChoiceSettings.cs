using System.ComponentModel.DataAnnotations;

namespace Limbeck.Lab.Recipes;

/// <summary>How the best of the images on the way are found: fresh networks learn from them as in the evaluation, and validation images say how well. Test images have no say.</summary>
public sealed record ChoiceSettings
{
    /// <summary>Iterations between two looks. Default 500.</summary>
    [Range(1, 100_000_000)] public int Every { get; init; } = 500;

    /// <summary>Networks at each look. Default 2: one alone is off by a point or more.</summary>
    [Range(1, 100)] public int Networks { get; init; } = 2;
}
