using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis;

/// <summary>Learned numbers that stay above 0 whatever the step: a step size for each training step or for all, a temperature.</summary>
/// <remarks>
/// MTT's code descends on the step size itself, which then goes below 0. With <see cref="Positivity.Log"/> a rate of η / α² does to ρ what η does to α: 1e-5 there is 0.1 here at α = 0.01.
/// </remarks>
public sealed class PositiveNumbers : IDisposable
{
    readonly Positivity form;

    /// <summary>Takes the first values.</summary>
    /// <param name="values">Above 0, finite.</param>
    /// <param name="like">Whose element type and device they take.</param>
    /// <param name="form">The function that keeps them above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not above 0.</exception>
    public PositiveNumbers(IReadOnlyList<double> values, Tensor like, Positivity form)
    {
        if (values.Any(value => !(value > 0 && double.IsFinite(value))))
            throw new ArgumentOutOfRangeException(nameof(values), string.Join(", ", values), "expected finite numbers above 0");
        using var scope = new Scope();
        this.form = form;
        double[] free = [.. values.Select(value => form == Positivity.Log ? Math.Log(value) : value + Math.Log(-Expm1(-value)))];
        Free = new Parameter(Tensor.From<double>(free).To(like.Device, like.DType)) { Decays = false };
    }

    PositiveNumbers(Parameter free, Positivity form) => (Free, this.form) = (free, form);

    /// <summary>ρ, which an optimizer changes.</summary>
    public Parameter Free { get; }

    /// <summary>The numbers as a vector; differentiable by <see cref="Free"/>.</summary>
    public Tensor Value => form == Positivity.Log ? Free.Value.Exp() : Free.Value.Softplus();

    /// <summary>The numbers, read out.</summary>
    public double[] Read()
    {
        using var scope = new Scope();
        return Value.Detach().To(DType.Float64).ToArray<double>();
    }

    /// <summary>Frees them.</summary>
    public void Dispose() => Free.Dispose();

    internal PositiveNumbers Clone(Device device) => new(Free.CopyTo(device), form);

    // Math has none; the series keeps what e^x − 1 loses near 0.
    static double Expm1(double x) => Math.Abs(x) > 1e-5 ? Math.Exp(x) - 1 : x + (x * x / 2);
}
