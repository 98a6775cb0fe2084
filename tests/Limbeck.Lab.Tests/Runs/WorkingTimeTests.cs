using Limbeck.Lab.Runs;
using Limbeck.Training;

namespace Limbeck.Lab.Tests.Runs;

public class WorkingTimeTests
{
    static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void NothingTakesNoTime() => Assert.Equal(TimeSpan.Zero, WorkingTime.Of([]));

    [Fact]
    public void StagesAfterEachOtherAddUpAndPausesDoNotCount() =>
        Expect(10 + 5 + 7, Start("a", 0), Told("a", 4), Told("a", 10), Start("b", 11), Told("b", 16), Reused("a", 1000), Start("b", 1001), Told("b", 1008));

    [Fact]
    public void TimeSideBySideCountsOnce() => Expect(10, Start("a", 0), Start("b", 2), Told("b", 5), Told("a", 8), Told("b", 10));

    [Fact]
    public void TwoStagesThatWereKilledTogetherGoOnTogether() =>
        Expect(6 + 4, Start("a", 0), Start("b", 1), Told("a", 6), Told("b", 5), Start("b", 100), Start("a", 101), Told("a", 103), Told("b", 104));

    static void Expect(double seconds, params TrainingEvent[] events) => Assert.Equal(seconds, WorkingTime.Of(events).TotalSeconds, 9);

    static StageStarted Start(string stage, int second) => new("lenet", 1, 1, 1, 1, 0) { Stage = stage, Seed = 1, At = Noon.AddSeconds(second) };

    static StepDone Told(string stage, int second) => new(1, 2, 1, 0, 0, 0) { Stage = stage, Seed = 1, At = Noon.AddSeconds(second) };

    static StageReused Reused(string stage, int second) => new("key") { Stage = stage, Seed = 1, At = Noon.AddSeconds(second) };
}
