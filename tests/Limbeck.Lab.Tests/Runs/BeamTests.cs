using Limbeck.Evaluation;
using Limbeck.Lab.Recipes;
using Limbeck.Lab.Runs;
using Limbeck.Lab.Tests.Recipes;
using Limbeck.Training;

namespace Limbeck.Lab.Tests.Runs;

public sealed class BeamTests : IDisposable
{
    readonly RecipeFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void OnlyTheBestOfThoseThatCameToOneNetworkAreGoneOnFrom()
    {
        // Two ways come to 6 and four to 4, one of which began with a way that is left out; the beam is one wide.
        var run = Run(Plan("paths.beam=1"), name => name switch { "10-6" => 0.70, "10-8-6" => 0.71, "10-4" => 0.60, "10-8-4" => 0.61, "10-8-6-4" => 0.65, _ => 0.9 });
        Assert.Equal(["10-6-4", "10-6-4-2", "10-6-2", "10-4-2", "10-8-4-2"], run.Skipped.Keys);
        Assert.Contains("10-8-6-4-2", run.Done);
        // Whoever learns from the teacher, or from the only stage of its teacher's network, has no rival to lose to.
        Assert.Contains("10-8-2", run.Done);
        Assert.Contains("10-2", run.Done);
    }

    [Fact]
    public void ThoseThatAreLeftOutSayWhy()
    {
        var skipped = Run(Plan("paths.beam=1"), name => name == "10-6" ? 0.7 : 0.71).Skipped;
        Assert.Equal("10-6 is no. 2 of 2 that came to plain-cnn-6, with 70.00 % of the validation images right, and the beam goes on from 1", skipped["10-6-4"]);
        Assert.Equal("it needs 10-6-4, which is left out", skipped["10-6-4-2"]);
    }

    [Fact]
    public void AWideBeamIsNone() => Assert.Empty(Run(Plan("paths.beam=4"), _ => 0.5).Skipped);

    [Fact]
    public void EqualOnesKeepTheOrderOfTheRecipe() => Assert.Contains("10-8-6-4", Run(Plan("paths.beam=1"), _ => 0.5).Skipped.Keys);

    [Fact]
    public void TheMeanOverTheSeedsDecides()
    {
        var run = Run(Plan("paths.beam=1"), (name, seed) => name == "10-6" ? seed == 1 ? 0.9 : 0.6 : 0.7);
        Assert.Contains("10-8-6-4", run.Skipped.Keys);
        run = Run(Plan("paths.beam=1"), (name, seed) => name == "10-6" ? seed == 1 ? 0.9 : 0.4 : 0.7);
        Assert.Contains("10-6-4", run.Skipped.Keys);
    }

    [Fact]
    public void AStageWaitsForItsTeachersRivalsWithAllTheirSeeds()
    {
        var plan = Plan("paths.beam=2");
        Assert.Equal([("10-6", 1), ("10-6", 2), ("10-8-6", 1), ("10-8-6", 2)], Beam.Awaited(plan.First(stage => stage.Name == "10-6-4"), plan).Select(stage => (stage.Name, stage.Seed)));
        Assert.All(Plan(), stage => Assert.Empty(Beam.Awaited(stage, plan)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void WhoIsFasterDecidesNothing(int delays)
    {
        var plan = Plan("paths.beam=1");
        var random = new Random(delays);
        var pause = plan.ToDictionary(stage => (stage.Name, stage.Seed), _ => random.Next(8));
        var skipped = new HashSet<string>(StringComparer.Ordinal);
        var queue = new StageQueue(plan, null, (stage, _) => skipped.Add(stage.Name));
        new Crew(queue, (stage, _) =>
        {
            Thread.Sleep(pause[(stage.Name, stage.Seed)]);
            return Reached(Accuracy(stage.Name));
        }).Work(4, TestContext.Current.CancellationToken);
        Assert.Equal(Run(plan, Accuracy).Skipped.Keys.Order(StringComparer.Ordinal), skipped.Order(StringComparer.Ordinal));

        static double? Accuracy(string name) => 0.5 + (name.Length % 3 * 0.1);
    }

    [Fact]
    public void NothingIsChosenByImagesThatAreNotThere()
    {
        var error = Assert.Throws<FitException>(() => Run(Plan("paths.beam=1"), (string _) => null));
        Assert.Contains("no validation images", error.Message, StringComparison.Ordinal);
    }

    IReadOnlyList<PlannedStage> Plan(params string[] changes) => StagePlan.Of(folder.Read("""
        name: takd
        data: { name: synthetic, validation: 100 }
        paths:
          teacher: plain-cnn-10
          assistants: [plain-cnn-8, plain-cnn-6, plain-cnn-4]
          student: plain-cnn-2
          objectives: [soft-targets]
        seeds: [1, 2]
        """, null, changes));

    static (HashSet<string> Done, OrderedDictionary<string, string> Skipped) Run(IReadOnlyList<PlannedStage> plan, Func<string, double?> validation) =>
        Run(plan, (name, _) => validation(name));

    // As a run does it, one stage after the other.
    static (HashSet<string> Done, OrderedDictionary<string, string> Skipped) Run(IReadOnlyList<PlannedStage> plan, Func<string, int, double?> validation)
    {
        var skipped = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        var queue = new StageQueue(plan, null, (stage, reason) => skipped[stage.Name] = reason);
        while (queue.Take() is { } stage) queue.Finish(stage, Reached(validation(stage.Name, stage.Seed)));
        return ([.. queue.Done.Keys.Select(stage => stage.Name)], skipped);
    }

    static FitResult Reached(double? validation)
    {
        var reading = new Reading(1, validation is { } accuracy ? new Scores(accuracy, 0, 0, null, []) : null, null);
        return new(reading, reading, reading, [], 0, 0);
    }
}
