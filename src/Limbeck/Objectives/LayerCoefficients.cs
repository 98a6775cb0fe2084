namespace Limbeck.Objectives;

/// <summary>Where the coefficients λ_ij between places i of a teacher and places j of a student come from.</summary>
public enum LayerCoefficients
{
    /// <summary>1 over the number of the teacher's places, everywhere.</summary>
    Uniform,

    /// <summary>1 between places of the same rank, counted from the last one down, 0 elsewhere: <see cref="Vid"/>. Where the student has more places, its first ones have no partner.</summary>
    Pairwise,

    /// <summary>1 at the teacher's place that <c>to</c> names, 0 elsewhere.</summary>
    AllToOne,

    /// <summary>Drawn once for each place of the student, uniformly from all that sum to one: −log U, normalised.</summary>
    Dirichlet,

    /// <summary>The rows of <c>lambda</c>, each column divided by its sum.</summary>
    Given,

    /// <summary>softmax over i of metaparameters u_ij, all 0 at the start, which learn from images held out of the training set: see <c>metaparameters</c> of a stage.</summary>
    Learned,
}
