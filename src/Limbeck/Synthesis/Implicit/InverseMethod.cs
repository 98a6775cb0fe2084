namespace Limbeck.Synthesis.Implicit;

/// <summary>How a vector is multiplied with the inverse of a Hessian.</summary>
public enum InverseMethod
{
    /// <summary>A series, each term of which costs a product with the Hessian. Lorraine et al. 2020.</summary>
    Neumann,

    /// <summary>Conjugate gradients, one product a step; wants a Hessian without negative eigenvalues, for which damping and decay help.</summary>
    ConjugateGradients,
}
