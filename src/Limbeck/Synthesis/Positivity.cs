using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis;

/// <summary>How a learned number is kept within its bounds: what stands for it, ρ, is free, and the number a function of that.</summary>
public sealed class Positivity
{
    const double AlmostOne = 0.999999;

    readonly Func<double, double> free;
    readonly Func<Tensor, Tensor> value;

    Positivity(Func<Tensor, Tensor> value, Func<double, double> free, double bound = double.PositiveInfinity) => (this.value, this.free, Bound) = (value, free, bound);

    /// <summary>exp(ρ): a step of ρ changes the number by a share of itself, whatever its size.</summary>
    public static Positivity Log { get; } = new(free => free.Exp(), Math.Log);

    /// <summary>log(1 + exp(ρ)): near 0 as <see cref="Log"/>, far above it as the number itself. Wang et al. 2018.</summary>
    public static Positivity Softplus { get; } = new(free => free.Softplus(), value => value + Math.Log(-Expm1(-value)));

    /// <summary>b / (1 + exp(−ρ)) with b = 0.999999: below 1 too, as a momentum must be, also where single precision rounds the fraction to 1.</summary>
    public static Positivity Logistic { get; } = new(free => free.Sigmoid() * AlmostOne, value => Math.Log(value / (AlmostOne - value)), AlmostOne);

    /// <summary>What the numbers stay below.</summary>
    public double Bound { get; }

    /// <summary>ρ of a number.</summary>
    internal double Free(double number) => free(number);

    /// <summary>The numbers, from ρ.</summary>
    internal Tensor Value(Tensor freeS) => value(freeS);

    // Math has none; the series keeps what e^x − 1 loses near 0.
    static double Expm1(double x) => Math.Abs(x) > 1e-5 ? Math.Exp(x) - 1 : x + (x * x / 2);
}
