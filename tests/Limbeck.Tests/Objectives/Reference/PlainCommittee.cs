using Limbeck.Data;
using Limbeck.Objectives;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Objectives.Reference;

/// <summary>Several teachers of a batch, who may know only some of the classes, in plain loops over doubles: the oracle of <c>Committee</c> and of what is built on it.</summary>
sealed class PlainCommittee
{
    readonly IReadOnlyList<(double[][] Logits, int[] Classes)> teachers;

    internal PlainCommittee(Tensor studentBC, IReadOnlyList<Signals> teachers)
    {
        Batch = Sample.Labelled(studentBC.Size(0), studentBC.Size(1));
        Student = PlainLoops.Rows(studentBC);
        Labels = Batch.Labels.ToArray<long>();
        this.teachers = [.. teachers.Select(teacher => (PlainLoops.Rows(teacher.Known), (int[])[.. teacher.Classes ?? [.. Enumerable.Range(0, Student[0].Length)]]))];
    }

    /// <summary>Classes of four teachers, of five: all, the even ones in another order, the first three, two.</summary>
    internal static IReadOnlyList<int[]?> Mixed { get; } = [null, [4, 0, 2], [0, 1, 2], [2, 4]];

    /// <summary>Likewise without the first: nobody knows class 3.</summary>
    internal static IReadOnlyList<int[]?> Partial { get; } = [[4, 0, 2], [0, 1, 2], [2, 4]];

    internal Batch Batch { get; }

    internal double[][] Student { get; }

    internal long[] Labels { get; }

    /// <summary>Teachers of the given classes, whose logits are drawn from a stream.</summary>
    internal static IReadOnlyList<Signals> Draw(ReferenceStream stream, double scale, long batch, long classes, IReadOnlyList<int[]?> known) =>
        [.. known.Select(some => new Signals(stream.Draw(scale, batch, some?.Length ?? classes)) { Classes = some })];

    internal static Lesson Lesson(Tensor studentBC, IReadOnlyList<Signals> teachers, Generator? random = null) =>
        new(new Signals(studentBC), default, Sample.Labelled(studentBC.Size(0), studentBC.Size(1)), null, random) { Teachers = teachers };

    /// <summary>Who knows the label.</summary>
    internal int[] Counted(int b) => [.. Enumerable.Range(0, teachers.Count).Where(m => teachers[m].Classes.Contains((int)Labels[b]))];

    /// <summary>Classes that all know who know the label.</summary>
    internal int[] Common(int b) => [.. Enumerable.Range(0, Student[0].Length).Where(c => Counted(b).All(m => teachers[m].Classes.Contains(c)))];

    /// <summary>A teacher's softmax over some of the classes that it knows, by class.</summary>
    internal Dictionary<int, double> Probabilities(int b, int m, IReadOnlyList<int> over, double temperature = 1)
    {
        var (logits, classes) = teachers[m];
        return over.Zip(PlainLoops.Softmax([.. over.Select(c => logits[b][Array.IndexOf(classes, c)])], temperature)).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    internal double[] Answer(int b, IReadOnlyList<int> over, double temperature) => PlainLoops.Softmax([.. over.Select(c => Student[b][c])], temperature);

    internal double Divergence(int b, int m, double temperature)
    {
        var over = teachers[m].Classes;
        return temperature * temperature * PlainLoops.KullbackLeibler([.. Probabilities(b, m, over, temperature).Values], Answer(b, over, temperature));
    }

    /// <summary>Mean over the batch of Σ_m w_m D_m, weights by sample over those who know its label.</summary>
    internal double Loss(double temperature, Func<int, double[]> weights) =>
        Student.Select((_, b) => Counted(b).Zip(weights(b), (m, weight) => weight * Divergence(b, m, temperature)).Sum()).Average();

    /// <summary>What the committee says as one: probabilities by class.</summary>
    internal Dictionary<int, double> Opinion(int b, double[] weights, double temperature, bool geometric)
    {
        var (counted, common) = (Counted(b), Common(b));
        var ratios = counted.Select(m =>
        {
            var all = Probabilities(b, m, teachers[m].Classes, temperature);
            var onCommon = common.Sum(c => all[c]);
            return all.ToDictionary(pair => pair.Key, pair => pair.Value / onCommon);
        }).ToList();
        var values = ratios.SelectMany(ratio => ratio.Keys).Distinct().ToDictionary(c => c, c =>
        {
            var knowing = ratios.Zip(weights).Where(pair => pair.First.ContainsKey(c)).ToList();
            var mean = knowing.Sum(pair => pair.Second * (geometric ? Math.Log(pair.First[c]) : pair.First[c])) / knowing.Sum(pair => pair.Second);
            return geometric ? Math.Exp(mean) : mean;
        });
        return values.ToDictionary(pair => pair.Key, pair => pair.Value / values.Values.Sum());
    }

    /// <summary>T² KL from that to the student's softmax over the same classes, mean over the batch.</summary>
    internal double OpinionLoss(double temperature, bool geometric, Func<int, double[]> weights) => Student.Select((_, b) =>
    {
        var says = Opinion(b, weights(b), temperature, geometric);
        return temperature * temperature * PlainLoops.KullbackLeibler([.. says.Values], Answer(b, [.. says.Keys], temperature));
    }).Average();

    internal double[] Equal(int b) => [.. Counted(b).Select(_ => 1.0 / Counted(b).Length)];

    /// <summary>(1 − share) / (n − 1), or 1 for the only one.</summary>
    internal static double[] Complement(double[] shares) => shares.Length == 1 ? [1] : [.. shares.Select(share => (1 - share) / (shares.Length - 1))];
}
