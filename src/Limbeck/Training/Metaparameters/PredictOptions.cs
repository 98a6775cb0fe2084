using System.ComponentModel.DataAnnotations;

namespace Limbeck.Training.Metaparameters;

/// <summary>How often metaparameters move by their gradient, and how often along the straight line that they went. Gorpinich, Bakhteev, Strijov 2022.</summary>
public sealed record PredictOptions
{
    /// <summary>e₁, the updates by gradient before each prediction. Default 10: the paper.</summary>
    [Range(1, 1_000_000)] public int Gradient { get; init; } = 10;

    /// <summary>e₂, the updates predicted from them. Default 10: the paper.</summary>
    [Range(1, 1_000_000)] public int Predict { get; init; } = 10;
}
