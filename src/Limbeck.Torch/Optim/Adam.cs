using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Torch.Optim;

/// <summary>Adam (Kingma and Ba 2015, algorithm 1) with an L2 penalty d inside of the gradient.</summary>
/// <remarks>
/// g ← g + d w; m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; w ← w − lr m̂ / (√v̂ + ε), where m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ).
/// </remarks>
public sealed class Adam : Optimizer
{
    internal static readonly string[] Moments = ["exp_avg", "exp_avg_sq"];

    /// <summary>Makes the optimizer for one group.</summary>
    public Adam(AdamOptions options, IEnumerable<Parameter> parameters) : this([new ParameterGroup([.. parameters], options)])
    {
    }

    internal Adam(IReadOnlyList<ParameterGroup> groups) : base(groups, _ => Moments)
    {
    }

    /// <inheritdoc/>
    protected override void Update(OptimizerOptions options, double lr, in Cohort cohort) =>
        Descend((AdamOptions)options, lr, cohort, cohort.Penalised(options.WeightDecay));

    internal static void Descend(AdamOptions options, double lr, in Cohort cohort, Tensor[] gradients)
    {
        var under = Advance(options, cohort, gradients);
        Foreach.AddcdivInPlace(cohort.Weights, cohort.Slots[0], under, -lr / (1 - Math.Pow(options.Beta1, cohort.Step)));
    }

    // Both moments a step on; √v̂ + ε.
    internal static Tensor[] Advance(AdamOptions options, in Cohort cohort, Tensor[] gradients)
    {
        var (first, second) = (cohort.Slots[0], cohort.Slots[1]);
        Foreach.MulInPlace(first, options.Beta1);
        Foreach.AddInPlace(first, gradients, 1 - options.Beta1);
        Foreach.MulInPlace(second, options.Beta2);
        Foreach.AddcmulInPlace(second, gradients, gradients, 1 - options.Beta2);

        var under = Foreach.Sqrt(second);
        Foreach.DivInPlace(under, Math.Sqrt(1 - Math.Pow(options.Beta2, cohort.Step)));
        Foreach.AddInPlace(under, options.Eps);
        return under;
    }
}
