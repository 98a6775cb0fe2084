using Limbeck.Data;
using Limbeck.Models;
using Limbeck.Objectives;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Objectives;

/// <summary>Evaluates objectives on given signals, in float64.</summary>
static class Sample
{
    /// <summary>Labels (3 i + 1) mod C, the reference values' own.</summary>
    internal static Batch Labelled(long count, long classes) =>
        new(Tensor.Zeros([count, 3, 8, 8], DType.Float64), Tensor.From<long>([.. Enumerable.Range(0, (int)count).Select(i => ((3L * i) + 1) % classes)]),
            Views.Plain([.. Enumerable.Range(0, (int)count).Select(i => (long)i)]));

    /// <summary>Signals of named places; a pattern's name takes several tensors.</summary>
    internal static Signals Signals(Tensor logitsBC, Module? network = null, params (string Tap, Tensor[] Tensors)[] tapped) =>
        new(logitsBC, tapped.ToDictionary(place => place.Tap, IReadOnlyList<Tensor> (place) => place.Tensors, StringComparer.Ordinal), network);

    /// <summary>A lesson of one tap in each network, which also passes for its logits, with labels (2 i + 1) mod 3.</summary>
    internal static Lesson Lesson((string Tap, Tensor[] Tensors) student, (string Tap, Tensor[] Tensors) teacher, Module? parts = null)
    {
        var count = student.Tensors[0].Size(0);
        var labels = Tensor.From<long>([.. Enumerable.Range(0, (int)count).Select(i => ((2L * i) + 1) % 3)]);
        return new(Signals(student.Tensors[0], null, student), Signals(teacher.Tensors[0], null, teacher), Labelled(count, 3) with { Labels = labels }, parts);
    }

    /// <summary>Signals with every stage that a ResNet-8 names, drawn from a stream: maps of 16@8, 16@8, 32@4 and 64@2 before and behind their ReLU, a vector of 64, logits. What is drawn becomes a leaf of the graph where a list for them is given. A teacher of some known classes gives their logits.</summary>
    internal static Signals Everywhere(ReferenceStream stream, double scale, long count, long classes, Module network, List<Tensor>? leaves = null, int[]? known = null)
    {
        long[][] shapes = [[count, 16, 8, 8], [count, 16, 8, 8], [count, 32, 4, 4], [count, 64, 2, 2]];
        var before = Array.ConvertAll(shapes, shape => Leaf(stream.Draw(scale, shape)));
        var behind = Array.ConvertAll(before, maps => maps.Relu());
        var (pooled, logits) = (Leaf(stream.Draw(scale, count, 64)), Leaf(stream.Draw(scale, count, classes)));
        return Signals(known is null ? logits : logits.IndexSelect(1, Tensor.From<long>([.. known.Select(one => (long)one)])), network,
        [
            ("stem", [behind[0]]), ("stem.pre", [before[0]]), ("pooled", [pooled]), ("projected", [behind[3]]), ("stage*", behind[1..]), ("stage*.pre", before[1..]),
            .. Enumerable.Range(1, 3).SelectMany(stage => new (string, Tensor[])[] { ($"stage{stage}", [behind[stage]]), ($"stage{stage}.pre", [before[stage]]) }),
        ]) with { Classes = known };

        Tensor Leaf(Tensor drawn)
        {
            if (leaves is null) return drawn;
            drawn.RequiresGrad = true;
            leaves.Add(drawn);
            return drawn;
        }
    }

    /// <summary>The network whose places <see cref="Everywhere"/> draws, in float64.</summary>
    internal static Network ResNet8(int seed, int classes)
    {
        var network = Zoo.ResNet(8, classes, new ImageShape(3, 8, 8), seed);
        network.To(Device.Cpu, DType.Float64);
        return network;
    }

    /// <summary>What an objective makes for these signals, in float64, with the same numbers each time.</summary>
    internal static Module? Parts(IObjective objective, Signals student, Signals teacher, int samples = 64) => Parts(objective, student, teacher.Exist ? [teacher] : [], samples);

    /// <inheritdoc cref="Parts(IObjective, Signals, Signals, int)"/>
    internal static Module? Parts(IObjective objective, Signals student, IReadOnlyList<Signals> teachers, int samples = 64)
    {
        using var random = new Generator(7);
        var parts = objective.MakeParts(new Setting(student, teachers is [var first, ..] ? first : default, samples, random)
        {
            Teachers = teachers,
            Labels = [.. Enumerable.Range(0, samples).Select(i => ((3 * i) + 1) % (int)student.Logits.Size(1))],
            Batch = 16,
            Input = new ImageShape(3, 8, 8),
        });
        parts?.To(Device.Cpu, DType.Float64);
        return parts;
    }

    /// <summary>Loss, and gradient with respect to the student's logits.</summary>
    internal static (double Loss, double[] Gradient) Evaluate(IObjective objective, Tensor studentBC, Tensor teacherBC, Batch? batch = null)
    {
        using var scope = new Scope();
        var leaf = studentBC.Detach().Clone();
        leaf.RequiresGrad = true;
        var loss = objective.Loss(new Lesson(new Signals(leaf), new Signals(teacherBC), batch ?? Labelled(leaf.Size(0), leaf.Size(1))));
        return (loss.Detach().Item(), Grad.Of(loss, [leaf])[0].ToArray<double>());
    }

    /// <summary>Logits of a student and of a teacher, B×C each.</summary>
    internal static (Tensor Student, Tensor Teacher) Logits(uint seed, double scale, int batch, int classes)
    {
        var stream = new ReferenceStream(seed);
        return (stream.Draw(scale, batch, classes), stream.Draw(scale, batch, classes));
    }

    /// <summary>Differences confirm the gradient with respect to the student's logits, and the gradient of that.</summary>
    internal static void CheckGradients(IObjective objective, Tensor studentBC, Tensor teacherBC, bool second = true)
    {
        var batch = Labelled(studentBC.Size(0), studentBC.Size(1));
        Torch.Tests.GradientCheck.First(Loss, studentBC);
        if (second) Torch.Tests.GradientCheck.Second(Loss, studentBC);

        Tensor Loss(Tensor[] at) => objective.Loss(new Lesson(new Signals(at[0]), new Signals(teacherBC), batch));
    }
}
