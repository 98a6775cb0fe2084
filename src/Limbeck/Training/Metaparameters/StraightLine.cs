namespace Limbeck.Training.Metaparameters;

/// <summary>slope · z + start.</summary>
/// <param name="Slope">Change in a step of z.</param>
/// <param name="Start">Value at z = 0.</param>
public readonly record struct StraightLine(double Slope, double Start)
{
    /// <summary>Value at some z.</summary>
    public double At(double z) => (Slope * z) + Start;

    /// <summary>The line of least squares through values at z = 0, 1, 2, …; a level one through a single value.</summary>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static StraightLine Through(IReadOnlyList<double> values)
    {
        if (values.Count == 0) throw new ArgumentException("a line needs a value to go through", nameof(values));
        var (middle, mean) = ((values.Count - 1) / 2.0, values.Average());
        var spread = values.Index().Sum(value => (value.Index - middle) * (value.Index - middle));
        var slope = spread == 0 ? 0 : values.Index().Sum(value => (value.Index - middle) * (value.Item - mean)) / spread;
        return new(slope, mean - (slope * middle));
    }
}
