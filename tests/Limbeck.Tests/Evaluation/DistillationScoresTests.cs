using Limbeck.Evaluation;

namespace Limbeck.Tests.Evaluation;

public sealed class DistillationScoresTests
{
    // By hand, with e⁻¹ = 0.36787944 and e − e⁻¹ = 2.35040239:
    // HLR = 0.85 − 0.45 = 0.4; IOR = 0.5 − 0.3 = 0.2; LRS: e^(0.1 − 0.2) = 0.90483742, (0.90483742 − 0.36787944) / 2.35040239 = 0.22845364;
    // ARS: without augmentation 0.4 − 0.36 = 0.04, e^(0.1 + 0.02) = 1.12749685, (1.12749685 − 0.36787944) / 2.35040239 = 0.32318611.
    [Fact]
    public void AreTheFormulas()
    {
        var scores = DistillationScores.Of(whole: 0.85, hard: 0.45, own: 0.5, random: 0.3, unaugmented: 0.4, randomUnaugmented: 0.36);
        Assert.Equal(0.4, scores.HardLabelRecovery!.Value, 1e-12);
        Assert.Equal(0.2, scores.ImprovementOverRandom!.Value, 1e-12);
        Assert.Equal(0.22845364, scores.LabelRobust!.Value, 1e-8);
        Assert.Equal(0.32318611, scores.AugmentationRobust!.Value, 1e-8);
    }

    [Fact]
    public void GoFromZeroToOne()
    {
        Assert.Equal(1, DistillationScores.Of(whole: 0, hard: 1, own: 1, random: 0).LabelRobust!.Value, 1e-12);
        Assert.Equal(0, DistillationScores.Of(whole: 1, hard: 0, own: 0, random: 1).LabelRobust!.Value, 1e-12);
        Assert.Equal((1 - (1 / Math.E)) / (Math.E - (1 / Math.E)), DistillationScores.Of(own: 0.5, random: 0.5, unaugmented: 0.2, randomUnaugmented: 0.2).AugmentationRobust!.Value, 1e-12);
    }

    [Fact]
    public void AreNotThereWithoutWhatTheyAreMadeOf()
    {
        Assert.Equal(new DistillationScores(null, null, null, null), DistillationScores.Of(whole: 0.8, own: 0.5));
        var compared = DistillationScores.Of(own: 0.5, random: 0.25);
        Assert.Equal((null, 0.25, null, null), (compared.HardLabelRecovery, compared.ImprovementOverRandom, compared.LabelRobust, compared.AugmentationRobust));
    }
}
