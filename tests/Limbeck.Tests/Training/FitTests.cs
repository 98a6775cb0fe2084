using Limbeck.Data;
using Limbeck.Data.Sources;
using Limbeck.Models;
using Limbeck.Objectives;
using Limbeck.Torch;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Optim;
using Limbeck.Training;

namespace Limbeck.Tests.Training;

public class FitTests
{
    static readonly SyntheticOptions Tiny = new() { Channels = 1, Height = 12, Width = 12, Classes = 4, Train = 160, Test = 60, Noise = 30, Shift = 1 };
    static readonly FitOptions Short = new() { Epochs = 3, Batch = 16, Optimizer = new SgdOptions { Lr = 0.05 }, Augmentation = Augmentation.CropFlip };

    [Fact]
    public void LearnsWhatIsThereToLearn()
    {
        using var data = Data();
        using var network = Small(1);
        var result = Fit.Train(network, data, Short with { Epochs = 8, Augmentation = Augmentation.None });
        Assert.True(result.Test.Accuracy > 0.8, $"accuracy {result.Test.Accuracy}");
        Assert.Equal(8, result.Epochs.Count);
        Assert.True(result.Epochs[^1].Loss < result.Epochs[0].Loss);
        Assert.True(result.TestBest.Test!.Accuracy >= result.Chosen.Test!.Accuracy);
    }

    [Fact]
    public void TheSameSeedGivesTheSameNumbersAndAnotherDoesNot()
    {
        using var data = Data();
        double[] Losses(int seed)
        {
            using var network = Small(1);
            return [.. Fit.Train(network, data, Short with { Seed = seed }).Epochs.Select(epoch => epoch.Loss)];
        }

        Assert.Equal(Losses(1), Losses(1));
        Assert.NotEqual(Losses(1), Losses(2));
    }

    [Fact]
    public void ObjectivesMayAskTheNetworksAgain()
    {
        using var data = Data();
        using var teacher = Small(5);
        using var student = Small(6);
        Fit.Train(teacher, data, Short);
        teacher.Train();
        student.Train();
        var job = new FitJob(student, teacher, [new CrossEntropy().Weigh(1), new Mlkd(new()).Weigh(0.1), new Bss(new(From: Bss.Origin.TeacherRight)).Weigh(1)], data, Short with { Epochs = 1 });
        var (ofTeacher, ofStudent) = (Bytes(teacher), Bytes(student));
        Fit.Check(job);
        Assert.Equal(ofStudent, Bytes(student));
        Assert.True(student.Training && teacher.Training);
        var terms = Fit.Run(job).Epochs[0].Terms;
        Assert.All(terms, term => Assert.True(term.Value > 0, $"{term.Key} is {term.Value}"));
        Assert.Equal(ofTeacher, Bytes(teacher));
    }

    [Fact]
    public void TheTeacherIsLeftAsItWas()
    {
        using var data = Data();
        using var teacher = Small(5);
        using var student = Small(6);
        var before = Bytes(teacher);
        teacher.Train();
        Fit.Distil(student, data, teacher, [new CrossEntropy().Weigh(0.5), new SoftTargets(new()).Weigh(0.5)], Short);
        Assert.Equal(before, Bytes(teacher));
        Assert.All(teacher.Parameters(), parameter => Assert.Null(parameter.Value.AccumulatedGrad));
    }

    [Fact]
    public void AStoppedTrainingGoesOnToTheSameBits()
    {
        using var folder = new Limbeck.Tests.Data.TempFolder();
        using var data = Data();
        using var teacher = Small(5);
        var (whole, wholeWeights) = Run(null, stopAfter: int.MaxValue);
        foreach (var stopAfter in new[] { 1, 7, 10, 23 })
        {
            var checkpoint = Path.Combine(folder.Path, $"{stopAfter}.safetensors");
            Assert.ThrowsAny<OperationCanceledException>(() => Run(checkpoint, stopAfter));
            var (resumed, weights) = Run(checkpoint, int.MaxValue);
            Assert.Equal(whole.Epochs.Select(Numbers), resumed.Epochs.Select(Numbers));
            Assert.Equal(wholeWeights, weights);
        }

        (FitResult, string) Run(string? checkpoint, int stopAfter)
        {
            using var student = Small(6);
            using var stop = new CancellationTokenSource();
            var steps = 0L;
            var job = new FitJob(student, teacher, [new CrossEntropy().Weigh(0.1), new SoftTargets(new()).Weigh(new LinearWeight(1, 0.5, 2))], data, Short)
            {
                Checkpoint = checkpoint,
                Key = "k",
                CheckpointEvery = TimeSpan.FromMilliseconds(1),
                Tell = happened =>
                {
                    if (happened is CheckpointSaved saved) steps = saved.Step;
                    if (steps >= stopAfter) stop.Cancel();
                },
            };
            return (Fit.Run(job, stop.Token), Bytes(student));
        }

        static (double, double, double?, double?) Numbers(EpochRecord epoch) => (epoch.Loss, epoch.TrainAccuracy, epoch.ValidationAccuracy, epoch.TestAccuracy);
    }

    [Fact]
    public void ACheckpointOfOtherSettingsIsRefused()
    {
        using var folder = new Limbeck.Tests.Data.TempFolder();
        using var data = Data();
        var checkpoint = Path.Combine(folder.Path, "c.safetensors");
        FitJob Job(Network network, string key) => new(network, [], [new CrossEntropy().Weigh(1)], data, Short) { Checkpoint = checkpoint, Key = key, CheckpointEvery = TimeSpan.Zero };
        using var network = Small(1);
        Fit.Run(Job(network, "one"));
        Assert.Contains("other settings", Assert.Throws<FitException>(() => Fit.Run(Job(network, "two"))).Message);
    }

