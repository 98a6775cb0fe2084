using Limbeck.Lab.Search;

namespace Limbeck.Lab.Tests.Search;

public sealed class SamplerTests
{
    const int Seeds = 30;

    static readonly Dictionary<string, (Parameter[] Space, Func<double[], double> Loss, int Trials)> Functions = new(StringComparer.Ordinal)
    {
        ["sphere"] = (Box(-5, 5, 4), x => x.Sum(v => v * v), 60),
        ["branin"] = ([new("x", new Interval(-5, 10)), new("y", new Interval(0, 15))], x => Branin(x[0], x[1]), 60),
        ["ackley"] = (Box(-10, 10, 3), Ackley, 80),
        // A rate in the logarithm, a weight by steps, a choice without order: as a recipe has them.
        ["mixed"] =
        (
            [new("rate", new Interval(1e-5, 1, IsLog: true)), new("weight", new Interval(0, 1, 0.05)), new("choice", new Choices(["a", "b", "c", "d", "e", "f"]))],
            x => Math.Pow(Math.Log10(x[0]) + 2, 2) + (4 * Math.Pow(x[1] - 0.35, 2)) + (x[2] == 3 ? 0 : 0.3 + (0.1 * x[2])), 60),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void TpeIsBetterThanRandom(string name)
    {
        var (space, loss, trials) = Functions[name];
        var tpe = Median(seed => new TpeSampler(seed), space, loss, trials);
        var random = Median(seed => new RandomSampler(seed), space, loss, trials);
        Assert.True(tpe < 0.6 * random, $"{name}: median best of {Seeds} seeds after {trials} trials: tpe {tpe:G4}, random {random:G4}");
    }

    [Fact]
    public void TpeBeginsAtRandomAndFollowsFromSeedAndHistoryAlone()
    {
        var space = Functions["mixed"].Space;
        var history = Run(new TpeSampler(1), space, Functions["mixed"].Loss, 30);
        Assert.Equal(Run(new RandomSampler(1), space, Functions["mixed"].Loss, 10).Select(Line), history.Take(10).Select(Line));
        Assert.Equal(Run(new TpeSampler(1), space, Functions["mixed"].Loss, 30).Select(Line), history.Select(Line));
        Assert.Equal(history[20].Values.Values, new TpeSampler(1).Propose(space, history.Take(20).ToList(), 20));
        Assert.NotEqual(Run(new TpeSampler(2), space, Functions["mixed"].Loss, 30).Select(Line), history.Select(Line));
    }

    [Fact]
    public void TpeKeepsAwayFromWhatFailsOrWasStoppedEarly()
    {
        Parameter[] space = [new("x", new Interval(0, 1))];
        var history = Enumerable.Range(0, 40).Select(i => new Trial(i)
        {
            Values = Values(space, [i / 40.0]),
            State = i < 20 ? TrialState.Complete : i < 30 ? TrialState.Pruned : TrialState.Failed,
            Value = i < 20 ? 0.1 : null,
        }).ToList();
        var proposed = Enumerable.Range(0, 50).Select(seed => new TpeSampler(seed).Propose(space, history, 40)[0]).ToList();
        Assert.True(proposed.Count(x => x < 0.5) > 40, string.Join(' ', proposed));
    }

    [Fact]
    public void TrialsAreRankedByStateThenByValueThenByHowFarTheyCame()
    {
        Trial Pruned(int number, params (int, double)[] reports) => new(number) { State = TrialState.Pruned, Reports = reports.ToDictionary() };
        Trial[] trials =
        [
            new(0) { State = TrialState.Failed }, Pruned(1, (1, 0.9)), Pruned(2, (1, 0.2), (4, 0.3)), new(3) { State = TrialState.Complete, Value = 0.5 },
            Pruned(4, (1, 0.1), (4, 0.4)), new(5) { State = TrialState.Complete, Value = 0.7 }, new(6) { State = TrialState.Complete, Value = 0.7 },
        ];
        Assert.Equal([5, 6, 3, 4, 2, 1, 0], Trial.Ranked(trials).Select(trial => trial.Number));
    }

    [Fact]
    public void AGridIsCoveredOnce()
    {
        Parameter[] space = [new("a", new Interval(0.1, 0.3, 0.1)), new("b", new Choices(["x", "y"])), new("c", new Interval(1, 4, 1))];
        Assert.Equal(24, GridSampler.Size(space));
        var points = Enumerable.Range(0, 24).Select(i => string.Join(' ', new GridSampler().Propose(space, [], i))).ToList();
        Assert.Equal(24, points.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(["0.1 0 1", "0.1 0 2"], points.Take(2));
        Assert.Equal("0.3 1 4", points[^1]);
        Assert.Equal(double.PositiveInfinity, GridSampler.Size([.. space, new("d", new Interval(0, 1))]));
    }

    [Fact]
    public void RandomCoversRangesEvenly()
    {
        var draws = Enumerable.Range(0, 4000).Select(i => new RandomSampler(7).Propose([new("x", new Interval(1e-4, 1, IsLog: true)), new("c", new Choices([1, 2, 3, 4]))], [], i)).ToList();
        Assert.Equal(0.5, draws.Count(draw => draw[0] < 1e-2) / 4000.0, 0.03);
        Assert.All(Enumerable.Range(0, 4), choice => Assert.Equal(0.25, draws.Count(draw => draw[1] == choice) / 4000.0, 0.03));
    }

    static double Median(Func<int, ISampler> sampler, Parameter[] space, Func<double[], double> loss, int trials)
    {
        var best = Enumerable.Range(1, Seeds).Select(seed => -Run(sampler(seed), space, loss, trials).Max(trial => trial.Value!.Value)).Order().ToList();
        return (best[(Seeds / 2) - 1] + best[Seeds / 2]) / 2;
    }

    static List<Trial> Run(ISampler sampler, Parameter[] space, Func<double[], double> loss, int trials)
    {
        var history = new List<Trial>();
        for (var i = 0; i < trials; i++)
        {
            var values = sampler.Propose(space, history, i);
            history.Add(new(i) { Values = Values(space, values), State = TrialState.Complete, Value = -loss([.. values]) });
        }

        return history;
    }

    static OrderedDictionary<string, double> Values(Parameter[] space, IReadOnlyList<double> values) => new(space.Zip(values, (parameter, value) => KeyValuePair.Create(parameter.Name, value)));

    static string Line(Trial trial) => string.Join(' ', trial.Values.Values);

    static Parameter[] Box(double low, double high, int dimensions) => [.. Enumerable.Range(0, dimensions).Select(i => new Parameter($"x{i}", new Interval(low, high)))];

    // Its least value is 0.397887.
    static double Branin(double x, double y) =>
        Math.Pow(y - (5.1 / (4 * Math.PI * Math.PI) * x * x) + (5 / Math.PI * x) - 6, 2) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x)) + 10 - 0.397887;

    static double Ackley(double[] x) => 20 + Math.E - (20 * Math.Exp(-0.2 * Math.Sqrt(x.Average(v => v * v)))) - Math.Exp(x.Average(v => Math.Cos(2 * Math.PI * v)));
}
