using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis;

/// <summary>How a learned number is kept within its bounds: what stands for it, ρ, is free, and the number a function of that.</summary>
public sealed class Positivity
{
    readonly Func<double, double> free;
    readonly Func<Tensor, Tensor> value;

    Positivity(Func<Tensor, Tensor> value, Func<double, double> free, double bound = double.PositiveInfinity) => (this.value, this.free, Bound) = (value, free, bound);

    /// <summary>exp(ρ): a step of ρ changes the number by a share of itself, whatever its size.</summary>
    public static Positivity Log { get; } = new(free => free.Exp(), Math.Log);

    /// <summary>log(1 + exp(ρ)): near 0 as <see cref="Log"/>, far above it as the number itself. Wang et al. 2018.</summary>
    public static Positivity Softplus { get; } = new(free => free.Softplus(), value => value + Math.Log(-Expm1(-value)));

    /// <summary>1 / (1 + exp(−ρ)): below 1 too, as a momentum must be.</summary>
    public static Positivity Logistic { get; } = new(free => free.Sigmoid(), value => Math.Log(value / (1 - value)), bound: 1);

    /// <summary>What the numbers stay below.</summary>
    public double Bound { get; }

    /// <summary>ρ of a number.</summary>
    internal double Free(double number) => free(number);

    /// <summary>The numbers, from ρ.</summary>
    internal Tensor Value(Tensor freeS) => value(freeS);

    // Math has none; the series keeps what e^x − 1 loses near 0.
    static double Expm1(double x) => Math.Abs(x) > 1e-5 ? Math.Exp(x) - 1 : x + (x * x / 2);
}
