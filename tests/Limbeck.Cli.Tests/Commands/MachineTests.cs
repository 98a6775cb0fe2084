using Limbeck.Torch;

namespace Limbeck.Cli.Tests.Commands;

/// <summary>On machines that lack something. What they lack is said in the environment, so that these are processes of their own.</summary>
public sealed class MachineTests
{
    const string Nowhere = "/nonexistent/liblimbeck.so";

    [Theory]
    [InlineData("--help")]
    [InlineData("schema")]
    [InlineData("methods")]
    [InlineData("models")]
    [InlineData("recipes ls")]
    [InlineData("data ls")]
    [InlineData("completion bash")]
    [InlineData("check quickstart --no-estimate")]
    [InlineData("check quickstart --show")]
    public void WhatComputesNothingNeedsNoLibtorch(string line)
    {
        var ended = Child.Run(line.Split(' '), ("LIMBECK_SHIM", Nowhere)).With(0);
        Assert.NotEmpty(ended.Out);
        Assert.Empty(ended.Error);
    }

    [Fact]
    public void WithoutTheShimARunExits4AndLeavesNothing()
    {
        using var folder = new TempFolder();
        var ended = Child.Run(["run", folder.Write("tiny.yaml", TinyRecipe.Text), "--runs", folder["runs"]], ("LIMBECK_SHIM", Nowhere)).With(4);
        Assert.Contains($"Looked at: {Nowhere}", ended.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["runs"]));
    }

    [Fact]
    public void WithoutItsDatasetARunExits4AndSaysHowToGetIt()
    {
        using var folder = new TempFolder();
        var recipe = folder.Write("tiny.yaml", TinyRecipe.Text.Replace("synthetic", "cifar10", StringComparison.Ordinal));
        var ended = Child.Run(["run", recipe, "--runs", folder["runs"]], ("LIMBECK_DATA", folder["data"]), ("XDG_DATA_HOME", folder["share"])).With(4);
        Assert.Contains("limbeck data get cifar10", ended.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["runs"]));
    }

    [Fact]
    public void TheDoctorExits4WithoutTheShimAndSaysWhatToDo()
    {
        var ended = Child.Run(["doctor"], ("LIMBECK_SHIM", Nowhere)).With(4);
        Assert.Contains("MISSING", ended.Out, StringComparison.Ordinal);
        Assert.Contains("shim: Start Limbeck by ./limbeck", ended.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void TheDoctorIsContentHere()
    {
        using var folder = new TempFolder();
        var ended = Child.Run(["doctor", "--runs", folder["runs"]], ("LIMBECK_DATA", folder["data"]), ("XDG_DATA_HOME", folder["share"])).With(0);
        // What libtorch can do is its own affair, and where this tree lies, that of who checked it out.
        string[] itsOwn = ["CUDA", "Gloo", "BLAS", "image files", "What to do:"];
        var libtorch = ended.Out.Split('\n').Where(line => itsOwn.Any(word => line.Contains(word, StringComparison.Ordinal)));
        var here = string.Join('\n', ended.Out.Split('\n').Except(libtorch)).Replace(NativeBuild.Shim!, "/shim", StringComparison.Ordinal);
        Golden.Verify("doctor.txt", Shape.Of(here));
    }
}
