using System.Text.Json;

namespace Limbeck.Cli.Tests.Commands;

public sealed class RunTests(FinishedRun run) : IClassFixture<FinishedRun>
{
    [Fact]
    public void ARunEndsInATableAndAReport()
    {
        var lines = run.Ended.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Golden.Verify("run-table.txt", Shape.Of(string.Join('\n', lines[..^2])));
        Assert.Contains("“student”", lines[^2], StringComparison.Ordinal);
        Assert.Equal($"Report: {Path.Combine(run.Folder, "report.html")}", lines[^1]);
        Assert.StartsWith("<!doctype html>", File.ReadAllText(Path.Combine(run.Folder, "report.html")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void TalkGoesToTheOtherStreamAndSaysHowToGoOn()
    {
        Assert.Contains($"limbeck resume {run.Folder}", run.Ended.Error, StringComparison.Ordinal);
        Assert.Contains("student, seed 2: epoch 4/4", run.Ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", run.Ended.Error + run.Ended.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void ASecondRunTrainsNothingAgain()
    {
        using var folder = new TempFolder();
        var again = InProcess.Run("run", folder.Write("tiny.yaml", TinyRecipe.Text), "--runs", run.Runs, "--json", "--quiet").With(0);
        var result = JsonDocument.Parse(again.Out).RootElement;
        Assert.All(result.GetProperty("stages").EnumerateArray().SelectMany(stage => stage.GetProperty("seeds").EnumerateArray()), seed => Assert.True(seed.GetProperty("reused").GetBoolean()));
        Assert.Empty(again.Error);
    }

    [Fact]
    public void WhatIsFinishedCostsNothingMore()
    {
        using var folder = new TempFolder();
        var check = JsonDocument.Parse(InProcess.Run("check", folder.Write("tiny.yaml", TinyRecipe.Text), "--runs", run.Runs, "--json").With(0).Out).RootElement;
        Assert.Equal(0, check.GetProperty("estimates")[0].GetProperty("estimate").GetProperty("seconds").GetDouble());
    }

    [Fact]
    public void AFinishedRunIsResumedByShowingIt()
    {
        var ended = InProcess.Run("resume", run.Folder).With(0);
        Assert.Equal(run.Ended.Out, ended.Out);
        Assert.Contains("finished", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TheReportIsWrittenAgain()
    {
        var report = Path.Combine(run.Folder, "report.html");
        var before = File.ReadAllText(report);
        File.Delete(report);
        Assert.Equal(report + "\n", InProcess.Run("report", run.Folder).With(0).Out);
        Assert.Equal(before, File.ReadAllText(report));
    }

    [Fact]
    public void RunsAreCompared()
    {
        using var folder = new TempFolder();
        var ended = InProcess.Run("compare", run.Folder, run.Folder, "--html", folder["compare.html"]).With(0);
        Assert.Equal(3, ended.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("student", ended.Out, StringComparison.Ordinal);
        Assert.Contains("Comparison", File.ReadAllText(folder["compare.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void ANetworkIsInspected() => Golden.Verify("inspect-network.txt", Shape.Of(InProcess.Run("inspect", run.Student).With(0).Out));

    [Fact]
    public void ARunIsInspected() => Golden.Verify("inspect-run.txt", Shape.Of(InProcess.Run("inspect", run.Folder).With(0).Out));

    [Fact]
    public void ANetworkIsTestedAsTheRunTestedIt()
    {
        var scores = JsonDocument.Parse(InProcess.Run("eval", run.Student, "--json").With(0).Out).RootElement.GetProperty("scores");
        var result = JsonDocument.Parse(File.ReadAllText(Path.Combine(run.Folder, "result.json"))).RootElement;
        var chosen = result.GetProperty("stages")[1].GetProperty("seeds")[0].GetProperty("fit").GetProperty("chosen").GetProperty("test");
        Assert.Equal(chosen.GetProperty("accuracy").GetDouble(), scores.GetProperty("accuracy").GetDouble());
        Assert.Equal(chosen.GetProperty("loss").GetDouble(), scores.GetProperty("loss").GetDouble(), 5);
        Golden.Verify("eval.txt", Shape.Of(InProcess.Run("eval", run.Student).With(0).Out));
    }

    [Fact]
    public void RobustnessIsMeasuredWhereAsked()
    {
        var told = JsonDocument.Parse(InProcess.Run("eval", run.Student, "--fgsm", "--weight-noise", "--json").With(0).Out).RootElement;
        Assert.Equal(20, told.GetProperty("fgsm").GetProperty("accuracies").GetArrayLength());
        Assert.Equal(told.GetProperty("scores").GetProperty("accuracy").GetDouble(), told.GetProperty("weightNoise").GetProperty("accuracies")[0].GetDouble(), 12);
        Assert.Contains("attacked by 0 to 0.015", InProcess.Run("eval", run.Student, "--fgsm").With(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void ACheckThatIsNotMetExits3()
    {
        Assert.Contains("below the 100 %", InProcess.Run("eval", run.Student, "--min-accuracy", "100").With(3).Error, StringComparison.Ordinal);
        InProcess.Run("eval", run.Student, "--min-accuracy", "0").With(0);
    }

    [Fact]
    public void ANetworkIsNotTestedOnImagesThatItCannotRead()
    {
        Assert.SkipUnless(File.Exists("/usr/share/datasets/fashion-mnist/t10k-images-idx3-ubyte.gz"), "needs Debian's dataset-fashion-mnist");
        Assert.Contains("name another dataset", InProcess.Run("eval", run.Student, "--data", "fashion-mnist").With(2).Error, StringComparison.Ordinal);
        Assert.Contains("there is no dataset 'nope'. There are:", InProcess.Run("eval", run.Student, "--data", "nope").With(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsNoNetworkExits1()
    {
        using var folder = new TempFolder();
        Assert.Contains("no valid safetensors file", InProcess.Run("inspect", folder.Write("x.safetensors", "x")).With(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ADivergingTrainingExits1AndSaysWhatToDo()
    {
        using var folder = new TempFolder();
        var ended = InProcess.Run("run", folder.Write("tiny.yaml", TinyRecipe.Text), "defaults.optimizer.lr=1000", "--runs", folder["runs"]).With(1);
        Assert.Contains("the loss of teacher (seed 1) is", ended.Error, StringComparison.Ordinal);
        Assert.Contains("smaller learning rate", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void PartsThatDoNotFitExit2BeforeTraining()
    {
        using var folder = new TempFolder();
        var recipe = folder.Write("tiny.yaml", TinyRecipe.Text.Replace("from: teacher", "from: other", StringComparison.Ordinal)
            .Replace("teacher: { train: lenet }", "teacher: { train: lenet, epochs: 1 }\n  other: { train: lenet, data: { classes: [0, 1] }, epochs: 1 }", StringComparison.Ordinal));
        var ended = InProcess.Run("run", recipe, "seeds=[1]", "--runs", folder["runs"]).With(2);
        Assert.Contains("the logits of the teacher lenet stand for the classes 0, 1 of the student", ended.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["runs"]), "what cannot run leaves no folder");
    }
}
