using System.Globalization;
using Limbeck.Evaluation.Projections;
using Limbeck.Torch.Tensors;

namespace Limbeck.Evaluation;

/// <summary>Draws points of many dimensions on planes.</summary>
/// <param name="options">How.</param>
public sealed class Plane(LatentSpace.Options options)
{
    /// <summary>The way, for people.</summary>
    public string Method => options.Projection == Projection.Pca ? "PCA" : string.Create(CultureInfo.InvariantCulture, $"t-SNE of perplexity {options.Perplexity}");

    /// <summary>One network's points, N×D, on a plane of their own.</summary>
    public Embedding Draw(string network, string when, Tensor pointsND)
    {
        using var scope = new Scope();
        return Split(when, [(network, pointsND)], Project(pointsND))[0];
    }

    /// <summary>Points of several networks, each N×D, in one space: on one plane.</summary>
    public IReadOnlyList<Embedding> DrawTogether(IReadOnlyList<(string Network, Tensor PointsND)> networks)
    {
        using var scope = new Scope();
        return Split(Embedding.Aligned, networks, Project(Tensor.Cat([.. networks.Select(network => network.PointsND)])));
    }

    // A few points have no thirty neighbours.
    Tensor Project(Tensor pointsND) => options.Projection == Projection.Pca
        ? Pca.Project(pointsND)
        : new TSne(new(Perplexity: Math.Min(options.Perplexity, (pointsND.Size(0) - 1) / 3.0))).Project(pointsND);

    static Embedding[] Split(string when, IReadOnlyList<(string Network, Tensor PointsND)> networks, Tensor mapM2)
    {
        var pieces = mapM2.To(DType.Float32).Split([.. networks.Select(network => network.PointsND.Size(0))]);
        return [.. networks.Zip(pieces, (network, piece) => new Embedding(network.Network, when, piece.Select(1, 0).ToArray<float>(), piece.Select(1, 1).ToArray<float>()))];
    }
}
