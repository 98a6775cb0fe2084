namespace Limbeck.Lab.Search;

/// <summary>Random numbers that follow from a seed and a trial's number alone, so that a search which goes on draws what an undisturbed one would.</summary>
/// <remarks>SplitMix64 (Steele, Lea and Flood 2014): the same numbers on every machine and in every version of .NET.</remarks>
sealed class Dice(int seed, int trial)
{
    ulong state = ((ulong)(uint)seed << 32) | (uint)trial;

    /// <summary>A number in [0, 1).</summary>
    internal double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number of the standard normal distribution (Box and Muller 1958).</summary>
    internal double Normal() => Math.Sqrt(-2 * Math.Log(1 - Fraction())) * Math.Cos(2 * Math.PI * Fraction());

    /// <summary>An index, each as likely as its weight says; the weights sum to one.</summary>
    internal int Pick(IReadOnlyList<double> weights)
    {
        var left = Fraction();
        var index = 0;
        while (index < weights.Count - 1 && (left -= weights[index]) >= 0) index++;
        return index;
    }

    ulong Next()
    {
        var z = state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
