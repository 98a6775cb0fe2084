using Limbeck.Data;
using Limbeck.Data.Sources;
using Limbeck.Models;
using Limbeck.Objectives;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Tensors;
using Limbeck.Training;

namespace Limbeck.Tests.Training;

/// <summary>A student of several teachers: each term reads those that it should, and what cannot be is said before anything is trained.</summary>
public sealed class SeveralTeachersTests : IDisposable
{
    static readonly ImageShape Shape = new(1, 12, 12);
    static readonly FitOptions Short = new() { Epochs = 1, Batch = 16, Optimizer = new SgdOptions { Lr = 0.05 } };

    readonly DataSplit data = DataSplit.From(Synthetic.Make(new() { Channels = 1, Height = 12, Width = 12, Classes = 4, Train = 48, Test = 8 }));
    readonly Network student = Zoo.PlainCnn(2, 4, Shape), first = Zoo.Create("mlp", 4, Shape, seed: 5), second = Zoo.Create("mlp", 4, Shape, seed: 6), two = Zoo.Create("mlp", 2, Shape, seed: 7);

    public void Dispose()
    {
        foreach (var network in new[] { student, first, second, two }) network.Dispose();
        data.Dispose();
    }

    [Fact]
    public void AnObjectiveOfOneTeacherIsAppliedToEach()
    {
        var fit = Fit.Run(Job([new SoftTargets(new()).Weigh(1), new CrossEntropy().Weigh(1)]));
        Assert.Equal(["soft-targets@first", "soft-targets@second", "cross-entropy"], fit.Epochs[0].Terms.Keys);
        Assert.NotEqual(fit.Epochs[0].Terms["soft-targets@first"], fit.Epochs[0].Terms["soft-targets@second"]);
        Assert.Null(fit.Test.Agreement);
    }

    [Fact]
    public void ATermMayNameItsTeacher()
    {
        var one = Losses([(first, "first")], new SoftTargets(new()).Weigh(1));
        var named = Losses([(second, "second"), (first, "first")], new SoftTargets(new()).Weigh(1) with { Teacher = "first" });
        Assert.Equal(one, named);
        Assert.NotEqual(one, Losses([(second, "second")], new SoftTargets(new()).Weigh(1)));
    }

    [Fact]
    public void OneThatReadsAllSeesThemInTheirOrderWithWhatTheyKnow()
    {
        var seen = new Attendance();
        Fit.Run(new FitJob(student, [new(first) { Name = "a" }, new(two) { Name = "b", Classes = [3, 1] }], [new Term("attendance", seen, 1)], data, Short));
        Assert.Equal(["4 all", "2 3,1"], seen.Seen);
    }

    [Fact]
    public void OneWhomNoTermReadsIsNotAsked()
    {
        var job = new FitJob(student, [new(first) { Name = "a" }, new(second) { Name = "b" }], [new SoftTargets(new()).Weigh(1) with { Teacher = "b" }], data, Short);
        using var scope = new Scope();
        using var faculty = new Faculty(job);
        var says = faculty.Answer(data.Train.Render(0, 2).Images);
        Assert.Throws<InvalidOperationException>(() => says[0].Known);
        Assert.Equal([2L, 4], Assert.Single(faculty.For(job.Terms[0], says)).Known.Shape);
    }

    [Fact]
    public void OneWhoseLogitsAreReadOfImagesAsTheyAreIsAskedOnceAndSaysTheSame()
    {
        var job = new FitJob(student, first, [new SoftTargets(new()).Weigh(1)], data, Short with { Epochs = 2 });
        using var scope = new Scope();
        using var faculty = new Faculty(job);
        var shown = data.Train.Render(Views.Plain([40, 7, 0]), Augmentation.None);
        var asked = faculty.Answer(shown.Images)[0].Logits;
        faculty.Remember(default);
        Forget(first);
        var taught = faculty.Teach(shown)[0];
        Assert.True(taught.Logits.AllClose(asked, 1e-6, 1e-6));
        Assert.Same(first, taught.Network);
        Assert.False(faculty.Answer(shown.Images)[0].Logits.AllClose(asked));
    }

    [Theory]
    [InlineData(1, false, false)]   // as much work as before
    [InlineData(2, true, false)]    // another image each time
    [InlineData(2, false, true)]    // places inside would fill the memory
    public void OneIsAskedEachTimeWhere(int epochs, bool flips, bool inside)
    {
        IObjective objective = inside ? new AttentionTransfer(new()) : new SoftTargets(new());
        var job = new FitJob(student, Zoo.PlainCnn(4, 4, Shape), [objective.Weigh(1)], data, Short with { Epochs = epochs, Augmentation = new() { Flip = flips } });
        using var teacher = job.Teachers[0].Network;
        using var scope = new Scope();
        using var faculty = new Faculty(job);
        faculty.Remember(default);
        var shown = data.Train.Render(0, 2);
        var before = faculty.Teach(shown)[0].Logits;
        Forget(teacher);
        Assert.False(faculty.Teach(shown)[0].Logits.AllClose(before));
    }

    static void Forget(Module network)
    {
        foreach (var (_, parameter) in network.NamedParameters()) parameter.Assign(parameter.Value * 0);
    }

