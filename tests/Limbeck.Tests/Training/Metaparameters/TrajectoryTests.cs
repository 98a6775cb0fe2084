using Limbeck.Training.Metaparameters;

namespace Limbeck.Tests.Training.Metaparameters;

public class TrajectoryTests
{
    [Fact]
    public void TheLineIsThatOfLeastSquares()
    {
        // numpy.polyfit([0, 1, 2, 3, 4], [1, 3, 2, 5, 4], 1)
        var line = StraightLine.Through([1, 3, 2, 5, 4]);
        Assert.Equal(0.8, line.Slope, 1e-12);
        Assert.Equal(1.4, line.Start, 1e-12);
        Assert.Equal(new StraightLine(0, 7), StraightLine.Through([7]));
        Assert.Contains("a value", Assert.Throws<ArgumentException>(() => StraightLine.Through([])).Message);
    }

    [Fact]
    public void ASteadyPaceIsPredictedExactly()
    {
        var trajectory = new Trajectory(new() { Gradient = 3, Predict = 2 });
        var kinds = "";
        for (var update = 0; update < 11; update++)
        {
            double[] steady = [0.5 + (0.01 * update), 3 - (0.2 * update)];
            if (trajectory.At(update) is { } predicted)
            {
                kinds += "p";
                Assert.All(steady.Zip(predicted), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
            }
            else
            {
                kinds += "g";
                trajectory.Add(update, steady);
            }
        }

        Assert.Equal("gggppgggppg", kinds);
        Assert.Single(trajectory.Points);
    }

    [Fact]
    public void GoesOnFromItsPoints()
    {
        var (whole, begun, rest) = (new Trajectory(new() { Gradient = 2, Predict = 1 }), new Trajectory(new() { Gradient = 2, Predict = 1 }), new Trajectory(new() { Gradient = 2, Predict = 1 }));
        foreach (var trajectory in new[] { whole, begun }) trajectory.Add(0, [1, 5]);
        rest.Restore(begun.Points);
        foreach (var trajectory in new[] { whole, rest }) trajectory.Add(1, [2, 4]);
        Assert.Equal([3, 3], rest.At(2)!);
        Assert.Equal(whole.At(2), rest.At(2));
    }

    [Fact]
    public void WithoutPredictionEveryUpdateIsByGradient()
    {
        var trajectory = new Trajectory(null);
        for (var update = 0; update < 30; update++)
        {
            Assert.Null(trajectory.At(update));
            trajectory.Add(update, [update]);
        }

        Assert.Empty(trajectory.Points);
    }
}
