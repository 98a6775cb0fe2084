using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>The triplets of a batch: how far anchors lie from everything that may be their positive or negative. A rows of anchors, P positives, N negatives.</summary>
/// <remarks>A batch without a triplet, such as one of a single class, gives the loss 0 with gradient 0.</remarks>
/// <param name="ToPositivesAP">D_ap.</param>
/// <param name="ToNegativesAN">D_an.</param>
/// <param name="PositivesAP">Which are positives of an anchor.</param>
/// <param name="NegativesAN">Which are its negatives.</param>
/// <param name="Margin">m.</param>
sealed record Triplets(Tensor ToPositivesAP, Tensor ToNegativesAN, Tensor PositivesAP, Tensor NegativesAN, double Margin)
{
    /// <summary>Anchors, positives and negatives from one set: positives are the others of the anchor's class.</summary>
    internal static Triplets Within(Tensor distancesBB, Tensor labelsB, double margin)
    {
        var sameBB = Same(labelsB);
        var itselfBB = Tensor.Eye(labelsB.Count, DType.Bool, labelsB.Device);
        return new(distancesBB, distancesBB, sameBB.LogicalAnd(itselfBB.LogicalNot()), sameBB.LogicalNot(), margin);
    }

    /// <summary>Which samples are of one class, B×B.</summary>
    internal static Tensor Same(Tensor labelsB) => labelsB.Unsqueeze(1).Eq(labelsB.Unsqueeze(0));

    /// <summary>Which samples are of classes that a teacher knows, B. A teacher of another task, who knows none, has no class that it is ignorant of: all.</summary>
    internal static Tensor Known(Signals teacher, Tensor labelsB) => teacher.Classes is { Count: > 0 } known
        ? Indices(known, labelsB.Device).Unsqueeze(1).Eq(labelsB).Amax([0])
        : labelsB.Eq(labelsB);

    /// <summary>Classes as a tensor.</summary>
    internal static Tensor Indices(IReadOnlyList<int> classes, Device device) => Tensor.From<long>([.. classes.Select(one => (long)one)]).To(device);

    /// <summary>The hinge of the mined triplets, reduced as the mining says.</summary>
    internal Tensor Loss(TripletMining mining)
    {
        var (gaps, counted) = Mined(mining);
        // Uncounted gaps may be infinite: they are left out, not multiplied by 0.
        var sum = counted.Where(gaps, Number(0)).Relu().Sum();
        return mining == TripletMining.BatchAllSum ? sum : sum / counted.Sum().Clamp(min: 1);
    }

    /// <summary>D_ap − D_an + m for each triplet, pair or anchor, and whether it counts.</summary>
    internal (Tensor Gaps, Tensor Counted) Mined(TripletMining mining)
    {
        // What has all of A, P and N is a cube: each is made only where the mining needs it.
        var (toPositivesAP1, toNegativesA1N) = (ToPositivesAP.Unsqueeze(2), ToNegativesAN.Unsqueeze(1));
        switch (mining)
        {
            case TripletMining.BatchHard:
                return (Farthest(PositivesAP, ToPositivesAP) - Nearest(NegativesAN, ToNegativesAN) + Margin, Any(PositivesAP).LogicalAnd(Any(NegativesAN)));
            case TripletMining.BatchAllActive:
                var gapsAPN = GapsAPN();
                return (gapsAPN, ValidAPN().LogicalAnd(gapsAPN > 0));
            case TripletMining.SemiHard:
                return (GapsAPN(), SemiHardAPN());
            case TripletMining.SemiHardNearest:
                var semiHardAPN = SemiHardAPN();
                return (ToPositivesAP - Nearest(semiHardAPN, toNegativesA1N) + Margin, Any(semiHardAPN));
            case TripletMining.SemiHardElseFarthest:
                var beyondAPN = BeyondAPN();
                var chosenAP = Any(beyondAPN).Where(Nearest(beyondAPN, toNegativesA1N), Farthest(NegativesAN, ToNegativesAN).Unsqueeze(1));
                return (ToPositivesAP - chosenAP + Margin, PositivesAP.LogicalAnd(Any(NegativesAN).Unsqueeze(1)));
            default:
                return (GapsAPN(), ValidAPN());
        }

        Tensor GapsAPN() => toPositivesAP1 - toNegativesA1N + Margin;

        Tensor ValidAPN() => PositivesAP.Unsqueeze(2).LogicalAnd(NegativesAN.Unsqueeze(1));

        Tensor BeyondAPN() => ValidAPN().LogicalAnd(toNegativesA1N > toPositivesAP1);

        Tensor SemiHardAPN() => BeyondAPN().LogicalAnd(toNegativesA1N < toPositivesAP1 + Margin);
    }

    Tensor Farthest(Tensor among, Tensor distances) => among.Where(distances, Number(double.NegativeInfinity)).Amax([-1]);

    Tensor Nearest(Tensor among, Tensor distances) => among.Where(distances, Number(double.PositiveInfinity)).Amin([-1]);

    static Tensor Any(Tensor among) => among.Amax([-1]);

    Tensor Number(double value) => Tensor.Full([], value, ToPositivesAP.DType, ToPositivesAP.Device);
}
