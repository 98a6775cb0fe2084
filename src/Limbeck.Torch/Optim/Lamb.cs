using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Torch.Optim;

/// <summary>LAMB (You et al. 2020, algorithm 2, φ(x) = x): <see cref="Adam"/>'s direction, made as long as the parameter itself, so that each tensor changes by a share lr of its length.</summary>
/// <remarks>
/// r = m̂ / (√v̂ + ε) + d w; w ← w − lr (‖w‖ / ‖r‖) r, the lengths of a whole tensor; where one of them is 0 the factor is 1. As in Optax, with its ε of 1e-6. The decay d is outside of the moments.
/// </remarks>
public sealed class Lamb : Optimizer
{
    /// <summary>Makes the optimizer for one group.</summary>
    public Lamb(LambOptions options, IEnumerable<Parameter> parameters) : this([new ParameterGroup([.. parameters], options)])
    {
    }

    internal Lamb(IReadOnlyList<ParameterGroup> groups) : base(groups, _ => Adam.Moments)
    {
    }

    /// <inheritdoc/>
    protected override void Update(OptimizerOptions options, double lr, in Cohort cohort)
    {
        var lamb = (LambOptions)options;
        var under = Adam.Advance(lamb, cohort, cohort.Gradients);
        var directions = Foreach.Mul(cohort.Weights, lamb.WeightDecay);
        Foreach.AddcdivInPlace(directions, cohort.Slots[0], under, 1 / (1 - Math.Pow(lamb.Beta1, cohort.Step)));
        var (lengths, own) = (Foreach.Norm(cohort.Weights), Foreach.Norm(directions));
        for (var i = 0; i < directions.Length; i++)
        {
            var trust = (lengths[i] > 0).LogicalAnd(own[i] > 0).Where(lengths[i] / own[i], own[i].OnesLike());
            cohort.Weights[i].AddInPlace(directions[i] * trust, -lr);
        }
    }
}
