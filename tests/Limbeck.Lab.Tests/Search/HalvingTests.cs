using Limbeck.Lab.Search;

namespace Limbeck.Lab.Tests.Search;

public sealed class HalvingTests
{
    [Fact]
    public void RungsAreTimesTheFactorApartAndBelowTheEnd()
    {
        Assert.Equal([1, 3, 9, 27], new Halving(1, 3).Rungs(30, 1));
        Assert.Equal([2, 8], new Halving(2, 4).Rungs(32, 1));
        Assert.Empty(new Halving(5, 2).Rungs(5, 1));
    }

    [Fact]
    public void ARungIsAnEpochThatIsEvaluated() => Assert.Equal([5, 10, 20], new Halving(1, 2).Rungs(30, 5));

    /// <summary>By hand, with factor 3: of n that stood there the best max(1, ⌊n/3⌋) go on, and a trial only sees those before it.</summary>
    [Fact]
    public void OneInThreeGoesOn()
    {
        var values = new[] { 0.50, 0.40, 0.55, 0.52, 0.30, 0.54, 0.545, 0.10, 0.53 };
        var goesOn = values.Select((value, i) => new Halving(1, 3).GoesOn(value, values[..(i + 1)])).ToList();
        // n = 1: first of 1. 2: 0.40 < 0.50. 3: best. 4, 5: only the best, 0.55, would. 6: two of six, 0.55 and 0.54. 7: 0.545 is second. 8: last. 9: three of nine,
        // 0.55, 0.545 and 0.54, and not 0.53.
        Assert.Equal([true, false, true, false, false, true, true, false, false], goesOn);
    }

    [Fact]
    public void EqualsOfTheBestGoOn() => Assert.True(new Halving(1, 4).GoesOn(0.5, [0.5, 0.5, 0.5, 0.1]));
}
