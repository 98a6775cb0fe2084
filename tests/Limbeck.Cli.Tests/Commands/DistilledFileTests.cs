using System.Buffers.Binary;
using System.Text.Json;
using Limbeck.Data;
using Limbeck.Data.Distilled;
using Limbeck.Data.Sources;
using Limbeck.Models;
using Limbeck.Torch.Serialization;
using Limbeck.Torch.Tensors;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Cli.Tests.Commands;

public sealed class DistilledFileTests : IDisposable
{
    readonly TempFolder folder = new();

    // Twenty real images, as if they had been learned.
    string Save(DistilledCard? card = null)
    {
        using var scope = new Scope();
        using var real = DataSplit.From(Synthetic.Make(new()));
        var few = real.Train.TakePerClass(2, seed: 1);
        var batch = few.Render(0, few.Count);
        using var set = new DistilledSet(batch.Images, batch.Labels, [0.02], card ?? Card(real));
        set.Save(folder["set.safetensors"]);
        return folder["set.safetensors"];
    }

    static DistilledCard Card(DataSplit real) => new()
    {
        Method = "dm", Dataset = "synthetic", ClassNames = real.Train.ClassNames, Normalization = real.Train.Normalization, Network = "mlp", Iterations = 7,
    };

    [Fact]
    public void ASetIsWorthWhatFreshNetworksLearnFromIt()
    {
        var told = JsonDocument.Parse(InProcess.Run("eval", Save(), "--repeats", "2", "--epochs", "4", "--networks", "mlp,lenet", "--control", "--json").With(0).Out).RootElement;
        Assert.Equal(["mlp", "lenet"], told.GetProperty("networks").EnumerateArray().Select(row => row.GetProperty("network").GetString()));
        Assert.All(told.GetProperty("networks").EnumerateArray(), row => Assert.Equal((2, 2), (row.GetProperty("accuracies").GetArrayLength(), row.GetProperty("control").GetArrayLength())));
        Assert.All(told.GetProperty("networks").EnumerateArray(), row => Assert.Equal(Mean(row, "accuracies") - Mean(row, "control"), row.GetProperty("improvementOverRandom").GetDouble(), 1e-12));
        Assert.Equal(4, told.GetProperty("options").GetProperty("epochs").GetInt32());
    }

    static double Mean(JsonElement row, string name) => row.GetProperty(name).EnumerateArray().Average(value => value.GetDouble());

