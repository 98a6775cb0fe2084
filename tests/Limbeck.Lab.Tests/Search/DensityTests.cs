using Limbeck.Lab.Search;

namespace Limbeck.Lab.Tests.Search;

/// <summary>Reference values: an independent program in Python, with math.erf, written from the definition of Optuna's univariate Parzen estimators.</summary>
public sealed class DensityTests
{
    [Fact]
    public void BetweenBounds() => Expect(new Interval(0, 1), [0.1, 0.7, 0.75],
        (0, 0.6435779814269316), (0.1, 0.6743498921280004), (0.5, 1.0978244071441396), (0.72, 1.4653697193992858), (1, 0.6925144263610991));

    [Fact]
    public void InTheLogarithm() => Expect(new Interval(1e-4, 1, IsLog: true), [1e-3, 0.02],
        (1e-4, 0.07930665078876514), (1e-3, 0.13152553476051151), (0.1, 0.09373665341089073), (1, 0.048476481179526375));

    [Fact]
    public void ByStepsItIsAProbability()
    {
        var grid = new Interval(0.05, 1, 0.05);
        Expect(grid, [0.3, 0.35, 0.9], (0.05, 0.034339976205345804), (0.3, 0.07127242218653947), (0.65, 0.044560801526084444), (1, 0.03249143932466386));
        var density = grid.Around([0.3, 0.35, 0.9]);
        Assert.Equal(1, Enumerable.Range(0, 20).Sum(i => density.Of(grid.At(i))), 12);
    }

    [Fact]
    public void ManyObservationsWeighLessTheOlderTheyAre() =>
        Expect(new Interval(0, 1), [.. Enumerable.Range(0, 30).Select(i => i * 7 % 30 / 30.0)], (0, 0.42472042229370816), (0.33, 1.08091385599245), (0.9, 1.095587785039945));

    [Fact]
    public void Weights()
    {
        double[] first = [0.0011661807580174927, 0.009620991253644314, 0.018075801749271137, 0.026530612244897955, 0.034985422740524776, 0.034985422740524776];
        Assert.All(first.Zip(Recency.Weights(30)), pair => Assert.Equal(pair.First, pair.Second, 1e-15));
        Assert.Equal(0.0014771048744460856, Recency.Weights(26)[0], 1e-15);
        Assert.Equal([1.0], Recency.Weights(0));
    }

    [Fact]
    public void OfChoices()
    {
        var choices = new Choices([1, 2, 5, 10]);
        Expect(choices, [0, 2, 2], (0, 0.28125), (1, 0.15625), (2, 0.40625), (3, 0.15625));
        Expect(choices, [], (0, 0.25), (3, 0.25));
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.8413447460685429)]
    [InlineData(-2.5, 0.006209665325776132)]
    [InlineData(6, 0.9999999990134124)]
    [InlineData(9, 1)]
    [InlineData(-40, 0)]
    public void TheNormalDistribution(double x, double below) => Assert.Equal(below, Normal.Below(x), 2e-15);

    [Fact]
    public void WhatIsDrawnFollowsTheDensity()
    {
        var grid = new Interval(0, 9, 1);
        var density = grid.Around([2, 2, 7]);
        var dice = new Dice(1, 0);
        const int Draws = 20_000;
        var counts = new int[10];
        for (var i = 0; i < Draws; i++) counts[(int)density.Draw(dice)]++;
        Assert.All(Enumerable.Range(0, 10), value => Assert.Equal(density.Of(value), (double)counts[value] / Draws, 0.012));
    }

    [Theory]
    [InlineData(0.05, 1, 0.05, 20, 1)]
    [InlineData(0, 1, 0.3, 4, 0.9)]
    [InlineData(1, 7, 1, 7, 7)]
    public void StepsAreCountedInDecimals(double low, double high, double step, int count, double last)
    {
        var grid = new Interval(low, high, step);
        Assert.Equal(count, grid.Count);
        Assert.Equal(last, grid.At(count - 1));
        Assert.All(Enumerable.Range(0, count), i => Assert.True(grid.Contains(grid.At(i))));
        Assert.False(grid.Contains(low + (step / 3)));
        Assert.False(grid.Contains(last + step));
        Assert.All(Enumerable.Range(0, 100), i => Assert.True(grid.Contains(grid.Draw(new Dice(3, i)))));
    }

    [Fact]
    public void ANumberIsWrittenAsAPersonWould()
    {
        Assert.Equal("0.3", new Interval(0.05, 1, 0.05).Write(new Interval(0.05, 1, 0.05).At(5)).ToJsonString());
        Assert.Equal("3", new Interval(1, 5, 1).Write(3).ToJsonString());
        Assert.Equal("\"adam\"", new Choices(["sgd", "adam"]).Write(1).ToJsonString());
    }

    static void Expect(Domain domain, IReadOnlyList<double> seen, params (double At, double Density)[] expected)
    {
        var density = domain.Around(seen);
        Assert.All(expected, point => Assert.Equal(point.Density, density.Of(point.At), 1e-13));
    }
}
