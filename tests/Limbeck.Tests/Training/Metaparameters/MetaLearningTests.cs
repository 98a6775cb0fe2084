using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Limbeck.Data;
using Limbeck.Data.Sources;
using Limbeck.Models;
using Limbeck.Objectives;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Tensors;
using Limbeck.Training;
using Limbeck.Training.Metaparameters;

namespace Limbeck.Tests.Training.Metaparameters;

/// <summary>Metaparameters in the training loop.</summary>
public class MetaLearningTests
{
    static readonly FitOptions Short = new() { Epochs = 2, Batch = 16, Optimizer = new SgdOptions { Lr = 0.05 }, Metaparameters = new() { Clip = null, Optimizer = new AdamOptions { Lr = 0.05 } } };

    [Theory]
    [InlineData(HyperGradientMethod.Greedy)]
    [InlineData(HyperGradientMethod.FiniteDifference)]
    [InlineData(HyperGradientMethod.Implicit)]
    public void LabelsWinOverATeacherThatKnowsNothing(HyperGradientMethod method)
    {
        using var data = Data();
        using var teacher = Small(5);
        using var student = Small(6);
        var options = Short with { Epochs = 3, Metaparameters = Short.Metaparameters! with { Method = method, NeumannTerms = 2 } };
        var fit = Fit.Distil(student, data, teacher, [new MetaparametricSoftTargets(new(Temperature: 2)).Weigh(1)], options);
        var labels = fit.Epochs.Select(epoch => epoch.Metaparameters!["labels"]).ToList();
        Assert.True(labels[^1] > 0.6, $"the share of the labels went from 0.5 to {string.Join(", ", labels)}");
        Assert.All(labels, share => Assert.InRange(share, 0, 1));
        Assert.Equal("validation", fit.TunedOn);
        Assert.Null(fit.Links);
    }

    [Theory]
    [InlineData("soft-targets")]
    [InlineData("alignment")]
    public void AStoppedTrainingGoesOnToTheSameBits(string how)
    {
        using var folder = new Limbeck.Tests.Data.TempFolder();
        using var data = Data();
        var options = Short with { Metaparameters = Short.Metaparameters! with { Predict = new() { Gradient = 2, Predict = 2 }, Batch = 7 } };
        var whole = Run(null, int.MaxValue);
        foreach (var stopAfter in new[] { 1, 3, 9 })
        {
            var checkpoint = Path.Combine(folder.Path, $"{how}-{stopAfter}.safetensors");
            Assert.ThrowsAny<OperationCanceledException>(() => Run(checkpoint, stopAfter));
            Assert.Equal(whole, Run(checkpoint, int.MaxValue));
        }

        (string, string) Run(string? checkpoint, int stopAfter)
        {
            using var teacher = Small(5);
            using var student = Small(6);
            using var stop = new CancellationTokenSource();
            var fit = Fit.Run(new FitJob(student, teacher, Terms(), data, options)
            {
                Checkpoint = checkpoint,
                CheckpointEvery = TimeSpan.Zero,
                Tell = happened =>
                {
                    if (happened is CheckpointSaved saved && saved.Step >= stopAfter) stop.Cancel();
                },
            }, stop.Token);
            return (string.Join(' ', fit.Epochs.SelectMany(epoch => epoch.Metaparameters!.Values.Append(epoch.Loss)).Select(number => number.ToString("R", CultureInfo.InvariantCulture))), Bytes(student));
        }

        IReadOnlyList<Term> Terms() => how == "alignment"
            ? [new CrossEntropy().Weigh(0.5), new LayerAlignment(new(LayerCoefficients.Learned)).Weigh(0.5)]
            : [new MetaparametricSoftTargets(new(Temperature: 2, Drawn: true)).Weigh(1)];
    }

    // At rate 0 metaparameters stay, and nothing tells that steps were imagined.
    [Theory]
    [InlineData(HyperGradientMethod.Greedy)]
    [InlineData(HyperGradientMethod.FiniteDifference)]
    [InlineData(HyperGradientMethod.Implicit)]
    public void ImaginedStepsLeaveNoTrace(HyperGradientMethod method)
    {
        using var data = Data();
        Assert.Equal(Trained(every: 1), Trained(every: 1_000_000));

        string Trained(int every)
        {
            using var teacher = Small(5);
            using var random = new Generator(3);
            using var student = new Sequential(new Conv2d(1, 4, 3, random), new BatchNorm2d(4), new Relu(), new Flatten(), new Dropout(0.3), new Linear(400, 4, random));
            var meta = new MetaparameterOptions { Method = method, NeumannTerms = 1, Every = every, Clip = 1e-12, Optimizer = new SgdOptions { Lr = 1e-12, Momentum = 0 } };
            Fit.Distil(student, data, teacher, [new MetaparametricSoftTargets(new(Temperature: 2)).Weigh(1)], Short with { Metaparameters = meta });
            return Bytes(student);
        }
    }

