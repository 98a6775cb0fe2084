namespace Limbeck.Lab.Search;

/// <summary>The standard normal distribution.</summary>
static class Normal
{
    const double Far = 8;

    /// <summary>exp(−x²/2) / √(2π).</summary>
    internal static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>The share below x: 1/2 + density(x) · (x + x³/3 + x⁵/(3·5) + x⁷/(3·5·7) + …), to 1e-15 in absolute terms. Marsaglia 2004, Evaluating the normal distribution.</summary>
    internal static double Below(double x)
    {
        if (Math.Abs(x) > Far) return x > 0 ? 1 : 0;
        var (sum, before, term) = (x, 0.0, x);
        for (var odd = 3; sum != before; odd += 2) (before, sum) = (sum, sum + (term *= x * x / odd));
        return 0.5 + (sum * Density(x));
    }
}
