namespace Limbeck.Models;

/// <summary>How the answers of several networks become one. Hinton, Vinyals and Dean 2015, section 2, name both.</summary>
public enum EnsembleMean
{
    /// <summary>The arithmetic mean of the probabilities.</summary>
    Probabilities,

    /// <summary>The mean of the logits: the geometric mean of the probabilities, brought back to a sum of 1.</summary>
    Logits,
}
