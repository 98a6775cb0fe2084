using Limbeck.Torch.Tensors;

namespace Limbeck.Torch.Autograd;

/// <summary>d L_V / d λ: how a validation loss changes with metaparameters, which may be coefficients or whole images, through the weights that training with them gives.</summary>
/// <remarks>All take w as a vector of P numbers, λ as one of M, and give M numbers. Rate γ is that of plain descent.</remarks>
public static class HyperGradient
{
    // Of the distance over which differences are taken. Liu, Simonyan, Yang 2019, section 2.3.
    const double Reach = 0.01;

    /// <summary>∂L_V/∂λ − γ ∂²L_T/∂λ∂w · ∇_w L_V(w'), w' = w − γ ∇_w L_T(w, λ): exact for one training step. Gorpinich, Bakhteev, Strijov 2022 (greedy); about four steps' time.</summary>
    /// <param name="losses">L_T and L_V.</param>
    /// <param name="weightsP">w.</param>
    /// <param name="metaM">λ.</param>
    /// <param name="rate">γ.</param>
    public static Tensor Greedy(BilevelLosses losses, Tensor weightsP, Tensor metaM, double rate)
    {
        using var scope = new Scope();
        var (w, lambda) = (Leaf(weightsP), Leaf(metaM));
        var slopeP = Grad.Of(losses.Training(w, lambda), [w], createGraph: true)[0];
        var (pullP, directM) = Pull(losses, w.Detach() - (rate * slopeP.Detach()), lambda);
        return scope.Keep(directM - (rate * Product(slopeP, lambda, pullP)));
    }

    /// <summary>
    /// The same from first derivatives alone: the mixed one is [∂L_T/∂λ(w + εv) − ∂L_T/∂λ(w − εv)] / 2ε, v = ∇_w L_V(w'), ε = 0.01 / ‖v‖. Liu, Simonyan, Yang 2019 (DARTS), section 2.3.
    /// Its error is of order ε². L_T must be the same function at every call: no fresh dropout.
    /// </summary>
    /// <inheritdoc cref="Greedy"/>
    public static Tensor FiniteDifference(BilevelLosses losses, Tensor weightsP, Tensor metaM, double rate)
    {
        using var scope = new Scope();
        var (w, lambda) = (Leaf(weightsP), Leaf(metaM));
        var slopeP = Grad.Of(losses.Training(w, lambda), [w])[0];
        var (pullP, directM) = Pull(losses, w.Detach() - (rate * slopeP), lambda);
        var length = pullP.Norm().Item();
        // Where L_V is flat no change of w changes it.
        if (length == 0) return scope.Keep(directM);
        var epsilon = Reach / length;
        return scope.Keep(directM - (rate / (2 * epsilon) * (SlopeM(epsilon) - SlopeM(-epsilon))));

        Tensor SlopeM(double by) => Grad.OfUsed([losses.Training(w.Detach() + (by * pullP), lambda)], [lambda])[0] ?? lambda.ZerosLike();
    }

    /// <summary>
    /// ∂L_V/∂λ − ∂²L_T/∂λ∂w · s, s = γ Σ_{k=0..K} (I − γH)^k ∇_w L_V(w), H = ∂²L_T/∂w²: where w minimises L_T, and as K grows, s is H⁻¹ ∇_w L_V and this the gradient through all of training
    /// (the implicit function theorem). Lorraine, Vicol, Duvenaud 2020, algorithm 3. Converges while γ is below 2 over H's largest eigenvalue.
    /// </summary>
    /// <remarks>K = 0 is <see cref="Greedy"/> with L_V at w in place of w'. The authors' code leaves the factor γ out, so that its gradient is 1/γ times as long, and in one place puts the product of a gradient with itself for H.</remarks>
    /// <param name="losses">L_T and L_V.</param>
    /// <param name="weightsP">w.</param>
    /// <param name="metaM">λ.</param>
    /// <param name="rate">γ.</param>
    /// <param name="terms">K, each of which costs a product with H: about two steps' time.</param>
    public static Tensor Implicit(BilevelLosses losses, Tensor weightsP, Tensor metaM, double rate, int terms) =>
        Implicit(losses, weightsP, metaM, (product, vectorP) => InverseProduct.Neumann(product, vectorP, rate, terms));

    /// <summary>The same with H⁻¹ ∇_w L_V found in any way: see <see cref="InverseProduct"/>.</summary>
    /// <param name="losses">L_T and L_V.</param>
    /// <param name="weightsP">w.</param>
    /// <param name="metaM">λ.</param>
    /// <param name="solve">From the product with H, and a vector, to the vector's product with H⁻¹.</param>
    public static Tensor Implicit(BilevelLosses losses, Tensor weightsP, Tensor metaM, Func<Func<Tensor, Tensor>, Tensor, Tensor> solve)
    {
        using var scope = new Scope();
        var (w, lambda) = (Leaf(weightsP), Leaf(metaM));
        var slopeP = Grad.Of(losses.Training(w, lambda), [w], createGraph: true)[0];
        var (pullP, directM) = Pull(losses, w.Detach(), lambda);
        return scope.Keep(directM - Product(slopeP, lambda, solve(vectorP => Product(slopeP, w, vectorP), pullP)));
    }

    // d L_V / d w and ∂ L_V / ∂ λ at some weights.
    static (Tensor PullP, Tensor DirectM) Pull(BilevelLosses losses, Tensor weightsP, Tensor lambda)
    {
        weightsP.RequiresGrad = true;
        var found = Grad.OfUsed([losses.Validation(weightsP, lambda)], [weightsP, lambda]);
        return (found[0] ?? weightsP.Detach().ZerosLike(), found[1] ?? lambda.Detach().ZerosLike());
    }

    // ∂/∂at of a slope times a constant vector. Where the slope does not change, as that of a linear loss, it is 0.
    static Tensor Product(Tensor slopeP, Tensor at, Tensor vectorP) =>
        (slopeP.RequiresGrad ? Grad.OfUsed([slopeP], [at], [vectorP], retainGraph: true)[0] : null) ?? at.Detach().ZerosLike();

    static Tensor Leaf(Tensor values)
    {
        var leaf = values.Detach().Clone();
        leaf.RequiresGrad = true;
        return leaf;
    }
}
