using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;

namespace Limbeck.Evaluation.Projections;

/// <summary>Principal component analysis: the coordinates X V of centred points along the directions of largest variance, from X = U S Vᵀ. Pearson 1901.</summary>
/// <remarks>A direction has no sign of its own: here the entry of V that is largest in size is positive.</remarks>
public static class Pca
{
    /// <summary>N×K, double precision, from N×D points; the direction of largest variance first.</summary>
    /// <param name="pointsND">The points.</param>
    /// <param name="dimensions">K, at most N and D.</param>
    /// <exception cref="ArgumentException">The points are no matrix, or have not so many dimensions.</exception>
    public static Tensor Project(Tensor pointsND, int dimensions = 2)
    {
        if (pointsND.Dim != 2 || pointsND.Size(0) < dimensions || pointsND.Size(1) < dimensions || dimensions < 1)
            throw new ArgumentException($"a projection on {dimensions} directions needs at least {dimensions} points of {dimensions} numbers, got {pointsND.Describe()}", nameof(pointsND));
        using var off = Grad.Off();
        using var scope = new Scope();
        var centredND = pointsND.To(Device.Cpu, DType.Float64);
        centredND -= centredND.Mean(0, keepDim: true);
        var (u, s, vt) = centredND.Svd();
        var directionsKD = vt.Narrow(0, 0, dimensions);
        var signK = directionsKD.Gather(1, directionsKD.Abs().Argmax(1, keepDim: true)).Sign().Squeeze(1);
        return scope.Keep(u.Narrow(1, 0, dimensions) * (s.Narrow(0, 0, dimensions) * signK));
    }
}