    [Fact]
    public void ADivergingLossEndsWithAClearMessage()
    {
        using var data = Data();
        using var network = Small(1);
        var error = Assert.Throws<DivergedException>(() => Fit.Train(network, data, Short with { Optimizer = new SgdOptions { Lr = 1000, WeightDecay = 1 }, Epochs = 5, Schedule = new ConstantOptions() }));
        Assert.Contains("learning rate 1000", error.Message);
        Assert.Contains("cross-entropy = ", error.Message);
    }

    [Fact]
    public void MismatchesAreFoundBeforeTraining()
    {
        using var data = Data();
        using var network = Small(1);
        using var ofTen = Zoo.Create("plain-cnn-2", 10, new ImageShape(1, 12, 12));
        using var ofColour = Zoo.Create("plain-cnn-2", 4, new ImageShape(3, 12, 12));
        Assert.Contains("answers with Float32[2, 10]", Assert.Throws<FitException>(() => Fit.Train(ofTen, data, Short)).Message);
        Assert.Contains("does not take images of 1x12x12", Assert.Throws<FitException>(() => Fit.Train(ofColour, data, Short)).Message);
        Assert.Contains("learns from a teacher", Assert.Throws<FitException>(() => Fit.Run(new FitJob(network, [], [new SoftTargets(new()).Weigh(1)], data, Short))).Message);
        Assert.Contains("Batch", Assert.Throws<FitException>(() => Fit.Train(network, data, Short with { Batch = 0 })).Message);
        Assert.Contains("Momentum", Assert.Throws<FitException>(() => Fit.Train(network, data, Short with { Optimizer = new SgdOptions { Momentum = 2 } })).Message);
        network.Freeze();
        Assert.Contains("frozen", Assert.Throws<FitException>(() => Fit.Train(network, data, Short)).Message);
    }

    [Fact]
    public void TwoTermsOfAKindKeepNamesOfTheirOwn()
    {
        using var data = Data();
        using var teacher = Small(5);
        using var student = Small(6);
        var result = Fit.Distil(student, data, teacher, [new SoftTargets(new(2)).Weigh(0.5), new SoftTargets(new(8)).Weigh(0.5)], Short with { Epochs = 1 });
        Assert.Equal(["soft-targets", "soft-targets-2"], result.Epochs[0].Terms.Keys);
        Assert.NotEqual(result.Epochs[0].Terms["soft-targets"], result.Epochs[0].Terms["soft-targets-2"]);
    }

    [Fact]
    public void AWeightMayStartAtZeroButNotStayThere()
    {
        using var data = Data();
        using var network = Small(1);
        FitJob Job(WeightSchedule weight) => new(network, [], [new CrossEntropy().Weigh(weight)], data, Short);
        Assert.Contains("weight 0 in epoch 2", Assert.Throws<FitException>(() => Fit.Run(Job(new LinearWeight(1, 0, 1)))).Message);
        Assert.Contains("Value", Assert.Throws<FitException>(() => Fit.Run(Job(-1))).Message);
        Assert.Equal(3, Fit.Run(Job(new LinearWeight(0, 1, 1))).Epochs.Count);
    }

    [Fact]
    public void ATermBeginsWhereAnotherEnds()
    {
        using var data = Data();
        using var teacher = Small(5);
        using var student = Small(6);
        var result = Fit.Distil(student, data, teacher, [new SoftTargets(new()).Weigh(new UntilWeight(1)), new CrossEntropy().Weigh(new FromWeight(1))], Short);
        Assert.Equal([(false, true), (true, false), (true, false)], result.Epochs.Select(epoch => (epoch.Terms["soft-targets"] == 0, epoch.Terms["cross-entropy"] == 0)));
    }

    [Fact]
    public void TheNetworkIsLeftReadyToAnswer()
    {
        using var data = Data();
        using var small = Small(1);
        Fit.Train(small, data, Short with { Epochs = 1 });
        Assert.False(small.Training);
    }

    [Fact]
    public void TrainingLeavesNoTensorBehind()
    {
        using var data = Data();
        using var network = Small(1);
        Fit.Train(network, data, Short with { Epochs = 1 });
        var before = Engine.LiveTensors;
        Fit.Train(network, data, Short);
        Assert.Equal(before, Engine.LiveTensors);
    }

    [Fact]
    public void EventsTellTheWholeStory()
    {
        using var data = Data();
        using var network = Small(1);
        var events = new List<TrainingEvent>();
        var result = Fit.Train(network, data, Short, events.Add);
        Assert.IsType<StageStarted>(events[0]);
        Assert.Same(result, Assert.IsType<StageDone>(events[^1]).Result);
        Assert.Equal([1, 2, 3], events.OfType<EpochDone>().Select(epoch => epoch.Epoch));
        Assert.All(events.OfType<EpochDone>(), epoch => Assert.NotNull(epoch.Validation));
    }

    internal static Network Small(int seed) => Zoo.Create("plain-cnn-2", 4, new ImageShape(1, 12, 12), seed);

    internal static DataSplit Data() => DataSplit.From(Synthetic.Make(Tiny)).Split(40);

    static string Bytes(Module module) => string.Join('|', module.State().Select(entry =>
    {
        var bytes = new byte[entry.Value.Count * Limbeck.Torch.Tensors.DTypes.Size(entry.Value.DType)];
        entry.Value.ToBytes(bytes);
        return $"{entry.Key}:{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes))}";
    }));
}
