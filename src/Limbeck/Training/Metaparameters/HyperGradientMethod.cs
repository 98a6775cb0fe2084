namespace Limbeck.Training.Metaparameters;

/// <summary>How the gradient of the held-out loss with respect to metaparameters is found.</summary>
public enum HyperGradientMethod
{
    /// <summary>Exactly, through one training step, by differentiating twice: about four steps' time.</summary>
    Greedy,

    /// <summary>Through one training step, by differences of first derivatives: about four steps' time, and least memory.</summary>
    FiniteDifference,

    /// <summary>Through all of training, as far as the weights are at their best: a series for the inverse of the Hessian, each term of which takes about two steps' time.</summary>
    Implicit,
}
