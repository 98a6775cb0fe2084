using Limbeck.Data;
using Limbeck.Objectives;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Objectives;

/// <summary>What every objective of the catalog keeps to, with its default options, between two networks of the same shape.</summary>
public sealed class ConformanceTests : IDisposable
{
    const int Classes = 6;

    // Not a mean over samples: they relate the samples of a batch, or normalise over it.
    static readonly HashSet<string> betweenSamples =
    [
        "dist", // correlates each class over the batch
        "lp", // neighbours: two copies of a sample are each other's
        "pkt", // a sample is no neighbour of itself, but of its copy
        "rkd", // mean distance of pairs: copies add pairs at distance 0
        "sp", // rows of similarities are normalised: copies lengthen them
        "triplet-facenet", // copies add positives at distance 0
        "mlkd", // likeness of samples to each other; medians over the batch
        "amtml", // angles of triples: copies add some of 0
    ];

    // Not the same in any order: the reason stands beside each.
    static readonly HashSet<string> ordered =
    [
        "semckd", // attention reads rows of similarities, whose entries stand in the batch's order
        "mlkd", // draws a view of each image
        "bss", // draws a class for each image
    ];

    // Steep next to zero by their formula.
    static readonly HashSet<string> steep =
    [
        "ft", // a chain of batch norms, each of which multiplies tiny signals by up to 1/√ε = 316
    ];

    // Zero, and at its least, where the student says what the teacher says.
    static readonly HashSet<string> zeroAtEqual =
    [
        "soft-targets",
        "logit-regression",
        "dkd",
        "dist",
        "standardised-soft-targets",
        "at",
        "cat-kd",
        "simkd",
        "fsp",
        "rkd",
        "sp",
        "cc",
        "pkt",
        "kdsvd",
        "ickd",
        "nst",
        "cwd",
        "sdd",
        "ctkd",
        "averaged-teachers",
        "random-teacher",
        "ebkd",
        "aekd",
        "densely-guided",
    ];

    // Whose teachers must know all classes.
    static readonly HashSet<string> whole =
    [
        "densely-guided", // a chain of teachers and assistants, each of which learned what the student learns
    ];

    // Where others read teachers together: one of all classes, and two of some. Labels are 1 and 4.
    static readonly IReadOnlyList<int[]?> known = [null, [4, 2, 0], [1, 2, 3, 4]];

    readonly Module studentNetwork = Sample.ResNet8(1, Classes), teacherNetwork = Sample.ResNet8(2, Classes);

    readonly Module[] others = [Sample.ResNet8(3, 3), Sample.ResNet8(4, 4)];

    public static TheoryData<string> Kinds => [.. Catalog.All.Select(entry => entry.Kind)];

    public static TheoryData<string> Gentle => [.. Catalog.All.Select(entry => entry.Kind).Except(steep)];

    public static TheoryData<string> OrderFree => [.. Catalog.All.Select(entry => entry.Kind).Except(ordered)];

    public static TheoryData<string> MeansOverSamples => [.. Catalog.All.Select(entry => entry.Kind).Except(betweenSamples).Except(ordered)];

    public static TheoryData<string> ZeroAtEqual => [.. zeroAtEqual];

