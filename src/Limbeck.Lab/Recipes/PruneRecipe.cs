using System.ComponentModel.DataAnnotations;

namespace Limbeck.Lab.Recipes;

/// <summary>
/// Asynchronous successive halving (Li et al. 2020): after so many epochs, and again each time that these are multiplied by the factor, a trial goes on only where its
/// validation accuracy is among the best 1/factor of the trials that came so far. With several seeds, the first one's is judged.
/// </summary>
public sealed record PruneRecipe
{
    /// <summary>Epochs before the first judgement. Default 1: Li et al. 2020, Optuna.</summary>
    [Range(1, 1_000_000)] public int After { get; init; } = 1;

    /// <summary>One trial in so many goes on. Default 4: Li et al. 2020, Optuna.</summary>
    [Range(2, 1000)] public int Factor { get; init; } = 4;
}
