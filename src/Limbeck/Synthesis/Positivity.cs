namespace Limbeck.Synthesis;

/// <summary>How a learned number is kept above 0: what stands for it is free, and the number a function of that.</summary>
public enum Positivity
{
    /// <summary>exp(ρ): a step of ρ changes the number by a share of itself, whatever its size.</summary>
    Log,

    /// <summary>log(1 + exp(ρ)): near 0 as <see cref="Log"/>, far above it as the number itself. Wang et al. 2018.</summary>
    Softplus,
}