    [Fact]
    public void CoefficientsOfLayersLearnAndAreTold()
    {
        using var data = Data().Tune(30);
        using var teacher = Small(5);
        using var student = Small(6);
        var told = new List<EpochDone>();
        var fit = Fit.Distil(student, data, teacher, [new CrossEntropy().Weigh(0.5), new LayerAlignment(new(LayerCoefficients.Learned)).Weigh(0.5)], Short with { Epochs = 1 }, happened =>
        {
            if (happened is EpochDone done) told.Add(done);
        });
        Assert.Equal("tuning", fit.TunedOn);
        Assert.Equal(["stage1 → stage1", "stage1 → pooled", "pooled → stage1", "pooled → pooled"], fit.Epochs[0].Metaparameters!.Keys);
        Assert.Equal(fit.Epochs[0].Metaparameters!, told[0].Metaparameters!);
        Assert.Equal(fit.Epochs[0].Metaparameters!.Values, fit.Links!.Select(link => link.Weight));
        foreach (var place in fit.Links!.GroupBy(link => link.Student)) Assert.Equal(1, place.Sum(link => link.Weight), 1e-6);
        Assert.Contains(fit.Links!, link => Math.Abs(link.Weight - 0.5) > 1e-4);
    }

    [Fact]
    public void FixedCoefficientsAreToldAsLinksAlone()
    {
        using var data = Data();
        using var teacher = Small(5);
        using var student = Small(6);
        var fit = Fit.Distil(student, data, teacher, [new CrossEntropy().Weigh(0.5), new LayerAlignment(new(LayerCoefficients.Pairwise)).Weigh(0.5)], Short with { Epochs = 1, Metaparameters = null });
        Assert.Equal([new("stage1", "stage1", 1), new("stage1", "pooled", 0), new("pooled", "stage1", 0), new("pooled", "pooled", 1)], fit.Links!);
        Assert.Null(fit.TunedOn);
        Assert.Null(fit.Epochs[0].Metaparameters);
    }

    [Fact]
    public void WhatDoesNotGoTogetherIsAnErrorBeforeTraining()
    {
        using var data = Data();
        Assert.Contains("set 'metaparameters'", Error(data, new MetaparametricSoftTargets(new()), Short with { Metaparameters = null }));
        Assert.Contains("none of the objectives has any", Error(data, new SoftTargets(new()), Short));
        Assert.Contains("'tuning'", Error(data with { Validation = null }, new MetaparametricSoftTargets(new()), Short));
        Assert.Contains("adaptive weights", Error(data, new MetaparametricSoftTargets(new()), Short with { AdaptiveWeights = new() }));
        Assert.Contains("Every", Error(data, new MetaparametricSoftTargets(new()), Short with { Metaparameters = new() { Every = 0 } }));
        Assert.Contains("Gradient", Error(data, new MetaparametricSoftTargets(new()), Short with { Metaparameters = new() { Predict = new() { Gradient = 0 } } }));

        static string Error(DataSplit images, IObjective objective, FitOptions options)
        {
            using var teacher = Small(5);
            using var student = Small(6);
            return Assert.Throws<FitException>(() => Fit.Distil(student, images, teacher, [objective.Weigh(1)], options)).Message;
        }
    }

    static string Bytes(Module network) =>
        Convert.ToHexString(SHA256.HashData([.. network.State().SelectMany(entry => MemoryMarshal.AsBytes<float>(entry.Value.To(DType.Float32).ToArray<float>()).ToArray())]));

    static DataSplit Data() => DataSplit.From(Synthetic.Make(new() { Channels = 1, Height = 12, Width = 12, Classes = 4, Train = 168, Test = 40, Noise = 30, Shift = 1 })).Split(40);

    static Network Small(long seed) => Zoo.Create("convnet-d1-w16-batch", 4, new ImageShape(1, 12, 12), seed);
}
