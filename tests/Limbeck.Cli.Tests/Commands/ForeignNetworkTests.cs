using System.Text.Json;
using Limbeck.Data;
using Limbeck.Models;
using Limbeck.Torch.Serialization;
using Limbeck.Torch.Tensors;

namespace Limbeck.Cli.Tests.Commands;

// What files of PyTorch hold is tested where they are read: StateFileTests.
public sealed class ForeignNetworkTests : IDisposable
{
    static readonly string[] known = ["--network", "lenet", "--data", "synthetic"];
    static readonly string[] unknown = ["--network", "resnet-8", "--data", "birds", "--classes", "3", "--input", "3x16x16", "--mean", "0.1,0.2,0.3", "--std", "1,2,3"];

    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void WeightsAreTestedAndTeachLikeThoseTrainedHere()
    {
        Save("lenet", 10, new(3, 32, 32));
        var told = Told([.. known, "--json"]);
        Assert.Equal(("lenet", "synthetic", 10, "3x32x32"), (told.GetProperty("model").GetString(), told.GetProperty("dataset").GetString(), told.GetProperty("classes").GetInt32(), told.GetProperty("input").GetString()));
        Assert.Equal(62006, told.GetProperty("parameters").GetInt64());
        var accuracy = JsonDocument.Parse(InProcess.Run("eval", folder["teacher.safetensors"], "--json").With(0).Out).RootElement.GetProperty("scores").GetProperty("accuracy").GetDouble();
        Assert.InRange(accuracy, 0.01, 0.5);   // as little as chance
        var recipe = folder.Write("recipe.yaml", """
            name: taught
            data: { name: synthetic, validation: 0, train: 100 }
            defaults: { epochs: 1, batch: 50 }
            stages:
              student: { distil: conv-very-tiny, from: teacher.safetensors, objectives: [cross-entropy, soft-targets] }
            """);
        InProcess.Run("run", recipe, "--runs", folder["runs"], "--quiet").With(0);
    }

    [Fact]
    public void OfDataThatAreNotKnownHereTheirShapeIsTold()
    {
        Save("resnet-8", 3, new(3, 16, 16));
        Assert.Contains("3 classes of birds", Import(unknown).With(0).Out, StringComparison.Ordinal);
        Assert.Contains("3x16x16", InProcess.Run("inspect", folder["teacher.safetensors"]).With(0).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--network: say which network", "--data", "synthetic")]
    [InlineData("there is no model 'nope'", "--data", "synthetic", "--network", "nope")]
    [InlineData("there is no dataset 'birds' here: say --classes, --input, --mean and --std too", "--data", "birds", "--network", "lenet")]
    [InlineData("synthetic has 10 classes and images of 3x32x32", "--data", "synthetic", "--network", "lenet", "--classes", "3")]
    [InlineData("--method is for distilled sets", "--data", "synthetic", "--network", "lenet", "--method", "dm")]
    [InlineData("expected 3 numbers each", "--data", "synthetic", "--network", "lenet", "--mean", "0.5")]
    [InlineData("expected numbers above 0, found 0", "--data", "synthetic", "--network", "lenet", "--std", "0.5,0,1")]
    [InlineData("--mean: expected numbers with commas between, found '1e999,0,0'", "--data", "synthetic", "--network", "lenet", "--mean", "1e999,0,0")]
    [InlineData("--classes: expected 1 or more, found 0", "--data", "birds", "--network", "lenet", "--classes", "0", "--input", "3x32x32", "--mean", "0,0,0", "--std", "1,1,1")]
    [InlineData("too small for lenet", "--data", "birds", "--network", "lenet", "--classes", "10", "--input", "3x8x8", "--mean", "0,0,0", "--std", "1,1,1")]
    [InlineData("there is no model 'lenett'; did you mean 'lenet'?", "--data", "synthetic", "--network", "lenett")]
    [InlineData("--input: expected channels x height x width as in 3x32x32, found '3x0x8'", "--data", "birds", "--network", "lenet", "--classes", "3", "--input", "3x0x8")]
    public void WhatDoesNotFitIsSaid(string expected, params string[] options)
    {
        Save("lenet", 10, new(3, 32, 32));
        Assert.Contains(expected, Import(options).With(2).Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["teacher.safetensors"]));
    }

    [Theory]
    [InlineData("plain.pth")]
    [InlineData("legacy-plain.pth")]
    [InlineData(null)]
    public void AStageThatNamesTheWeightsThemselvesIsToldOfImport(string? fixture)
    {
        Save("lenet", 10, new(3, 32, 32));
        if (fixture is not null) File.Copy(Path.Combine(Repository.Root, "tests/Limbeck.Tests/Data/Fixtures/weights", fixture), folder["weights.pth"], overwrite: true);
        var recipe = folder.Write("recipe.yaml", """
            name: taught
            data: { name: synthetic, validation: 0, train: 100 }
            defaults: { epochs: 1, batch: 50 }
            stages:
              student: { distil: conv-very-tiny, from: weights.pth, objectives: [soft-targets] }
            """);
        Assert.Contains("limbeck import WEIGHTS FILE", InProcess.Run("check", recipe).Error, StringComparison.Ordinal);
        Assert.Contains("limbeck import WEIGHTS FILE", InProcess.Run("eval", folder["weights.pth"]).With(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherFilesAreRefused()
    {
        Save("lenet", 100, new(3, 32, 32));
        Assert.Contains("fc_3.weight: expected", Import(known).With(1).Error, StringComparison.Ordinal);
        folder.Write("weights.pth", "no weights at all");
        Assert.Contains("weights.pth", Import(known).With(1).Error, StringComparison.Ordinal);
        Assert.Contains("is a folder", InProcess.Run(["import", folder["."], folder["teacher.safetensors"], .. known]).With(2).Error, StringComparison.Ordinal);
        Assert.Contains("--classes and --input are for networks", InProcess.Run(["import", folder["."], folder["set.safetensors"], "--layout", "mtt", .. unknown]).With(2).Error, StringComparison.Ordinal);
    }

    JsonElement Told(string[] options) => JsonDocument.Parse(Import(options).With(0).Out).RootElement;

    Ended Import(string[] options) => InProcess.Run(["import", folder["weights.pth"], folder["teacher.safetensors"], .. options]);

    void Save(string model, int classes, ImageShape shape)
    {
        using var scope = new Scope();
        using var network = Zoo.Create(model, classes, shape, seed: 3);
        network.Save(folder["weights.pth"]);
    }
}
