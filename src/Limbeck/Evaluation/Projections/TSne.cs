using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;

namespace Limbeck.Evaluation.Projections;

/// <summary>
/// t-SNE: points y_i on a plane whose q_ij ∝ 1 / (1 + ‖y_i − y_j‖²) are near p_ij = (p(j|i) + p(i|j)) / 2N in Σ p log(p / q). Van der Maaten, Hinton 2008, section 3.
/// </summary>
/// <remarks>
/// Exact: time and memory grow with N², so for some thousand points. The defaults are the paper's (section 3.4 and table 1); later codes differ: exaggeration 12 for 250 steps, a rate that grows with N.
/// The same seed gives the same bits on the same machine and number of threads. Distances between far clusters and sizes of clusters mean nothing on such a map.
/// </remarks>
/// <param name="options">Perplexity and descent.</param>
public sealed class TSne(TSne.Options options)
{
    const int FirstDimensions = 30;
    const double FirstMomentum = 0.5, LaterMomentum = 0.8;
    const int MomentumChange = 250;
    const double LeastGain = 0.01;
    const double Tiny = 1e-12;

    /// <param name="Perplexity">Smooth count of neighbours, in [2, 1000], and at most a third of the others. Default 30: the paper has 40 and says 5 to 50.</param>
    /// <param name="Exaggeration">Factor of all p at the start, in [1, 100], which leaves room between clusters. Default 4.</param>
    /// <param name="ExaggeratedSteps">Steps with it. Default 50.</param>
    /// <param name="Rate">η, in [0.001, 100000], before the gain of each coordinate (Jacobs 1988). Default 100.</param>
    /// <param name="Steps">Steps in all, in [1, 1000000]. Default 1000.</param>
    /// <param name="Seed">Of the start, from N(0, 0.01²). Default 1.</param>
    public sealed record Options(
        [property: Range(2.0, 1000.0)] double Perplexity = 30,
        [property: Range(1.0, 100.0)] double Exaggeration = 4,
        [property: Range(0, 1_000_000)] int ExaggeratedSteps = 50,
        [property: Range(1e-3, 1e5)] double Rate = 100,
        [property: Range(1, 1_000_000)] int Steps = 1000,
        int Seed = 1);

    /// <summary>N×2, double precision, centred, from N×D points; of more than 30 dimensions their first 30 principal components, as in the paper.</summary>
    /// <exception cref="ArgumentException">The points are no matrix, or too few for the perplexity.</exception>
    public Tensor Project(Tensor pointsND)
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        return scope.Keep(Descend(Similarities(pointsND)));
    }

    /// <summary>p_ij, symmetric, summing to 1, zero on the diagonal.</summary>
    internal Tensor Similarities(Tensor pointsND)
    {
        if (pointsND.Dim != 2 || options.Perplexity > (pointsND.Size(0) - 1) / 3.0)
            throw new ArgumentException($"t-SNE of perplexity {options.Perplexity} needs a matrix of at least {Math.Ceiling(3 * options.Perplexity) + 1} points, got {pointsND.Describe()}", nameof(pointsND));
        using var scope = new Scope();
        var (n, d) = (pointsND.Size(0), pointsND.Size(1));
        var pointsNK = Math.Min(n, d) > FirstDimensions ? Pca.Project(pointsND, FirstDimensions) : pointsND.To(Device.Cpu, DType.Float64);
        var oneSidedNN = OffDiagonal.WithZeros(Neighbourhoods.Of(OffDiagonal.Of(SquaredDistances(pointsNK)), options.Perplexity));
        return scope.Keep((oneSidedNN + oneSidedNN.Transpose(0, 1)) / (2.0 * n));
    }

    /// <summary>Σ p log(p / q) of a map.</summary>
    internal static double Divergence(Tensor pNN, Tensor mapN2)
    {
        using var scope = new Scope();
        var (_, qNN) = Closeness(mapN2);
        return (pNN * (pNN.Clamp(min: Tiny) / qNN.Clamp(min: Tiny)).Log()).Sum().Item();
    }

    Tensor Descend(Tensor pNN)
    {
        using var scope = new Scope();
        using var random = new Generator(options.Seed);
        var mapN2 = 0.01 * Tensor.Randn([pNN.Size(0), 2], random, DType.Float64);
        var (stepN2, gainN2) = (mapN2.ZerosLike(), mapN2.OnesLike());
        var exaggeratedNN = options.Exaggeration * pNN;
        for (var step = 0; step < options.Steps; step++)
        {
            using var one = new Scope();
            var gradientN2 = Gradient(step < options.ExaggeratedSteps ? exaggeratedNN : pNN, mapN2);
            // A coordinate that keeps its way goes faster, one that turns slower.
            var against = gradientN2.Sign().Ne(stepN2.Sign());
            gainN2.CopyFrom(against.Where(gainN2 + 0.2, gainN2 * 0.8).Clamp(min: LeastGain));
            stepN2.MulInPlace(step < MomentumChange ? FirstMomentum : LaterMomentum);
            stepN2.AddInPlace(gainN2 * gradientN2, -options.Rate);
            mapN2.AddInPlace(stepN2);
            mapN2.AddInPlace(mapN2.Mean(0, keepDim: true), -1);
        }

        return scope.Keep(mapN2);
    }

    // Equation 5: 4 Σ_j (p_ij − q_ij) (y_i − y_j) / (1 + ‖y_i − y_j‖²).
    static Tensor Gradient(Tensor pNN, Tensor mapN2)
    {
        var (closenessNN, qNN) = Closeness(mapN2);
        var pullNN = (pNN - qNN) * closenessNN;
        return 4 * ((pullNN.Sum(1, keepDim: true) * mapN2) - pullNN.Matmul(mapN2));
    }

    // 1 / (1 + ‖y_i − y_j‖²) and q. Their diagonals take part in nothing: p is 0 there, no point pulls itself, and its ones are not counted in the sum.
    static (Tensor ClosenessNN, Tensor QNN) Closeness(Tensor mapN2)
    {
        var closenessNN = (SquaredDistances(mapN2) + 1).Reciprocal();
        return (closenessNN, closenessNN / (closenessNN.Sum() - mapN2.Size(0)));
    }

    static Tensor SquaredDistances(Tensor pointsNK)
    {
        var squaresN1 = pointsNK.Square().Sum(1, keepDim: true);
        return (squaresN1 + squaresN1.Transpose(0, 1) - (2 * pointsNK.Matmul(pointsNK.Transpose(0, 1)))).Clamp(min: 0);
    }
}
