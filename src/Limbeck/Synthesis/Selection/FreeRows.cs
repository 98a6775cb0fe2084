using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Selection;

/// <summary>Which rows are not chosen yet.</summary>
sealed class FreeRows(Tensor rowsND)
{
    readonly Tensor penaltyN = rowsND.Select(1, 0).ZerosLike();

    /// <summary>The free row with the highest score, free no more.</summary>
    internal int TakeBest(Tensor scoresN)
    {
        using var scope = new Scope();
        var best = (int)(scoresN + penaltyN).Argmax(0).Item();
        penaltyN.Narrow(0, best, 1).FillInPlace(double.NegativeInfinity);
        return best;
    }
}
