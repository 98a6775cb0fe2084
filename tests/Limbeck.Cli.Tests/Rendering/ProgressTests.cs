using Limbeck.Cli.Rendering;
using Limbeck.Evaluation;
using Limbeck.Training;
using Spectre.Console;

namespace Limbeck.Cli.Tests.Rendering;

public sealed class ProgressTests
{
    [Fact]
    public void LinesAreFewWhereEpochsAreShort()
    {
        var said = new StringWriter();
        new ProgressLines(said, TimeSpan.FromHours(1)).Watch(Tell);
        Assert.Equal(
            """
            teacher, seed 1: finished earlier, reused
            student, seed 1: plain-cnn-2, 1,234 parameters, 5 epochs of 2,000 images, going on after step 8
            student, seed 1: epoch 1/5 · loss 1.0000 · validation 51.00 % · 800 images/s · 1 min 15 s left
            student, seed 1: epoch 5/5 · loss 0.2000 · validation 55.00 % · 800 images/s
            committee, seed 1: its members together · test 87.00 %

            """, said.ToString());
    }

    [Fact]
    public void LinesAreOnePerEpochWhereEpochsAreLong()
    {
        var said = new StringWriter();
        new ProgressLines(said, TimeSpan.Zero).Watch(Tell);
        Assert.Equal(2 + 5 + 1, said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void LinesOfStagesThatRunSideBySideSayWhoseTheyAre()
    {
        var said = new StringWriter();
        new ProgressLines(said, TimeSpan.FromHours(1)).Watch(tell =>
        {
            foreach (var seed in (int[])[1, 2]) tell(new StageStarted("lenet", 1234, Epochs: 2, StepsPerEpoch: 16, Images: 2000, FirstStep: 0) { Stage = "student", Seed = seed });
            foreach (var (seed, rate) in ((int, double)[])[(1, 800), (2, 700)]) tell(new StepDone(16, 32, 1, Loss: 1.5, ImagesPerSecond: rate, RemainingSeconds: 75) { Stage = "student", Seed = seed });
            foreach (var seed in (int[])[2, 1]) tell(new EpochDone(1, seed, new Dictionary<string, double>(), 0.4, Scored(0.5), Scored(0.87), 0.1, 3) { Stage = "student", Seed = seed });
            tell(new StageSkipped("hopeless") { Stage = "late", Seed = 1 });
            return 0;
        });
        Assert.Equal(
            """
            student, seed 1: lenet, 1,234 parameters, 2 epochs of 2,000 images
            student, seed 2: lenet, 1,234 parameters, 2 epochs of 2,000 images
            student, seed 2: epoch 1/2 · loss 2.0000 · validation 50.00 % · 700 images/s · 1 min 15 s left
            student, seed 1: epoch 1/2 · loss 1.0000 · validation 50.00 % · 800 images/s · 1 min 15 s left
            late, seed 1: left out: hopeless

            """, said.ToString());
    }

    [Fact]
    public void ALongCheckTellsHowFarItIs()
    {
        var said = new StringWriter();
        new ProgressLines(said, TimeSpan.Zero).Watch(tell =>
        {
            tell(new StageRehearsed(3, 95) { Stage = "student", Seed = 1 });
            return 0;
        });
        Assert.Equal("checked stage 3 of 95: student\n", said.ToString());
    }

    [Fact]
    public void BarsTellStageEpochLossAccuracyRateAndTime()
    {
        var screen = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(screen), Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.Yes });
        console.Profile.Width = 160;
        new ProgressBars(console).Watch(tell =>
        {
            Tell(tell);
            // The screen is drawn ten times a second.
            Thread.Sleep(300);
            return 0;
        });
        Assert.Contains("teacher, seed 1", screen.ToString(), StringComparison.Ordinal);
        Assert.Contains("finished earlier, reused", screen.ToString(), StringComparison.Ordinal);
        Assert.Contains("its members together · test 87.00 %", screen.ToString(), StringComparison.Ordinal);
        Assert.Contains("test 87.00 % · 42.0 s", screen.ToString(), StringComparison.Ordinal);
    }

    static int Tell(Action<TrainingEvent> tell)
    {
        tell(new StageReused("key") { Stage = "teacher", Seed = 1 });
        tell(new StageStarted("plain-cnn-2", 1234, Epochs: 5, StepsPerEpoch: 16, Images: 2000, FirstStep: 8) { Stage = "student", Seed = 1 });
        for (var epoch = 1; epoch <= 5; epoch++)
        {
            tell(new StepDone(16 * epoch, 80, epoch, Loss: 1.5, ImagesPerSecond: 800, RemainingSeconds: 75) { Stage = "student", Seed = 1 });
            tell(new EpochDone(epoch, 1 - ((epoch - 1) * 0.2), new Dictionary<string, double>(), 0.4, Scored(0.5 + (epoch * 0.01)), Scored(0.87), 0.1, 3) { Stage = "student", Seed = 1 });
        }

        var reading = new Reading(5, Scored(0.55), Scored(0.87));
        tell(new StageDone(new FitResult(reading, reading, reading, [], 42, 0)) { Stage = "student", Seed = 1 });
        tell(new StageDone(new FitResult(reading, reading, reading, [], 42, 0)) { Stage = "committee", Seed = 1 });
        return 0;
    }

    static Scores Scored(double accuracy) => new(accuracy, 0, 0, null, []);
}
