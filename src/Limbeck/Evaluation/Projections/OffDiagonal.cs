using Limbeck.Torch.Tensors;

namespace Limbeck.Evaluation.Projections;

/// <summary>Between N×N matrices and their entries off the diagonal, N×(N − 1): each row without itself.</summary>
static class OffDiagonal
{
    // In row-major order the diagonal is every (N + 1)th entry: past the first, rows of N + 1 end with one each.
    internal static Tensor Of(Tensor matrixNN)
    {
        var n = matrixNN.Size(0);
        using var scope = new Scope();
        return scope.Keep(matrixNN.Reshape(-1).Narrow(0, 1, (n * n) - 1).Reshape(n - 1, n + 1).Narrow(1, 0, n).Reshape(n, n - 1).Contiguous());
    }

    /// <summary>The way back, with zeros on the diagonal.</summary>
    internal static Tensor WithZeros(Tensor othersNO)
    {
        var n = othersNO.Size(0);
        using var scope = new Scope();
        return scope.Keep(othersNO.Reshape(n - 1, n).Pad([0, 1]).Reshape(-1).Pad([1, 0]).Reshape(n, n));
    }
}
