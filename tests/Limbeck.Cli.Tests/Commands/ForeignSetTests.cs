using System.Text.Json;
using Limbeck.Data;
using Limbeck.Data.Distilled;
using Limbeck.Data.Sources;
using Limbeck.Torch.Tensors;

namespace Limbeck.Cli.Tests.Commands;

public sealed class ForeignSetTests : IDisposable
{
    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Save()
    {
        using var scope = new Scope();
        using var real = DataSplit.From(Synthetic.Make(new()));
        var few = real.Train.TakePerClass(1, seed: 1);
        // Class by class, as dd-ranking has them.
        var batch = few.Render(Views.Plain([.. Enumerable.Range(0, few.Count).OrderBy(image => few.Labels[image]).Select(image => (long)image)]), Augmentation.None);
        using var set = new DistilledSet(batch.Images, batch.Labels, [0.5], new() { Method = "dm", Dataset = "synthetic", ClassNames = real.Train.ClassNames, Normalization = real.Train.Normalization, Network = "mlp" });
        set.Save(folder["set.safetensors"]);
        return folder["set.safetensors"];
    }

    [Theory]
    [InlineData("mtt", "images_best.pt labels_best.pt lr_best.pt")]
    [InlineData("dd-ranking", "images.pt labels.pt lr.pt")]
    public void ASetGoesOutAndComesBack(string layout, string files)
    {
        var path = Save();
        var exported = InProcess.Run("export", path, folder["out"], "--layout", layout).With(0);
        Assert.Equal(files.Split(' ').Select(name => Path.Combine(folder["out"], name)), exported.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("normalised with: means", exported.Error, StringComparison.Ordinal);
        var told = JsonDocument.Parse(InProcess.Run("import", folder["out"], folder["back.safetensors"], "--layout", layout, "--data", "synthetic", "--network", "mlp", "--method", "dm", "--json").With(0).Out).RootElement;
        Assert.Equal(10, told.GetProperty("images").GetInt32());
        using var set = DistilledSet.Open(path);
        using var again = DistilledSet.Open(folder["back.safetensors"]);
        Assert.True(again.Images.SameAs(set.Images) && again.Labels.SameAs(set.Labels));
        Assert.Equal(set.Card.Normalization.Mean.Concat(set.Card.Normalization.Std), again.Card.Normalization.Mean.Concat(again.Card.Normalization.Std));
        Assert.Equal((0.5, "dm"), (again.StepSize, again.Card.Method));
        Assert.Contains("mlp", InProcess.Run("eval", folder["back.safetensors"], "--repeats", "1", "--epochs", "1").With(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatANormalisationIsCanBeSaid()
    {
        InProcess.Run("export", Save(), folder["out"], "--layout", "mtt").With(0);
        InProcess.Run("import", folder["out"], folder["back.safetensors"], "--layout", "mtt", "--data", "synthetic", "--mean", "0.1,0.2,0.3", "--std", "1,2,3").With(0);
        using var again = DistilledSet.Open(folder["back.safetensors"]);
        Assert.Equal([0.1, 0.2, 0.3, 1, 2, 3], again.Card.Normalization.Mean.Concat(again.Card.Normalization.Std));
    }

    [Fact]
    public void WhatDoesNotFitIsSaid()
    {
        InProcess.Run("export", Save(), folder["out"], "--layout", "mtt").With(0);
        Assert.Contains("no layout 'mt'", Import("--layout", "mt", "--data", "synthetic").With(2).Error, StringComparison.Ordinal);
        Assert.Contains("no dataset 'cifar'", Import("--layout", "mtt", "--data", "cifar").With(2).Error, StringComparison.Ordinal);
        Assert.Contains("name another dataset", Import("--layout", "mtt", "--data", "mnist", "--mean", "0,0,0", "--std", "1,1,1").With(2).Error, StringComparison.Ordinal);
        Assert.Contains("expected numbers with commas between", Import("--layout", "mtt", "--data", "synthetic", "--mean", "a").With(2).Error, StringComparison.Ordinal);
        Assert.Contains("images.pt", Import("--layout", "dd-ranking", "--data", "synthetic").With(2).Error, StringComparison.Ordinal);
        Assert.Contains("is no distilled set", InProcess.Run("export", Network(), folder["x"], "--layout", "mtt").With(1).Error, StringComparison.Ordinal);

        Ended Import(params string[] options) => InProcess.Run(["import", folder["out"], folder["back.safetensors"], .. options]);
    }

    string Network()
    {
        using var network = Limbeck.Models.Zoo.Create("mlp");
        Limbeck.Torch.Serialization.ModuleFiles.Save(network, folder["network.safetensors"]);
        return folder["network.safetensors"];
    }
}