    [Fact]
    public void WhatTheyMeetInCanBeLookedAt()
    {
        var terms = new[] { new CrossEntropy().Weigh(1), new LatentTriplets(new(Size: 6, CodeSize: 5, PretrainingEpochs: 2)).Weigh(1) };
        var aligned = Fit.Run(new FitJob(student, [new(first) { Name = "a" }, new(two) { Name = "b", Classes = [3, 1] }], terms, data, Short)).Aligned!;
        Assert.Equal([(6, 8 * 6), (6, 8 * 6), (6, 8 * 6)], aligned.Select(points => (points.Dimensions, points.Values.Length)));
        Assert.All(aligned.SelectMany(points => points.Values.Chunk(6)), point => Assert.Equal(1, point.Sum(value => value * value), 1e-5));
    }

    [Theory]
    [InlineData("twice", "two teachers are called a")]
    [InlineData("unknown", "soft-targets reads the teacher c, and there is none of that name: there are a, b")]
    [InlineData("range", "the teacher b says to know class 4, and synthetic has classes 0 to 3")]
    [InlineData("contradiction", "two logits of the teacher b stand for class 1")]
    [InlineData("width", "of which it says to know 3: expected [2, 3]")]
    [InlineData("partial", "the logits of the teacher mlp stand for the classes 0, 1 of the student's")]
    [InlineData("foreign", "the teacher mlp knows other classes than the student")]
    [InlineData("ignorant", "attendance combines what teachers know of the student's classes, and b knows none of them")]
    [InlineData("alone", "attendance reads all teachers together, and is told to read a")]
    public void WhatCannotBeIsSaidBeforeTraining(string mistake, string expected)
    {
        var (name, classes) = (mistake == "twice" ? "a" : "b", (IReadOnlyList<int>?)(mistake switch
        {
            "range" => [0, 4],
            "contradiction" => [1, 1],
            "width" => [0, 1, 2],
            "foreign" or "ignorant" => [],
            _ => [0, 1],
        }));
        var all = new Term("attendance", new Attendance(), 1);
        var term = mistake switch
        {
            "unknown" => new SoftTargets(new()).Weigh(1) with { Teacher = "c" },
            "partial" or "foreign" => new SoftTargets(new()).Weigh(1),
            "alone" => all with { Teacher = "a" },
            _ => all,
        };
        var error = Assert.Throws<FitException>(() => Fit.Check(new FitJob(student, [new(first) { Name = "a" }, new(two) { Name = name, Classes = classes }], [term], data, Short)));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATeacherOfOtherClassesMayTeachWhatItSeesInside()
    {
        var job = new FitJob(student, [new(two) { Classes = [] }], [new Vid(new(StudentTaps: ["pooled"], TeacherTaps: ["pooled"])).Weigh(1), new CrossEntropy().Weigh(1)], data, Short);
        Assert.True(double.IsFinite(Fit.Run(job).Epochs[0].Loss));
    }

    [Fact]
    public void ANetworkThatIsShownImagesNormalisedForAnotherAnswersAsBefore()
    {
        using var scope = new Scope();
        using var network = Zoo.ResNet(8, 4, new ImageShape(3, 8, 8));
        network.Train(false);
        using var random = new Generator(3);
        var pixelsBCHW = Tensor.Randn([2, 3, 8, 8], random).Sigmoid();
        Normalization learned = new([0.5, 0.4, 0.3], [0.2, 0.3, 0.25]), shown = new([0.1, 0.2, 0.3], [1, 0.5, 0.4]);
        var before = network.Call(As(learned)).ToArray<float>();
        using var seeing = new RenormalisedNetwork(network, shown, learned);
        seeing.Train(false);
        Assert.All(seeing.Call(As(shown)).ToArray<float>().Zip(before), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
        Assert.Equal(network.Stages.Keys, seeing.Stages.Keys);
        Assert.Same(network.Head, seeing.Head);
        using var places = new Observed(seeing, ["stage*", "pooled"]);
        Assert.Equal(3, places.Answer(As(shown))[["stage*"]].Count);

        Tensor As(Normalization normalization) => Tensor.Cat([.. Enumerable.Range(0, 3).Select(c => (pixelsBCHW.Narrow(1, c, 1) - normalization.Mean[c]) / normalization.Std[c])], 1);
    }

    FitJob Job(IReadOnlyList<Term> terms) => new(student, [new(first) { Name = "first" }, new(second) { Name = "second" }], terms, data, Short);

    double[] Losses(IReadOnlyList<(Network Network, string Name)> teachers, Term term)
    {
        using var fresh = Zoo.PlainCnn(2, 4, Shape, seed: 9);
        return [.. Fit.Run(new FitJob(fresh, [.. teachers.Select(teacher => new Teacher(teacher.Network) { Name = teacher.Name })], [term], data, Short with { Epochs = 2 })).Epochs.Select(epoch => epoch.Loss)];
    }

    sealed class Attendance : IObjective
    {
        internal IReadOnlyList<string> Seen { get; private set; } = [];

        public bool TeachesTogether => true;

        public Tensor Loss(in Lesson lesson)
        {
            Seen = [.. lesson.Teachers.Select(teacher => $"{teacher.Known.Size(1)} {(teacher.Classes is { } some ? string.Join(',', some) : "all")}")];
            return lesson.Student.Logits.Square().Mean();
        }
    }
}
