using Limbeck.Data;
using Limbeck.Data.Sources;
using Limbeck.Models;
using Limbeck.Objectives;
using Limbeck.Torch;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;
using Limbeck.Training;

namespace Limbeck.Tests.Training;

/// <summary>What is said, before anything is trained, where an objective and two networks do not fit together.</summary>
public sealed class MisfitTests : IDisposable
{
    const string OfResNet = "resnet-8 has maps at stem 16x16x16, stage1 16x16x16, stage2 32x8x8, stage3 64x4x4; vectors at pooled 64.";
    const string OfMlp = "mlp has no maps; vectors at stem 128, stage1 128, stage2 128, pooled 128.";
    const string OfPlainCnn = "plain-cnn-2 has maps at stem 16x16x16, stage1 16x16x16, stage2 16x8x8; vectors at pooled 256.";

    static readonly ImageShape Shape = new(3, 16, 16);

    readonly DataSplit data = DataSplit.From(Synthetic.Make(new() { Height = 16, Width = 16, Classes = 4, Train = 32, Test = 8 })).Split(validation: 16);
    readonly Network mlp = Zoo.Create("mlp", 4, Shape), resnet = Zoo.ResNet(8, 4, Shape), plain = Zoo.PlainCnn(2, 4, Shape), wide = Zoo.Create("resnet-8x4", 4, Shape);

    public static TheoryData<string> Kinds => [.. Catalog.All.Select(entry => entry.Kind)];

    public void Dispose()
    {
        foreach (var network in new[] { mlp, resnet, plain, wide }) network.Dispose();
        data.Dispose();
    }

    // Whichever it is, and in both directions: it trains, or the error names both networks and all that could be read.
    [Theory, MemberData(nameof(Kinds))]
    public void BetweenANetworkWithMapsAndOneWithoutItWorksOrSaysWhyNot(string kind)
    {
        foreach (var (student, teacher) in new[] { (mlp, resnet), (resnet, mlp) })
        {
            if (Refusal(student, teacher, Catalog.Find(kind).CreateDefault()) is not { } said) continue;
            Assert.Contains($"{kind} reads ", said);
            Assert.Contains($"of the student {student.Name}", said);
            if (Catalog.Find(kind).CreateDefault().NeedsTeacher) Assert.Contains($"of the teacher {teacher.Name}", said);
            Assert.Contains(student == mlp ? OfMlp : OfResNet, said);
            if (Catalog.Find(kind).CreateDefault().NeedsTeacher) Assert.Contains(teacher == mlp ? OfMlp : OfResNet, said);
            Assert.DoesNotContain("aten::", said);
        }
    }

    [Fact]
    public void ChannelsThatNothingConnects()
    {
        var said = Refusal(resnet, wide, new Fsp(new()))!;
        Assert.Contains("fsp does not fit: resnet-8 gives Float32[2, 16, 16, 16] at 'stem', resnet-8x4 gives Float32[2, 32, 16, 16] at 'stem'. Channels must be equal", said);
        Assert.Contains("fsp reads stem, stage* of the student resnet-8 and stem, stage* of the teacher resnet-8x4; choose others with student-taps and teacher-taps.", said);
    }

    [Fact]
    public void MapsWithoutARegressor()
    {
        var said = Refusal(resnet, wide, new Hint(new(Regressor: HintRegressor.None)))!;
        Assert.Contains("resnet-8 gives Float32[2, 32, 8, 8] at 'stage2', resnet-8x4 gives Float32[2, 128, 8, 8] at 'stage2'", said);
        Assert.Contains("choose another 'regressor'", said);
        Assert.Null(Refusal(resnet, wide, new Hint(new())));
    }

    [Fact]
    public void ALayerThatTheNetworkLacks()
    {
        var said = Refusal(plain, resnet, new Hint(new(StudentTaps: ["stage3"])))!;
        Assert.StartsWith("training: plain-cnn-2 has no place 'stage3'; did you mean 'stage1'? Its stages: stem,", said);
        Assert.EndsWith($"\n  hint reads stage3 of the student plain-cnn-2 and stage2 of the teacher resnet-8; choose others with student-taps and teacher-taps.\n  {OfPlainCnn}\n  {OfResNet}", said);
        Assert.Null(Refusal(plain, resnet, new Hint(new())));
    }

    [Fact]
    public void APlaceThatIsMisspelt()
    {
        var said = Refusal(resnet, wide, new AttentionTransfer(new(TeacherTaps: ["stage2", "layer1.0.con1"])))!;
        Assert.Contains("resnet-8x4 has no place 'layer1.0.con1'; did you mean 'layer1.0.conv1'?", said);
        Assert.Contains("at reads stage* of the student resnet-8 and stage2, layer1.0.con1 of the teacher resnet-8x4", said);
    }

    [Fact]
    public void ANetworkOfOnesOwnThatNamesNoStages()
    {
        using var random = new Generator(1);
        using var own = new Sequential(new Conv2d(3, 8, 3, random, padding: 1), new Relu(), new AdaptiveAvgPool2d(1), new Flatten(), new Linear(8, 4, random));
        var said = Refusal(own, resnet, new Hint(new()))!;
        Assert.Contains("Sequential has no module 'stage2'", said);
        Assert.Contains("Sequential names no stages: its places are the paths of its modules.", said);
        Assert.Null(Refusal(own, resnet, new Hint(new(StudentTaps: ["1"], TeacherTaps: ["stage1"]))));
    }

    [Fact]
    public void NothingIsChangedOrLeftBehind()
    {
        Refusal(resnet, wide, new Fsp(new()));
        var before = Engine.LiveTensors;
        resnet.Train();
        Refusal(resnet, wide, new Fsp(new()));
        Refusal(resnet, wide, new Hint(new()), new Fsp(new()));
        Assert.True(resnet.Training);
        Assert.Equal(before, Engine.LiveTensors);
    }

    // Who reads teachers together gets two.
    string? Refusal(Module student, Module teacher, params IObjective[] objectives) =>
        Record.Exception(() => Fit.Check(new FitJob(student, objectives.Any(objective => objective.TeachesTogether) ? [new(teacher), new(teacher) { Name = "another" }] : [new(teacher)], [.. objectives.Select(objective => objective.Weigh(1))], data, Options(objectives)))) is { } error
            ? Assert.IsType<FitException>(error).Message
            : null;

    static FitOptions Options(IObjective[] objectives) =>
        new() { Batch = 8, Metaparameters = objectives.Any(objective => objective is MetaparametricSoftTargets) ? new() : null };
}
