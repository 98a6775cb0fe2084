using System.Globalization;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis;

/// <summary>Learned numbers that stay above 0 whatever the step, and some below 1: a step size for each training step or for all, momenta, a temperature.</summary>
/// <remarks>
/// MTT's code descends on the step size itself, which then goes below 0. With <see cref="Positivity.Log"/> a rate of η / α² does to ρ what η does to α: 1e-5 there is 0.1 here at α = 0.01.
/// </remarks>
public sealed class PositiveNumbers : IDisposable
{
    readonly Positivity form;

    /// <summary>Takes the first values.</summary>
    /// <param name="values">Above 0 and below the form's bound.</param>
    /// <param name="like">Whose element type and device they take.</param>
    /// <param name="form">The function that keeps them there.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not.</exception>
    public PositiveNumbers(IReadOnlyList<double> values, Tensor like, Positivity form)
    {
        if (values.Any(value => !(value > 0 && value < form.Bound)))
            throw new ArgumentOutOfRangeException(nameof(values), string.Join(", ", values), double.IsInfinity(form.Bound) ? "expected finite numbers above 0" : string.Create(CultureInfo.InvariantCulture, $"expected numbers above 0 and below {form.Bound}"));
        using var scope = new Scope();
        this.form = form;
        Free = new Parameter(Tensor.From<double>([.. values.Select(form.Free)]).To(like.Device, like.DType)) { Decays = false };
    }

    PositiveNumbers(Parameter free, Positivity form) => (Free, this.form) = (free, form);

    /// <summary>ρ, which an optimizer changes.</summary>
    public Parameter Free { get; }

    /// <summary>The numbers as a vector; differentiable by <see cref="Free"/>.</summary>
    public Tensor Value => form.Value(Free.Value);

    /// <summary>The numbers, read out.</summary>
    public double[] Read()
    {
        using var scope = new Scope();
        return Value.Detach().To(DType.Float64).ToArray<double>();
    }

    /// <summary>Frees them.</summary>
    public void Dispose() => Free.Dispose();

    internal PositiveNumbers Clone(Device device) => new(Free.CopyTo(device), form);
}
