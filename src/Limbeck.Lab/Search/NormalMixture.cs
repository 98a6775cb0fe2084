namespace Limbeck.Lab.Search;

/// <summary>
/// Adaptive Parzen estimator (Bergstra et al. 2011, section 4.2): a normal distribution around each observation and a wide one, the prior, around the middle, all cut
/// off at the bounds.
/// </summary>
/// <remarks>
/// The width of each is the greater distance to its two neighbours, and no less than range / min(100, observations + 2): Optuna calls this magic clip. Where values
/// have a step, the density of one is the mass of its neighbourhood.
/// </remarks>
sealed class NormalMixture : IDensity
{
    readonly Interval domain;
    readonly Kernel[] kernels;
    readonly double[] weights;

    internal NormalMixture(Interval domain, IReadOnlyList<double> values)
    {
        this.domain = domain;
        var (low, high) = domain.Axis;
        double[] centres = [.. values.Select(domain.OnAxis), (low + high) / 2];
        var least = (high - low) / Math.Min(100, centres.Length + 1);
        var widths = Widths(centres);
        // The prior is the last.
        widths[^1] = high - low;
        kernels = [.. centres.Zip(widths, (centre, width) => new Kernel(centre, Math.Clamp(width, least, high - low), low, high))];
        weights = Recency.Weights(values.Count);
    }

    /// <inheritdoc/>
    public double Draw(Dice dice) => domain.FromAxis(kernels[dice.Pick(weights)].Draw(dice));

    /// <inheritdoc/>
    // In the logarithm, the density per unit of the axis: its factor 1/value is the same for all densities of a domain.
    public double Of(double value)
    {
        var place = domain.OnAxis(value);
        return kernels.Zip(weights, (kernel, weight) => weight * (domain.Step is { } step ? kernel.Mass(place - (step / 2), place + (step / 2)) : kernel.At(place))).Sum();
    }

    // Greater distance to the neighbours; the outermost have one neighbour.
    static double[] Widths(double[] centres)
    {
        var order = Enumerable.Range(0, centres.Length).OrderBy(i => centres[i]).ToArray();
        var widths = new double[centres.Length];
        for (var k = 0; k < order.Length; k++)
        {
            var before = k > 0 ? centres[order[k]] - centres[order[k - 1]] : 0;
            var after = k < order.Length - 1 ? centres[order[k + 1]] - centres[order[k]] : 0;
            widths[order[k]] = Math.Max(before, after);
        }

        return widths;
    }

    /// <summary>A normal distribution cut off at two bounds, between which its centre lies.</summary>
    readonly record struct Kernel(double Centre, double Width, double Low, double High)
    {
        readonly double inside = Between(Centre, Width, Low, High);

        // At least a third of the distribution is between the bounds, for it is no wider than they are apart: three draws do on average.
        internal double Draw(Dice dice)
        {
            double place;
            do place = Centre + (Width * dice.Normal());
            while (place < Low || place > High);
            return place;
        }

        internal double At(double place) => Normal.Density((place - Centre) / Width) / Width / inside;

        internal double Mass(double from, double to) => Between(Centre, Width, from, to) / inside;

        static double Between(double centre, double width, double from, double to) => Normal.Below((to - centre) / width) - Normal.Below((from - centre) / width);
    }
}
