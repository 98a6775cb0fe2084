using Limbeck.Objectives;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;

namespace Limbeck.Tests.Objectives;

public sealed class CaMkdTests : IDisposable
{
    const int Batch = 7, Classes = 5;

    readonly Module[] networks = [Sample.ResNet8(1, Classes), Sample.ResNet8(2, Classes), Sample.ResNet8(3, 3), Sample.ResNet8(4, 3), Sample.ResNet8(5, 2)];

    public void Dispose() => Array.ForEach(networks, network => network.Dispose());

    [Fact]
    public void AnswersAgreeWithPlainLoops()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(2);
        var student = stream.Draw(4, Batch, Classes);
        foreach (var known in new[] { PlainCommittee.Mixed, PlainCommittee.Partial, [null, null, null] })
        {
            var teachers = PlainCommittee.Draw(stream, 6, Batch, Classes, known);
            var plain = new PlainCommittee(student, teachers);
            var expected = plain.Loss(3, b => PlainCommittee.Complement(PlainLoops.Softmax([.. plain.Counted(b).Select(m => -Math.Log(plain.Probabilities(b, m, plain.Common(b))[(int)plain.Labels[b]]))])));
            Assert.Equal(expected, new CaMkd(new(3, FeatureWeight: 0)).Loss(PlainCommittee.Lesson(student, teachers)).Item(), 1e-10);
        }
    }

    [Fact]
    public void MapsAgreeWithPlainLoops()
    {
        using var scope = new Scope();
        var (student, teachers) = Draw();
        var (full, bare) = (new CaMkd(new(FeatureWeight: 50)), new CaMkd(new(FeatureWeight: 0)));
        using var random = new Generator(7);
        using var parts = Parts(full, student, teachers, random);
        var connectors = Assert.IsType<PartList<Sequential>>(parts);

        var connected = teachers.Select((_, m) => PlainMaps.Of(student["stage*"])
            .Convolved(connectors[m].Parameters().First().Value, connectors[m].Parameters().ElementAt(1).Value).Normalised().Mapped((_, value) => Math.Max(0, value))).ToList();
        var heads = teachers.Select((teacher, m) => new Signals(Answers(connected[m], Classifier.Of(teacher))) { Classes = teacher.Classes }).ToList();
        var plain = new PlainCommittee(student.Logits, heads);
        var expected = Enumerable.Range(0, Batch).Average(b => plain.Counted(b).Zip(Weights(b), (m, weight) => weight * connected[m].Distance(PlainMaps.Of(teachers[m]["stage*"]), b)).Sum());
        Assert.Equal(50 * expected, (full.Loss(Lesson(student, teachers, parts)) - bare.Loss(Lesson(student, teachers, null))).Item(), 1e-8);

        double[] Weights(int b) => PlainCommittee.Complement(PlainLoops.Softmax([.. plain.Counted(b).Select(m => -Math.Log(plain.Probabilities(b, m, plain.Common(b))[(int)plain.Labels[b]]))]));

        static Tensor Answers(PlainMaps maps, Linear head)
        {
            var (weight, bias) = (PlainLoops.Rows(head.Weight), head.Bias!.Value.Detach().ToArray<double>());
            var pooled = PlainMaps.Of(Tensor.From<double>([.. maps.Pooled(1, 1).Entries().Select(entry => entry.Value)], [maps.B, maps.C, 1, 1]));
            return Tensor.From<double>([.. Enumerable.Range(0, maps.B).SelectMany(b => weight.Select((row, k) => bias[k] + row.Select((value, c) => value * pooled.Value(b, c, 0, 0)).Sum()))], [maps.B, weight.Length]);
        }
    }

    [Fact]
    public void WhoKnowsTheLabelBetterCountsMore()
    {
        using var scope = new Scope();
        Tensor[] logits = [.. new[] { 6.0, 0, -6 }.Select(label => Tensor.From<double>([0, label, 0, 0, 0], [1, 5]))]; // the label is 1
        var committee = Committee.Of(PlainCommittee.Lesson(logits[0], [.. logits.Select(one => new Signals(one))]));
        var weights = CaMkd.Weights(committee, committee.LogitsBMC).ToArray<double>();
        Assert.Equal(1, weights.Sum(), 1e-12);
        Assert.True(weights[0] > weights[1] && weights[1] > weights[2]);
        Assert.InRange(weights[2], 0, 0.01);
        Assert.True(weights[0] <= 0.5 + 1e-12); // (1 − share)/(M − 1): nobody counts for more than half among three
    }

    [Fact]
    public void DifferencesConfirmTheGradients()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(5);
        var student = stream.Draw(2, 5, 5);
        var teachers = PlainCommittee.Draw(stream, 3, 5, 5, PlainCommittee.Partial);
        GradientCheck.First(at => new CaMkd(new(FeatureWeight: 0)).Loss(PlainCommittee.Lesson(at[0], teachers)), student);
        GradientCheck.Second(at => new CaMkd(new(FeatureWeight: 0)).Loss(PlainCommittee.Lesson(at[0], teachers)), student);
    }

    // What is minimised is the distance, not the choice of teachers.
    [Fact]
    public void NoGradientPassesThroughTheWeights()
    {
        using var scope = new Scope();
        var (student, teachers) = Draw(only: 2);
        var objective = new CaMkd(new(FeatureWeight: 1));
        using var random = new Generator(7);
        using var parts = Parts(objective, student, teachers, random);
        var maps = student["stage*"];
        maps.RequiresGrad = true;
        var connectors = (PartList<Sequential>)parts;
        var distances = teachers.Select((teacher, m) => (connectors[m].Call(maps) - teacher["stage*"]).Square().Mean([1, 2, 3])).ToArray();
        var heads = Committee.Of(Lesson(student, teachers, parts)).Spread([.. teachers.Select((teacher, m) => Functional.Linear(connectors[m].Call(maps).Mean([2, 3]).Detach(), Classifier.Of(teacher).Weight, Classifier.Of(teacher).Bias!))]).Detach();
        var weights = CaMkd.Weights(Committee.Of(Lesson(student, teachers, parts)), heads);
        var expected = Grad.Of(Committee.Mean(Tensor.Stack(distances, 1), weights), [maps])[0];
        Assert.True(Grad.Of(objective.Loss(Lesson(student, teachers, parts)), [maps])[0].AllClose(expected, rtol: 0, atol: 1e-12));
    }

    [Fact]
    public void RefusesACommitteeOfOneAndMapsThatNoLastLayerReads()
    {
        using var scope = new Scope();
        using var random = new Generator(7);
        var (student, teachers) = Draw();
        Assert.Contains("ca-mkd weighs teachers against one another", Refusal(new CaMkd(new(FeatureWeight: 0)), [teachers[0]]), StringComparison.Ordinal);
        var narrow = Sample.Signals(teachers[1].Known, teachers[1].Network, ("stage*", [new ReferenceStream(1).Draw(1, 2, 8, 2, 2)]));
        Assert.Contains("ca-mkd with a feature-weight needs the maps that the classifier reads the mean of", Refusal(new CaMkd(new()), [teachers[0], narrow]), StringComparison.Ordinal);
        Assert.Empty(new CaMkd(new(FeatureWeight: 0)).TeacherTaps);

        string Refusal(CaMkd objective, IReadOnlyList<Signals> some) =>
            Assert.Throws<ArgumentException>(() => objective.MakeParts(new Setting(student, default, 10, random) { Teachers = some })).Message;
    }

    (Signals Student, IReadOnlyList<Signals> Teachers) Draw(int only = 4)
    {
        var stream = new ReferenceStream(9);
        return (One(networks[0], Classes), [.. PlainCommittee.Mixed.Take(only).Select((known, m) => One(networks[m + 1], known?.Length ?? Classes) with { Classes = known })]);

        Signals One(Module network, int classes) => Sample.Signals(stream.Draw(3, Batch, classes), network, ("stage*", [stream.Draw(2, Batch, 64, 2, 2)]));
    }

    static Module Parts(CaMkd objective, Signals student, IReadOnlyList<Signals> teachers, Generator random)
    {
        var parts = objective.MakeParts(new Setting(student, default, 10, random) { Teachers = teachers })!;
        parts.To(Device.Cpu, DType.Float64);
        return parts;
    }

    static Lesson Lesson(Signals student, IReadOnlyList<Signals> teachers, Module? parts) => new(student, default, Sample.Labelled(Batch, Classes), parts) { Teachers = teachers };
}
