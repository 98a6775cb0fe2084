using System.ComponentModel.DataAnnotations;

namespace Limbeck.Torch.Optim;

/// <summary>A learning-rate schedule: a factor on the optimizer's rate, as a function of the fraction of training done.</summary>
public abstract record ScheduleOptions
{
    /// <summary>Epochs over which the rate rises linearly from (near) zero to what the schedule says. 0 for none. The schedule's own clock runs meanwhile.</summary>
    [Range(0.0, 100_000.0)] public double Warmup { get; init; }
}

/// <summary>The rate stays as it is.</summary>
public sealed record ConstantOptions : ScheduleOptions;

/// <summary>Multiply by gamma every so many epochs.</summary>
public sealed record StepOptions : ScheduleOptions
{
    /// <summary>Epochs between two drops.</summary>
    [Range(1, 1_000_000)] public int Every { get; init; } = 30;

    /// <summary>Factor of each drop.</summary>
    [Range(1e-9, 1)] public double Gamma { get; init; } = 0.1;
}

/// <summary>Multiply by gamma at the start of each named epoch (counted from 0, as in PyTorch's MultiStepLR).</summary>
public sealed record MultiStepOptions : ScheduleOptions, IValidatableObject
{
    /// <summary>Epochs, ascending, at whose start the rate drops.</summary>
    public IReadOnlyList<int> Milestones { get; init; } = [];

    /// <summary>Factor of each drop.</summary>
    [Range(1e-9, 1)] public double Gamma { get; init; } = 0.1;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Milestones.Order().Distinct().SequenceEqual(Milestones))
            yield return new ValidationResult($"milestones must ascend, got [{string.Join(", ", Milestones)}]", [nameof(Milestones)]);
    }
}

/// <summary>Half a cosine from 1 to <see cref="Floor"/>, stepped per iteration (Loshchilov and Hutter 2017, no restarts).</summary>
public sealed record CosineOptions : ScheduleOptions
{
    /// <summary>Final fraction of the rate, in [0, 1].</summary>
    [Range(0.0, 1.0)] public double Floor { get; init; }
}

/// <summary>One cycle (Smith 2018) as PyTorch's OneCycleLR with cosine annealing: up from 1/25 of the peak, down to 1e-4 of the start. The optimizer's rate is the peak; its momentum stays (<c>cycle_momentum=False</c>).</summary>
public sealed record OneCycleOptions : ScheduleOptions
{
    /// <summary>Fraction of training spent going up, in (0, 1).</summary>
    [Range(0.001, 0.999)] public double Rise { get; init; } = 0.3;

    /// <summary>Peak divided by the first rate.</summary>
    [Range(1, 1e6)] public double StartDivisor { get; init; } = 25;

    /// <summary>First rate divided by the last.</summary>
    [Range(1, 1e9)] public double EndDivisor { get; init; } = 1e4;
}
