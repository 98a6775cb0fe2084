using System.ComponentModel.DataAnnotations;

namespace Limbeck.Objectives;

/// <summary>How much an objective counts, as a function of the epochs done. A plain number is a <see cref="ConstantWeight"/>.</summary>
public abstract record WeightSchedule
{
    /// <summary>The weight.</summary>
    /// <param name="epoch">Epochs done, in fractions.</param>
    /// <param name="epochs">Epochs of the whole training.</param>
    public abstract double At(double epoch, double epochs);

    /// <summary>A plain number is a constant weight.</summary>
    public static implicit operator WeightSchedule(double weight) => new ConstantWeight(weight);
}

/// <summary>The same weight from beginning to end.</summary>
/// <param name="Value">The weight. Default 1.</param>
public sealed record ConstantWeight([property: Range(0, 1e9)] double Value = 1) : WeightSchedule
{
    /// <inheritdoc/>
    public override double At(double epoch, double epochs) => Value;

    /// <inheritdoc/>
    public override string ToString() => $"{Value:G6}";
}

/// <summary>A straight line from one weight to another, which then stays: the decay of FitNets.</summary>
/// <param name="From">Weight at the start.</param>
/// <param name="To">Weight at the end of the line.</param>
/// <param name="Epochs">Length of the line in epochs; 0 for the second weight at once. Null: the whole training.</param>
public sealed record LinearWeight([property: Range(0, 1e9)] double From, [property: Range(0, 1e9)] double To, [property: Range(0, 1e6)] double? Epochs = null) : WeightSchedule
{
    /// <inheritdoc/>
    public override double At(double epoch, double epochs) => (Epochs ?? epochs) is var length && epoch < length ? From + ((To - From) * epoch / length) : To;

    /// <inheritdoc/>
    public override string ToString() => $"{From:G6} → {To:G6}";
}

/// <summary>A straight line from zero to the weight, which then stays.</summary>
/// <param name="Epochs">Length of the warm-up in epochs.</param>
/// <param name="To">Weight after the warm-up. Default 1.</param>
public sealed record WarmUpWeight([property: Range(0, 1e6)] double Epochs, [property: Range(0, 1e9)] double To = 1) : WeightSchedule
{
    /// <inheritdoc/>
    public override double At(double epoch, double epochs) => new LinearWeight(0, To, Epochs).At(epoch, epochs);

    /// <inheritdoc/>
    public override string ToString() => $"0 → {To:G6}";
}

/// <summary>The weight until an epoch, then zero: a hint that initialises the student in the first epochs of a training.</summary>
/// <param name="Epoch">Number of epochs with the weight.</param>
/// <param name="Value">The weight. Default 1.</param>
public sealed record UntilWeight([property: Range(0, 1e6)] double Epoch, [property: Range(0, 1e9)] double Value = 1) : WeightSchedule
{
    /// <inheritdoc/>
    public override double At(double epoch, double epochs) => epoch < Epoch ? Value : 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Value:G6} until epoch {Epoch}";
}

/// <summary>Zero until an epoch, then the weight: what follows upon an initialisation.</summary>
/// <param name="Epoch">Number of epochs without it.</param>
/// <param name="Value">The weight. Default 1.</param>
public sealed record FromWeight([property: Range(0, 1e6)] double Epoch, [property: Range(0, 1e9)] double Value = 1) : WeightSchedule
{
    /// <inheritdoc/>
    public override double At(double epoch, double epochs) => epoch < Epoch ? 0 : Value;

    /// <inheritdoc/>
    public override string ToString() => $"{Value:G6} from epoch {Epoch}";
}
