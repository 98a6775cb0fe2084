using Limbeck.Objectives;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Objectives;

public class LeastNormTests
{
    [Fact]
    public void TwoVectorsAreSolvedByHand()
    {
        // (2, 0) and (0, 1): the foot of the perpendicular from 0 has weights 1/5 and 4/5.
        double[][] vectors = [[2, 0], [0, 1]];
        Assert.Equal([0.2, 0.8], Rounded(vectors, bound: 1));
        Assert.Equal([0.4, 0.6], Rounded(vectors, bound: 0.6));
        Assert.Equal([0.5, 0.5], Rounded(vectors, bound: 0.3));

        // Along one line the shorter one takes it all.
        Assert.Equal([0, 1], Rounded([[3, 3], [1, 1]], bound: 1));
        Assert.Equal([0.25, 0.75], Rounded([[3, 3], [-1, -1]], bound: 1));
    }

    [Fact]
    public void EqualVectorsWeighTheSame()
    {
        Assert.Equal([0.25, 0.25, 0.25, 0.25], Rounded([[1, 2], [1, 2], [1, 2], [1, 2]], bound: 0.6));
        Assert.Equal([0.5, 0.5], Rounded([[0, 0], [0, 0]], bound: 1));
        Assert.Empty(LeastNorm.Weights(0, (_, _) => throw new InvalidOperationException("there is no vector"), 1));
    }

    // No feasible direction goes down: what makes a point of a convex program its solution.
    [Theory]
    [InlineData(3, 2, 0.6)]
    [InlineData(5, 4, 0.3)]
    [InlineData(7, 3, 1)]
    [InlineData(4, 10, 0.25)]
    public void NoMoveShortensTheMean(int count, int width, double bound)
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(11);
        for (var draw = 0; draw < 20; draw++)
        {
            var vectors = PlainLoops.Rows(stream.Draw(3, count, width));
            var weights = LeastNorm.Weights(count, (i, j) => PlainRows.Dot(vectors[i], vectors[j]), bound);
            Assert.Equal(1, weights.Sum(), 1e-12);
            Assert.All(weights, weight => Assert.InRange(weight, 0, bound + 1e-15));
            var slopes = vectors.Select(one => vectors.Zip(weights, (other, weight) => weight * PlainRows.Dot(one, other)).Sum()).ToArray();
            var gives = Enumerable.Range(0, count).Where(i => weights[i] > 0).Max(i => slopes[i]);
            var takes = Enumerable.Range(0, count).Where(i => weights[i] < bound).Select(i => slopes[i]).DefaultIfEmpty(gives).Min();
            Assert.True(gives - takes < 1e-9, $"moving weight would gain {gives - takes}");
        }
    }

    static IEnumerable<double> Rounded(double[][] vectors, double bound) =>
        LeastNorm.Weights(vectors.Length, (i, j) => PlainRows.Dot(vectors[i], vectors[j]), bound).Select(weight => Math.Round(weight, 10));
}
