namespace Limbeck.Evaluation;

/// <summary>
/// What of a distilled set's accuracy is owed to its images, and not to its labels or augmentation. Li et al. 2025 (DD-Ranking). With accuracies a in [0, 1] of networks that learned by the same protocol:
/// HLR = a(all real images, hard labels) − a(set, hard labels); IOR = a(set) − a(random real images), both with labels of the set's kind; LRS = E(w · IOR − (1 − w) · HLR);
/// ARS = E(γ · IOR with augmentation + (1 − γ) · IOR without); E(x) = (eˣ − e⁻¹) / (e − e⁻¹), which takes [−1, 1] to [0, 1].
/// </summary>
/// <remarks>That code takes the best of five learning rates for random images, and the set's own where it has one: here every rate is what the evaluation says.</remarks>
/// <param name="HardLabelRecovery">HLR, in [−1, 1]: what is lost against all real images; the smaller the better. Null where an accuracy is missing.</param>
/// <param name="ImprovementOverRandom">IOR, in [−1, 1]; the larger the better.</param>
/// <param name="LabelRobust">LRS, in [0, 1]; the larger the better.</param>
/// <param name="AugmentationRobust">ARS, in [0, 1]; the larger the better.</param>
public sealed record DistillationScores(double? HardLabelRecovery, double? ImprovementOverRandom, double? LabelRobust, double? AugmentationRobust)
{
    // w and γ of that code.
    const double Half = 0.5;

    /// <summary>Scores of the accuracies that are there, in [0, 1].</summary>
    /// <param name="whole">Of networks that learned all real images with hard labels.</param>
    /// <param name="hard">Of networks that learned the set's images with hard labels.</param>
    /// <param name="own">Of networks that learned the set as it is meant.</param>
    /// <param name="random">Of networks that learned random real images with labels of the set's kind.</param>
    /// <param name="unaugmented">As <paramref name="own"/>, without augmentation.</param>
    /// <param name="randomUnaugmented">As <paramref name="random"/>, without augmentation.</param>
    public static DistillationScores Of(double? whole = null, double? hard = null, double? own = null, double? random = null, double? unaugmented = null, double? randomUnaugmented = null)
    {
        var (lost, gained, bare) = (whole - hard, own - random, unaugmented - randomUnaugmented);
        return new(lost, gained, ToUnit((Half * gained) - ((1 - Half) * lost)), ToUnit((Half * gained) + ((1 - Half) * bare)));
    }

    static double? ToUnit(double? score) => score is { } x ? (Math.Exp(x) - (1 / Math.E)) / (Math.E - (1 / Math.E)) : null;
}
