using Limbeck.Torch.Tensors;

namespace Limbeck.Torch.Autograd;

/// <summary>H⁻¹ v of a symmetric matrix that is known by its products with vectors alone, as a Hessian is. All vectors have P numbers; the result is the open scope's.</summary>
public static class InverseProduct
{
    /// <summary>γ Σ_{k=0..K} (I − γH)^k v, which goes to H⁻¹ v as long as γ is below 2 over H's largest eigenvalue and the smallest is above 0. Lorraine, Vicol, Duvenaud 2020, algorithm 3.</summary>
    /// <remarks>Cut short, it is what K + 1 steps of descent with rate γ would have done, and forgives eigenvalues near 0.</remarks>
    /// <param name="product">H times a vector.</param>
    /// <param name="vectorP">v.</param>
    /// <param name="rate">γ.</param>
    /// <param name="terms">K: so many products are taken.</param>
    public static Tensor Neumann(Func<Tensor, Tensor> product, Tensor vectorP, double rate, int terms)
    {
        var (termP, sumP) = (vectorP, vectorP);
        for (var k = 0; k < terms; k++)
        {
            termP -= rate * product(termP);
            sumP += termP;
        }

        return rate * sumP;
    }

    /// <summary>(H + δI)⁻¹ v by conjugate gradients: exact after P steps in exact arithmetic, and near it long before where few eigenvalues are large. Hestenes, Stiefel 1952.</summary>
    /// <remarks>It ends early when the residual is small, and where H + δI turns out not to be positive definite along a direction: what was found until then is a descent direction still.</remarks>
    /// <param name="product">H times a vector.</param>
    /// <param name="vectorP">v.</param>
    /// <param name="steps">Most products.</param>
    /// <param name="damping">δ.</param>
    /// <param name="tolerance">Residual at which it ends, as a share of v's length.</param>
    public static Tensor ConjugateGradients(Func<Tensor, Tensor> product, Tensor vectorP, int steps, double damping = 0, double tolerance = 1e-10)
    {
        var (solutionP, residualP, directionP) = (vectorP.ZerosLike(), vectorP, vectorP);
        var squared = Dot(residualP, residualP);
        var enough = tolerance * tolerance * squared;
        for (var step = 0; step < steps && squared > enough; step++)
        {
            var pushedP = product(directionP) + (damping * directionP);
            var curvature = Dot(directionP, pushedP);
            if (!(curvature > 0)) break;
            solutionP += squared / curvature * directionP;
            residualP -= squared / curvature * pushedP;
            var next = Dot(residualP, residualP);
            directionP = residualP + (next / squared * directionP);
            squared = next;
        }

        return solutionP;

        static double Dot(Tensor left, Tensor right) => (left * right).Sum().Item();
    }
}
