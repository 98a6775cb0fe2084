using Limbeck.Data;
using Limbeck.Data.Sources;
using Limbeck.Models;
using Limbeck.Objectives;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Tensors;
using Limbeck.Training;

namespace Limbeck.Tests.Training;

/// <summary>What objectives bring is trained with the student, saved with it, and no part of it.</summary>
public class PartsTests
{
    static readonly FitOptions Short = new() { Epochs = 2, Batch = 16, Optimizer = new SgdOptions { Lr = 0.05, WeightDecay = 0.01 } };

    [Theory]
    [InlineData("sgd")]
    [InlineData("dot")]
    [InlineData("adaptive")]
    [InlineData("dml")]
    [InlineData("afd")]
    public void AStoppedTrainingGoesOnToTheSameBits(string how)
    {
        using var folder = new Limbeck.Tests.Data.TempFolder();
        using var data = Data();
        var options = how switch
        {
            "dot" => Short with { Optimizer = new DotOptions { Lr = 0.05 }, Clip = 1 },
            "adaptive" => Short with { AdaptiveWeights = new() },
            _ => Short,
        };
        var whole = Run(null, int.MaxValue);
        foreach (var stopAfter in new[] { 1, 9 })
        {
            var checkpoint = Path.Combine(folder.Path, $"{stopAfter}.safetensors");
            Assert.ThrowsAny<OperationCanceledException>(() => Run(checkpoint, stopAfter));
            Assert.Equal(whole, Run(checkpoint, int.MaxValue));
        }

        (string, string) Run(string? checkpoint, int stopAfter)
        {
            using var teacher = Small(5);
            using var student = Small(6);
            using var stop = new CancellationTokenSource();
            var withParts = how is "dml" or "afd" ? Catalog.Find(how).CreateDefault() : new Probe();
            var fit = Fit.Run(new FitJob(student, teacher, [new CrossEntropy().Weigh(1), withParts.Weigh(0.5), new SoftTargets(new()).Weigh(1)], data, options)
            {
                Checkpoint = checkpoint,
                CheckpointEvery = TimeSpan.Zero,
                Tell = happened =>
                {
                    if (happened is CheckpointSaved saved && saved.Step >= stopAfter) stop.Cancel();
                },
            }, stop.Token);
            return (string.Join(' ', fit.Epochs.Select(epoch => epoch.Loss.ToString("R", System.Globalization.CultureInfo.InvariantCulture))), Bytes(student));
        }
    }

    [Fact]
    public void AdaptiveWeightsFindTheScaleOfTheirLoss()
    {
        using var data = Data();
        using var teacher = Small(5);
        using var student = Small(6);
        // A loss that stays at 1/20: exp(−a) goes to 20, and the sum to 1 + log(1/20).
        var terms = new Term[] { new CrossEntropy().Weigh(1e-6), new Fixed(0.05).Weigh(1) };
        var fit = Fit.Distil(student, data, teacher, terms, Short with { Epochs = 20, Optimizer = new AdamOptions { Lr = 0.05 }, Schedule = new ConstantOptions(), AdaptiveWeights = new() });
        Assert.Equal(1 + Math.Log(0.05), fit.Epochs[^1].Loss, 0.01);
    }

    [Fact]
    public void PartsLearnFromTheTeacherFirstAndRestThen()
    {
        using var data = Data();
        using var teacher = Small(5);
        using var student = Small(6);
        var told = new List<PartsTaught>();
        var probe = new Rehearsed();
        Fit.Distil(student, data, teacher, [new CrossEntropy().Weigh(1), probe.Weigh(1)], Short with { Optimizer = new SgdOptions { Lr = 0.02 } }, happened =>
        {
            if (happened is PartsTaught taught) told.Add(taught);
        });
        Assert.Equal([1, 2, 3], told.Select(taught => taught.Epoch));
        Assert.True(told[^1].Loss < told[0].Loss * 0.8, $"{told[0].Loss} → {told[^1].Loss}");
        Assert.Single(probe.Seen.Distinct());
    }

    [Fact]
    public void StoppedAfterThatTheyDoNotLearnTwice()
    {
        using var folder = new Limbeck.Tests.Data.TempFolder();
        using var data = Data();
        using var teacher = Small(5);
        Assert.ThrowsAny<OperationCanceledException>(() => Taught(stopAtOnce: true));
        Assert.Equal(0, Taught(stopAtOnce: false));

        int Taught(bool stopAtOnce)
        {
            using var student = Small(6);
            using var stop = new CancellationTokenSource();
            var taught = 0;
            Fit.Run(new FitJob(student, teacher, [new CrossEntropy().Weigh(1), new Rehearsed().Weigh(1)], data, Short with { Optimizer = new SgdOptions { Lr = 0.02 } })
            {
                Checkpoint = Path.Combine(folder.Path, "c.safetensors"),
                Tell = happened =>
                {
                    if (happened is PartsTaught) taught++;
                    if (stopAtOnce && happened is CheckpointSaved) stop.Cancel();
                },
            }, stop.Token);
            return taught;
        }
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("dot")]
    public void AClippedGradientMovesTheWeightsNoFurther(string how)
    {
        using var data = Data();
        using var teacher = Small(5);
        using var student = Small(6);
        using var before = Small(6);
        OptimizerOptions optimizer = how == "dot" ? new DotOptions { Lr = 1, Momentum = 0, Delta = 0 } : new SgdOptions { Lr = 1, Momentum = 0 };
        Fit.Distil(student, data, teacher, [new CrossEntropy().Weigh(1), new SoftTargets(new()).Weigh(1)], Short with { Epochs = 1, Optimizer = optimizer, Schedule = new ConstantOptions(), Clip = 1e-4 });
        using var scope = new Scope();
        var moved = Math.Sqrt(student.Parameters().Zip(before.Parameters()).Sum(pair => (pair.First.Value - pair.Second.Value).Detach().Square().Sum().Item()));
        Assert.InRange(moved, 1e-6, 8 * 1e-4 * (how == "dot" ? Math.Sqrt(2) : 1));
    }

