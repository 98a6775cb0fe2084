namespace Limbeck.Cli.Tests.Commands;

public sealed class UsageTests
{
    [Theory]
    [InlineData("rum", "there is no command 'rum'; did you mean 'run'?")]
    [InlineData("data", "which command? There are: ls, get, verify")]
    [InlineData("run", "Required argument 'recipe' missing")]
    [InlineData("run quickstart --scale huge", "'huge' not recognized")]
    [InlineData("run no-such-recipe", "there is no recipe file no-such-recipe")]
    [InlineData("run quickstart --checkpoint-every -1", "expected 0 seconds or more")]
    [InlineData("data get no-such-data", "there is no dataset 'no-such-data'")]
    [InlineData("data get synthetic --from /tmp", "is made from a seed")]
    [InlineData("models resnet-21", "did you mean 'resnet-20'?")]
    [InlineData("models resnet-20 --input 32", "expected channels x height x width")]
    [InlineData("models alexnet --input 3x2x2", "too small")]
    [InlineData("methods no-such-method", "there is no objective or method of dataset distillation 'no-such-method'. There are: cross-entropy")]
    [InlineData("eval /no/such/file", "/no/such/file")]
    [InlineData("inspect /no/such/file", "/no/such/file")]
    [InlineData("resume /no/such/run", "/no/such/run is no run folder")]
    [InlineData("report /no/such/run", "/no/such/run is no run folder")]
    [InlineData("compare /no/such/run", "/no/such/run is no run folder")]
    [InlineData("completion tcsh", "'tcsh' not recognized")]
    public void WhatCannotBeIsExplainedAndExits2(string line, string says)
    {
        var ended = InProcess.Run(line.Split(' ')).With(2);
        Assert.Contains(says, ended.Error, StringComparison.Ordinal);
        Assert.Empty(ended.Out);
    }

    [Fact]
    public void AWrongRecipeShowsEveryMistakeWithACaret()
    {
        using var folder = new TempFolder();
        var recipe = folder.Write("wrong.yaml", TinyRecipe.Text.Replace("epochs: 4", "epocs: 4", StringComparison.Ordinal).Replace("distil: lenet", "distil: lenot", StringComparison.Ordinal));
        var ended = InProcess.Run("run", recipe, "--runs", folder["runs"]).With(2);
        Assert.Contains("unknown key 'epocs'", ended.Error, StringComparison.Ordinal);
        Assert.Contains("did you mean 'lenet'?", ended.Error, StringComparison.Ordinal);
        Assert.Contains("^^^^^", ended.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["runs"]));
    }

    [Theory]
    [InlineData("misfit-channels.txt", "fsp", "resnet-8x4")]
    [InlineData("misfit-maps.txt", "at", "mlp")]
    [InlineData("misfit-place.txt", "{ kind: hint, student-taps: [stage5] }", "resnet-14")]
    public void AnObjectiveThatDoesNotFitIsExplainedBeforeAnythingIsTrained(string golden, string objective, string teacher)
    {
        using var folder = new TempFolder();
        var recipe = folder.Write("misfit.yaml", $$"""
            name: misfit
            data: { name: synthetic, validation: 100, train: 300 }
            stages:
              teacher: { train: {{teacher}} }
              student: { distil: resnet-8, from: teacher, objectives: [cross-entropy, {{objective}}] }
            """);
        var ended = InProcess.Run("run", recipe, "--quiet", "--runs", folder["runs"]).With(2);
        Golden.Verify(golden, ended.Error);
        Assert.False(Directory.Exists(folder["runs", ".stages"]));
    }
}
