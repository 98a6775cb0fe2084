namespace Limbeck.Objectives;

/// <summary>The shortest of all weighted means of a few vectors: min αᵀGα over Σ α = 1 and 0 ≤ α ≤ bound, G their inner products.</summary>
/// <remarks>Sequential minimal optimisation (Platt 1998): weight moves from the vector that lengthens the mean most to the one that lengthens it least, as far as that helps, until no move does.</remarks>
static class LeastNorm
{
    // Relative to the longest vector. The program is convex, so what is left to gain is about as small.
    const double Tolerance = 1e-12;

    // Moves for two vectors: one. For a few the error falls by a factor each; many equal vectors may take long.
    const int MostMoves = 10_000;

    /// <param name="count">Vectors; without any there are no weights.</param>
    /// <param name="product">Inner product of two of them.</param>
    /// <param name="bound">The most that one may weigh; at least one over their number is taken, or there would be no solution.</param>
    internal static double[] Weights(int count, Func<int, int, double> product, double bound)
    {
        if (count == 0) return [];
        bound = Math.Max(bound, 1.0 / count);
        var every = Enumerable.Range(0, count).ToArray();
        var weights = Array.ConvertAll(every, _ => 1.0 / count);
        var small = Tolerance * every.Max(i => product(i, i));
        for (var move = 0; move < MostMoves; move++)
        {
            var slopes = Array.ConvertAll(every, i => every.Sum(j => product(i, j) * weights[j]));
            var (to, from) = (every.Where(i => weights[i] < bound).DefaultIfEmpty(0).MinBy(i => slopes[i]), every.Where(i => weights[i] > 0).MaxBy(i => slopes[i]));
            if (!(slopes[from] - slopes[to] > small)) break;
            var curvature = product(from, from) + product(to, to) - (2 * product(from, to));
            var room = Math.Min(weights[from], bound - weights[to]);
            var by = curvature > 0 ? Math.Min(room, (slopes[from] - slopes[to]) / curvature) : room;
            (weights[from], weights[to]) = (by == weights[from] ? 0 : weights[from] - by, weights[to] + by);
        }

        return weights;
    }
}
