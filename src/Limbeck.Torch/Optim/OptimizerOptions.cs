using System.ComponentModel.DataAnnotations;

namespace Limbeck.Torch.Optim;

/// <summary>What every optimizer takes: a learning rate and an L2 penalty. The kinds are the records below.</summary>
public abstract record OptimizerOptions
{
    /// <summary>Learning rate before any schedule, in (0, 1e6]: on images rates are large (MTT takes 1e4 on Tiny-ImageNet).</summary>
    [Range(1e-12, 1e6)] public double Lr { get; init; } = 0.1;

    /// <summary>Weight decay, in [0, 1]. Added to the gradient, except by <see cref="AdamWOptions"/> and <see cref="LambOptions"/>, which decouple it. PyTorch's default: 0.</summary>
    [Range(0.0, 1.0)] public double WeightDecay { get; init; }
}

/// <summary>Stochastic gradient descent as PyTorch defines it: v ← m v + g; w ← w − lr v (Nesterov: w ← w − lr (g + m v)).</summary>
public sealed record SgdOptions : OptimizerOptions, IValidatableObject
{
    /// <summary>Momentum m, in [0, 1). Default 0.9: what every distillation paper of the last ten years uses.</summary>
    [Range(0, 0.999999)] public double Momentum { get; init; } = 0.9;

    /// <summary>Nesterov's look-ahead. Needs a momentum.</summary>
    public bool Nesterov { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Nesterov && Momentum == 0) yield return new ValidationResult("Nesterov needs a momentum above 0", [nameof(Nesterov), nameof(Momentum)]);
    }
}

/// <summary>SGD with a momentum of its own for each of two losses: the task's m − Δ, the distillation's m + Δ. Zhao et al. 2023.</summary>
public sealed record DotOptions : OptimizerOptions, IValidatableObject
{
    /// <summary>Momentum m, in [0, 1). Default 0.9: the paper.</summary>
    [Range(0, 0.999999)] public double Momentum { get; init; } = 0.9;

    /// <summary>How far the two momenta are from m, in [0, 0.5]. Default 0.075: the paper on CIFAR-100 (0.09 on ImageNet).</summary>
    [Range(0, 0.5)] public double Delta { get; init; } = 0.075;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Momentum - Delta < 0 || Momentum + Delta >= 1)
            yield return new ValidationResult($"momentum ± delta must lie in [0, 1), got {Momentum - Delta:G4} and {Momentum + Delta:G4}", [nameof(Momentum), nameof(Delta)]);
    }
}

/// <summary>Adam (Kingma and Ba 2015), the weight decay inside the gradient. Default learning rate 1e-3: PyTorch.</summary>
public record AdamOptions : OptimizerOptions
{
    /// <summary>Sets the learning rate that the paper proposes.</summary>
    public AdamOptions() => Lr = 1e-3;

    /// <summary>Decay of the first moment, in [0, 1).</summary>
    [Range(0, 0.999999)] public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of the second moment, in [0, 1).</summary>
    [Range(0, 0.9999999)] public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the second moment.</summary>
    [Range(0.0, 1.0)] public double Eps { get; init; } = 1e-8;
}

/// <summary>AdamW (Loshchilov and Hutter 2019): weight decay decoupled from the gradient. Default decay 0.01: PyTorch.</summary>
public sealed record AdamWOptions : AdamOptions
{
    /// <summary>Sets the decay that PyTorch defaults to.</summary>
    public AdamWOptions() => WeightDecay = 0.01;
}

/// <summary>LAMB (You et al. 2020): Adam's direction, each tensor's step as long as a share of the tensor. Default learning rate 1e-3, no decay.</summary>
public sealed record LambOptions : AdamOptions
{
    /// <summary>Sets the paper's ε, 1e-6, which is Optax's too.</summary>
    public LambOptions() => Eps = 1e-6;
}

/// <summary>RMSProp (Hinton 2012) as PyTorch defines it: eps outside of the root. Default learning rate 0.01: PyTorch.</summary>
public sealed record RmsPropOptions : OptimizerOptions
{
    /// <summary>Sets PyTorch's learning rate.</summary>
    public RmsPropOptions() => Lr = 0.01;

    /// <summary>Decay of the squared gradient's mean, in [0, 1).</summary>
    [Range(0, 0.9999999)] public double Alpha { get; init; } = 0.99;

    /// <summary>Added to the root of the mean square.</summary>
    [Range(0.0, 1.0)] public double Eps { get; init; } = 1e-8;

    /// <summary>Momentum on the scaled gradient, in [0, 1).</summary>
    [Range(0, 0.999999)] public double Momentum { get; init; }
}