    public void Dispose()
    {
        studentNetwork.Dispose();
        teacherNetwork.Dispose();
        Array.ForEach(others, network => network.Dispose());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void IsFiniteAtExtremes(string kind)
    {
        foreach (var scale in new[] { 0.0, 1e-30, 1, 1e4 })
        {
            using var scope = new Scope();
            var (loss, gradients) = Evaluate(kind, scale, count: 4);
            Assert.True(double.IsFinite(loss), $"{kind} is {loss} at signals of ±{scale}");
            Assert.All(gradients, gradient => Assert.True(gradient.IsFinite().All(), $"{kind} has a gradient that is not finite at signals of ±{scale}"));
        }
    }

    // Dead features before a live teacher. A division by a length that is kept from 0 by a tiny bound would multiply their gradient by its inverse.
    [Theory, MemberData(nameof(Gentle))]
    public void HasNoSteepGradientNextToZero(string kind)
    {
        foreach (var (scale, teacherScale) in new[] { (0.0, 0.0), (1e-30, 1e-30), (0, 1), (1e-30, 1) })
        {
            using var scope = new Scope();
            var length = Math.Sqrt(Evaluate(kind, scale, count: 4, teacherScale: teacherScale).Gradients.Sum(gradient => gradient.Square().Sum().Item()));
            Assert.True(length < 1e6, $"{kind} has a gradient of length {length:g3} at signals of ±{scale} and a teacher's of ±{teacherScale}");
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void WorksOnABatchOfOne(string kind)
    {
        using var scope = new Scope();
        Assert.True(double.IsFinite(Evaluate(kind, 2, count: 1).Loss));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void WorksOnABatchOfOneClass(string kind)
    {
        using var scope = new Scope();
        var batch = Sample.Labelled(4, Classes) with { Labels = Tensor.From<long>([2, 2, 2, 2]) };
        var (loss, gradients) = Evaluate(kind, 2, count: 4, batch: batch);
        Assert.True(double.IsFinite(loss));
        Assert.All(gradients, gradient => Assert.True(gradient.IsFinite().All()));
    }

    [Theory, MemberData(nameof(OrderFree))]
    public void IsTheSameInAnyOrder(string kind)
    {
        using var scope = new Scope();
        Assert.Equal(Evaluate(kind, 2, count: 6).Loss, Evaluate(kind, 2, count: 6, order: [3, 1, 5, 0, 4, 2]).Loss, 1e-9);
    }

    [Theory, MemberData(nameof(MeansOverSamples))]
    public void IsAMeanOverTheBatch(string kind)
    {
        using var scope = new Scope();
        Assert.Equal(Evaluate(kind, 2, count: 6).Loss, Evaluate(kind, 2, count: 6, order: [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5]).Loss, 1e-9);
    }

    [Theory, MemberData(nameof(ZeroAtEqual))]
    public void IsZeroWhereStudentAndTeacherAgree(string kind)
    {
        using var scope = new Scope();
        var (loss, gradients) = Evaluate(kind, 2, count: 6, equal: true);
        Assert.Equal(0, loss, 1e-9);
        Assert.All(gradients, gradient => Assert.Equal(0, gradient.Norm().Item(), 1e-6));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void SaysWhetherItNeedsATeacher(string kind)
    {
        using var scope = new Scope();
        var objective = Make(kind);
        var student = Sample.Everywhere(new ReferenceStream(4), 2, 2, Classes, studentNetwork);
        if (objective.NeedsTeacher) Assert.Contains("teacher", Assert.Throws<InvalidOperationException>(() => Loss(default)).Message);
        else Assert.Equal(1, Loss(default).Count);

        Tensor Loss(Signals teacher)
        {
            using var random = new Generator(5);
            using var parts = Sample.Parts(objective, student, teacher);
            return objective.Loss(new Lesson(student, teacher, Sample.Labelled(2, Classes), parts, random));
        }
    }

    (double Loss, Tensor[] Gradients) Evaluate(string kind, double scale, int count, Batch? batch = null, long[]? order = null, bool equal = false, double? teacherScale = null)
    {
        var objective = Make(kind);
        var labelled = batch ?? Sample.Labelled(count, Classes);
        var leaves = new List<Tensor>();
        var student = Sample.Everywhere(new ReferenceStream(1), scale, count, Classes, studentNetwork, leaves);
        IReadOnlyList<Signals> teachers = [.. (!objective.TeachesTogether ? [null] : whole.Contains(kind) ? [null, null, null] : known).Select(Teacher)];
        if (order is not null) (student, teachers, labelled) = (Reordered(objective.StudentTaps, student), [.. teachers.Select(teacher => Reordered(objective.TeacherTaps, teacher))], InOrder(labelled));
        using var parts = Sample.Parts(objective, student, teachers);
        using var random = new Generator(5);
        var loss = objective.Loss(new Lesson(student, default, labelled, parts, random) { Teachers = teachers, Epoch = 1 });
        Assert.Equal(1, loss.Count);
        return (loss.Detach().Item(), [.. Grad.OfUsed([loss], [.. leaves]).OfType<Tensor>()]);

        Signals Teacher(int[]? some, int number)
        {
            var (stream, size, network) = equal ? (1, scale, studentNetwork) : (2 + number, teacherScale ?? scale, teacherNetwork);
            return Sample.Everywhere(new ReferenceStream((uint)stream), size, count, Classes, some is null ? network : others[number - 1], known: some);
        }

        Signals Reordered(IReadOnlyList<string> taps, Signals signals) => Sample.Signals(signals.Known.IndexSelect(0, Tensor.From<long>(order!)), signals.Network,
            [.. taps.Distinct().Select(tap => (tap, signals[[tap]].Select(tensor => tensor.IndexSelect(0, Tensor.From<long>(order!))).ToArray()))]) with { Classes = signals.Classes };

        Batch InOrder(Batch labels) => new(labels.Images.IndexSelect(0, Tensor.From<long>(order!)), labels.Labels.IndexSelect(0, Tensor.From<long>(order!)), Views.Plain(order!));
    }

    static IObjective Make(string kind) => Catalog.Find(kind).CreateDefault();
}
