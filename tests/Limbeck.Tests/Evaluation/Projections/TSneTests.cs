using Limbeck.Evaluation.Projections;
using Limbeck.Torch;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Evaluation.Projections;

public sealed class TSneTests
{
    const int Clusters = 3, Each = 25;

    [Theory]
    [InlineData(5.0)]
    [InlineData(20.0)]
    public void Every_point_has_the_perplexity_asked_for(double perplexity)
    {
        using var scope = new Scope();
        var distances = Distances(Points(8));
        var p = Neighbourhoods.Of(Tensor.From<double>([.. distances.SelectMany(row => row)], [distances.Length, distances.Length - 1]), perplexity).ToArray<double>();
        foreach (var row in p.Chunk(distances.Length - 1))
        {
            Assert.Equal(1, row.Sum(), 12);
            Assert.Equal(perplexity, Math.Exp(-row.Where(x => x > 0).Sum(x => x * Math.Log(x))), 1e-5);
        }
    }

    // Widths differ by a factor of a million between the two halves, so the search must find both.
    [Fact]
    public void The_search_finds_widths_of_any_size()
    {
        using var scope = new Scope();
        double[] near = [.. Enumerable.Range(1, 9).Select(k => 1e-6 * k)];
        double[] far = [.. Enumerable.Range(1, 9).Select(k => 1e6 * k)];
        var p = Neighbourhoods.Of(Tensor.From<double>([.. near, .. far], [2, 9]), 3).ToArray<double>();
        Assert.Equal(p[..9], p[9..], (a, b) => Math.Abs(a - b) < 1e-7);
        Assert.Equal(3, Math.Exp(-p[..9].Sum(x => x * Math.Log(x))), 1e-5);
    }

    [Fact]
    public void Twins_are_all_alike_and_finite()
    {
        using var scope = new Scope();
        var p = Neighbourhoods.Of(Tensor.Zeros([4, 3], DType.Float64), 2).ToArray<double>();
        Assert.All(p, x => Assert.Equal(1 / 3.0, x, 9));
    }

    [Fact]
    public void Similarities_are_symmetric_and_sum_to_one()
    {
        using var scope = new Scope();
        var pNN = new TSne(new(Perplexity: 10)).Similarities(Points(8));
        Assert.True(pNN.SameAs(pNN.Transpose(0, 1)));
        Assert.Equal(1, pNN.Sum().Item(), 12);
        var p = pNN.ToArray<double>();
        Assert.All(Enumerable.Range(0, Clusters * Each), i => Assert.Equal(0, p[i * Clusters * Each + i]));
    }

    [Fact]
    public void The_divergence_falls_as_it_goes_on()
    {
        using var scope = new Scope();
        var pointsND = Points(8);
        double After(int steps)
        {
            var tsne = new TSne(new(Perplexity: 10, Steps: steps));
            return TSne.Divergence(tsne.Similarities(pointsND), tsne.Project(pointsND));
        }

        double[] divergences = [After(1), After(80), After(150), After(400)];
        Assert.Equal(divergences.OrderDescending(), divergences);
        Assert.True(divergences[^1] < divergences[0] / 3, string.Join(' ', divergences));
    }

    // More dimensions than the first reduction leaves.
    [Theory]
    [InlineData(8)]
    [InlineData(40)]
    public void Clusters_that_are_apart_stay_apart(int dimensions)
    {
        using var scope = new Scope();
        var map = new TSne(new(Perplexity: 10, Steps: 500)).Project(Points(dimensions)).ToArray<double>().Chunk(2).ToArray();
        Assert.Equal(0, map.Average(point => point[0]), 9);
        for (var i = 0; i < map.Length; i++)
        {
            var nearest = Enumerable.Range(0, map.Length).Where(j => j != i).MinBy(j => Square(map[i], map[j]));
            Assert.Equal(i / Each, nearest / Each);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits()
    {
        using var scope = new Scope();
        var pointsND = Points(8);
        double[] Map(int seed) => new TSne(new(Perplexity: 10, Steps: 60, Seed: seed)).Project(pointsND).ToArray<double>();
        Assert.Equal(Map(1), Map(1));
        Assert.NotEqual(Map(1), Map(2));
    }

    [Fact]
    public void Nothing_is_left_behind()
    {
        using var scope = new Scope();
        var pointsND = Points(40);
        var before = Engine.LiveTensors;
        new TSne(new(Perplexity: 10, Steps: 5)).Project(pointsND).Dispose();
        Assert.Equal(before, Engine.LiveTensors);
    }

    [Fact]
    public void Too_few_points_are_refused() =>
        Assert.Contains("at least 91 points", Assert.Throws<ArgumentException>(() =>
        {
            using var scope = new Scope();
            new TSne(new()).Project(Points(8));
        }).Message, StringComparison.Ordinal);

    // Around corners of a cube of side 6, with noise of deviation 1.
    static Tensor Points(int dimensions)
    {
        using var random = new Generator(5);
        var noise = Tensor.Randn([Clusters * Each, dimensions], random, DType.Float64);
        var centre = Tensor.From<double>([.. Enumerable.Range(0, Clusters * Each).SelectMany(i => Enumerable.Range(0, dimensions).Select(k => k % Clusters == i / Each ? 6.0 : 0))], [Clusters * Each, dimensions]);
        return noise + centre;
    }

    static double[][] Distances(Tensor pointsND)
    {
        var points = pointsND.ToArray<double>().Chunk((int)pointsND.Size(1)).ToArray();
        return [.. points.Select((one, i) => points.Where((_, j) => j != i).Select(other => Square(one, other)).ToArray())];
    }

    static double Square(double[] one, double[] other) => one.Zip(other, (a, b) => (a - b) * (a - b)).Sum();
}