    [Fact]
    public void SoftLabelsNeedSomebodyToLabelRandomImages()
    {
        using var scope = new Scope();
        using var hard = DistilledSet.Open(Save());
        using var soft = new DistilledSet(hard.Images, hard.Labels.OneHot(10).To(DType.Float32), [], hard.Card);
        soft.Save(folder["soft.safetensors"]);
        Assert.Contains("nobody is there to label random images", InProcess.Run("eval", folder["soft.safetensors"], "--control").With(2).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mnist")]
    [InlineData("cifar100")]
    public void ASetIsNotTestedOnImagesOfAnotherKind(string dataset)
    {
        var error = InProcess.Run("eval", Save(), "--data", dataset).With(2).Error;
        Assert.Contains("stands for 10 classes of images of 3x32x32", error, StringComparison.Ordinal);
        Assert.Contains("name another dataset", error, StringComparison.Ordinal);
    }

    [Fact]
    public void TheFileAloneReproducesItsNumber()
    {
        using var real = DataSplit.From(Synthetic.Make(new()));
        var path = Save();
        var options = new SetEvaluation.Options { Networks = 2, Epochs = 3, Batch = 8 };
        SetRecord record;
        using (var set = DistilledSet.Open(path))
        {
            record = SetRecord.Of(options, SetEvaluation.Run(set, real, "mlp", options, seed: 101));
            using var known = set.With(set.Card with { Evaluation = record.Write() });
            known.Save(path);
        }

        var row = JsonDocument.Parse(InProcess.Run("eval", path, "--json").With(0).Out).RootElement.GetProperty("networks")[0];
        Assert.Equal(101, row.GetProperty("seed").GetInt32());
        Assert.Equal(record.Entries.Select(entry => entry.Test!.Value), row.GetProperty("accuracies").EnumerateArray().Select(value => value.GetDouble()));
        Assert.Equal(record.Entries.Select(entry => entry.Test!.Value), row.GetProperty("recorded").EnumerateArray().Select(value => value.GetDouble()));
        Golden.Verify("eval-set.txt", Shape.Of(InProcess.Run("eval", path).With(0).Out));
        Assert.Contains("below the 100 %", InProcess.Run("eval", path, "--min-accuracy", "100").With(3).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void OptionsOfTheOtherKindOfFileAreRefused()
    {
        using var network = Zoo.Create("mlp");
        network.Save(folder["network.safetensors"]);
        Assert.Contains("--fgsm is for networks", InProcess.Run("eval", Save(), "--fgsm").With(2).Error, StringComparison.Ordinal);
        Assert.Contains("--epochs is for distilled sets", InProcess.Run("eval", folder["network.safetensors"], "--epochs", "3").With(2).Error, StringComparison.Ordinal);
        Assert.Contains("no model 'convnet'", InProcess.Run("eval", Save(), "--networks", "convnet").With(2).Error, StringComparison.Ordinal);
        Assert.Contains("expected 1 or more", InProcess.Run("eval", Save(), "--repeats", "0").With(2).Error, StringComparison.Ordinal);
        Assert.Contains("is no distilled set", InProcess.Run("inspect", folder["network.safetensors"], "--sheet", folder["x.png"]).With(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ATeachersHelpIsAskedFor()
    {
        using var real = DataSplit.From(Synthetic.Make(new()));
        var record = new SetRecord(new() { TeacherWeight = 0.5 }, [new("mlp", 1, null, 0.5)]) { Teacher = "0123" };
        var path = Save(Card(real) with { Evaluation = record.Write() });
        Assert.Contains("name its file with --teacher; its SHA-256 is 0123", InProcess.Run("eval", path).With(2).Error, StringComparison.Ordinal);
        Assert.Contains("is not the teacher", InProcess.Run("eval", path, "--teacher", path).With(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ASetIsDrawnWithALineForEachClass()
    {
        var told = InProcess.Run("inspect", Save(), "--sheet", folder["sheet.png"]).With(0);
        Assert.Contains("limbeck.method", told.Out, StringComparison.Ordinal);
        var png = File.ReadAllBytes(folder["sheet.png"]);
        Assert.Equal((2 * 66, 10 * 66), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
    }

    [Fact]
    public void ARunEndsInATableOfItsNetworksAndItsFileGivesTheSameNumber()
    {
        var recipe = folder.Write("images.yaml", """
            name: images
            data: { name: synthetic, validation: 100 }
            defaults: { images-per-class: 2, evaluate: { networks: 2, epochs: 4, across: [lenet], beside: [random] } }
            stages:
              control: { synthesize: mlp, method: random }
            """);
        Assert.Matches(@"control\s+mlp\s+random\s+2 of each class for synthetic\s+chosen, then 8 x 4\s+256\s+1", InProcess.Run("check", recipe, "--no-estimate").With(0).Out);
        var ended = InProcess.Run("run", recipe, "--runs", folder["runs"]).With(0);
        Assert.Matches(@"control\s+mlp\s+2\s+\d+\.\d+ ± \d+\.\d+", ended.Out);
        Assert.Matches(@"learned from\s+mlp\s+lenet", ended.Out);
        Assert.Matches(@"control: random images\s+\d+\.\d+ ± \d+\.\d+\s+\d+\.\d+ ± \d+\.\d+", ended.Out);
        Assert.Matches(@"control\s+–\s+[+−]?\d+\.\d+\s+–\s+–", ended.Out);
        Assert.Contains("Not there of control: HLR and LRS: no stage that trains on all real images is named by evaluate.whole.", ended.Out, StringComparison.Ordinal);
        var made = Path.Combine(Directory.GetDirectories(folder["runs"], "images-*").Single(), "images", "control-1.safetensors");
        var row = JsonDocument.Parse(InProcess.Run("eval", made, "--json").With(0).Out).RootElement.GetProperty("networks")[0];
        Assert.Equal(row.GetProperty("recorded").EnumerateArray().Select(value => value.GetDouble()), row.GetProperty("accuracies").EnumerateArray().Select(value => value.GetDouble()));
    }

    public void Dispose() => folder.Dispose();
}