    [Fact]
    public void ATermThatIsOffForAWhileIsTheMeanOfTheRest()
    {
        using var data = Data();
        using var teacher = Small(5);
        using var student = Small(6);
        var fit = Fit.Distil(student, data, teacher, [new CrossEntropy().Weigh(1), new Fixed(0.25).Weigh(new FromWeight(0.5))], Short with { Epochs = 1 });
        Assert.Equal(0.25, fit.Epochs[0].Terms["Fixed"], 1e-6);
    }

    [Fact]
    public void TwoMomentaNeedTwoLosses()
    {
        using var data = Data();
        using var teacher = Small(5);
        using var student = Small(6);
        var error = Assert.Throws<FitException>(() => Fit.Distil(student, data, teacher, [new SoftTargets(new()).Weigh(1)], Short with { Optimizer = new DotOptions() }));
        Assert.Contains("cross-entropy", error.Message);
        error = Assert.Throws<FitException>(() => Fit.Distil(student, data, teacher, [new CrossEntropy().Weigh(1)], Short with { AdaptiveWeights = new() }));
        Assert.Contains("leave them out", error.Message);
    }

    [Fact]
    public void LearnedWeightsNeedLossesAboveZero()
    {
        using var data = Data();
        using var teacher = Small(5);
        using var student = Small(6);
        foreach (var (name, term) in new[] { ("vid", new Vid(new()).Weigh(1)), ("pad-l2", new PadL2(new()).Weigh(1)) })
        {
            Term[] terms = [new CrossEntropy().Weigh(1), new SoftTargets(new()).Weigh(1), term];
            var error = Assert.Throws<FitException>(() => Fit.Distil(student, data, teacher, terms, Short with { AdaptiveWeights = new() }));
            Assert.Contains($"{name} can fall below", error.Message);
            Assert.Contains($"give {name} a fixed weight", error.Message);
        }
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-")]
    public void ALossThatIsNotFiniteIsFoundBeforeTraining(double loss, string said)
    {
        using var data = Data();
        using var teacher = Small(5);
        using var student = Small(6);
        var broken = new Fixed(loss).Weigh(1);
        var error = Assert.Throws<FitException>(() => Fit.Distil(student, data, teacher, [new CrossEntropy().Weigh(1), broken], Short));
        Assert.StartsWith($"{broken.Name} is {said}", error.Message);
        Assert.Contains("on two images before training: look at its options", error.Message);
    }

    static string Bytes(Module network) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData([.. network.State().SelectMany(entry => System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(entry.Value.To(DType.Float32).ToArray<float>()).ToArray())]));

    static DataSplit Data() => DataSplit.From(Synthetic.Make(new() { Channels = 1, Height = 12, Width = 12, Classes = 4, Train = 128, Test = 40, Noise = 30, Shift = 1 }));

    static Network Small(long seed) => Zoo.Create("convnet-d1-w16-batch", 4, new ImageShape(1, 12, 12), seed);

    /// <summary>A linear map from the student's vector to the teacher's, with noise on it: parts, draws, and buffers that move.</summary>
    sealed class Probe : IObjective
    {
        public IReadOnlyList<string> StudentTaps => ["pooled"];

        public IReadOnlyList<string> TeacherTaps => ["pooled"];

        public Module MakeParts(in Setting setting) =>
            new Sequential(new Linear((int)setting.Student["pooled"].Size(1), (int)setting.Teacher["pooled"].Size(1), setting.Random), new BatchNorm1d((int)setting.Teacher["pooled"].Size(1)));

        public Tensor Loss(in Lesson lesson)
        {
            var mapped = lesson.Parts<Sequential>().Call(lesson.Student["pooled"]);
            return (mapped - lesson.Teacher["pooled"] - (0.1 * Tensor.Randn(mapped.Shape, lesson.Random))).Square().Mean();
        }
    }

    sealed class Fixed(double loss) : IObjective
    {
        public Tensor Loss(in Lesson lesson) => (0 * (lesson.Student.Logits + lesson.Teacher.Logits).Sum()) + loss;
    }

    /// <summary>One number that learns, from the teacher, to be 3.</summary>
    sealed class Rehearsed : IPretrained
    {
        internal List<double> Seen { get; } = [];

        public int PretrainingEpochs => 3;

        public Module MakeParts(in Setting setting) => new Linear(1, 1, setting.Random, bias: false);

        public IEnumerable<Parameter> PretrainedParameters(Module parts) => parts.Parameters();

        public Tensor PretrainingLoss(in Lesson lesson) => (lesson.Parts<Linear>().Weight.Value - 3).Square().Sum() + (0 * lesson.Teacher.Logits.Sum());

        public Tensor Loss(in Lesson lesson)
        {
            var number = lesson.Parts<Linear>().Weight.Value;
            Assert.False(number.RequiresGrad);
            if (lesson.Batch.Count > 2) Seen.Add(number.Detach().Reshape(-1).ToArray<float>()[0]);
            return (lesson.Student.Logits - lesson.Teacher.Logits).Square().Mean();
        }
    }
}
