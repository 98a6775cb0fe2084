using Limbeck.Objectives;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;
using static Limbeck.Tests.Objectives.Reference.PlainRows;

namespace Limbeck.Tests.Objectives;

public class AmtmlTests
{
    const int Batch = 6, Classes = 5;

    static readonly IReadOnlyList<int[]?> known = [null, [4, 0, 2], [0, 1, 2]];

    [Fact]
    public void AgreesWithPlainLoops()
    {
        using var scope = new Scope();
        foreach (var committee in new[] { known, [[4, 0, 2], [0, 1, 2]] })
        {
            var (student, teachers) = Draw(committee);
            var objective = new Amtml(new(Temperature: 3, Angle: 0.7, Hint: 0.4, Penalty: 0.2));
            using var parts = Parts(objective, student, teachers);
            var (theta, w) = (PlainLoops.Rows(parts.State().Single(entry => entry.Key == "theta").Value), parts.State().Single(entry => entry.Key == "w").Value.ToArray<double>());
            var plain = new PlainCommittee(student.Logits, teachers);

            var soft = plain.OpinionLoss(3, geometric: false, Weights);
            var penalty = theta.Sum(row => Dot(row, row)) + Dot(w, w);
            var hints = teachers.Select((teacher, m) => Enumerable.Range(0, Batch).Average(b => plain.Counted(b).Contains(m) ? Hint(b, m, teacher) : 0)).Sum();
            Assert.Equal(soft + (0.7 * Angles()) + (0.4 * hints) + (0.2 * penalty), objective.Loss(Lesson(student, teachers, parts, epoch: 79.9)).Item(), 1e-9);
            Assert.Equal(soft + (0.7 * Angles()), objective.Loss(Lesson(student, teachers, parts, epoch: 80)).Item(), 1e-9);

            double[] Weights(int b)
            {
                var last = PlainMaps.Of(student[["stage*"]][^1]);
                var most = Enumerable.Range(0, last.C).Select(c => last.Entries().Where(entry => entry.B == b && entry.C == c).Max(entry => entry.Value)).ToArray();
                return PlainLoops.Softmax([.. plain.Counted(b).Select(m => w.Select((value, d) => value * theta[m][d] * most[d]).Sum())]);
            }

            // Three stages: one for each of three teachers; of two the first has one and the second two.
            double Hint(int b, int m, Signals teacher) => (teachers.Count == 3 ? (int[])[m] : m == 0 ? [0] : [1, 2]).Select((stage, k) =>
            {
                var regressor = PlainLoops.Rows(parts.State().Single(entry => entry.Key == $"regressor{m}_{k}.weight").Value);
                var (own, taught) = (PlainMaps.Of(student[["stage*"]][stage]), PlainMaps.Of(teacher[["stage*"]][stage]));
                return Enumerable.Range(0, own.H * own.W).Average(place =>
                {
                    var (s, t) = (Direction(At(own, place)), Direction(At(taught, place)));
                    return regressor.Select((row, c) => Math.Pow(Dot(row, s) - t[c], 2)).Average();
                });

                double[] At(PlainMaps maps, int place) => [.. Enumerable.Range(0, maps.C).Select(c => maps.Value(b, c, place / maps.W, place % maps.W))];
            }).Sum();

            double Angles()
            {
                int[] taught = [.. Enumerable.Range(0, Batch).Where(b => plain.Counted(b).Length > 0)];
                var target = taught.Select(b => plain.Opinion(b, Weights(b), 3, geometric: false)).ToArray();
                var own = taught.Select((b, n) => target[n].Keys.Zip(plain.Answer(b, [.. target[n].Keys], 3)).ToDictionary(pair => pair.First, pair => pair.Second)).ToArray();
                var (t, s) = (target.Select(Row).ToArray(), own.Select(Row).ToArray());
                return (from i in Enumerable.Range(0, taught.Length) from j in Enumerable.Range(0, taught.Length) from k in Enumerable.Range(0, taught.Length) select SmoothL1(Angle(s, i, j, k) - Angle(t, i, j, k))).Average();
            }
        }

        static double[] Row(Dictionary<int, double> probabilities) => [.. Enumerable.Range(0, Classes).Select(c => probabilities.GetValueOrDefault(c))];

        static double Angle(double[][] rows, int corner, int first, int second)
        {
            double[] To(int other) => [.. rows[other].Zip(rows[corner], (a, b) => a - b)];
            return corner == first || corner == second ? 0 : Cosine(To(first), To(second));
        }
    }

    [Fact]
    public void WithoutLatentVectorsAllCountEqually()
    {
        using var scope = new Scope();
        var (student, teachers) = Draw(known);
        var objective = new Amtml(new(Temperature: 4, Angle: 0, Hint: 0));
        using var parts = Parts(objective, student, teachers);
        foreach (var parameter in parts.Parameters()) parameter.Assign(parameter.Value.ZerosLike());
        var averaged = new AveragedTeachers(new(4)).Loss(PlainCommittee.Lesson(student.Logits, teachers)).Item();
        Assert.Equal(averaged, objective.Loss(Lesson(student, teachers, parts, epoch: 0)).Item(), 1e-12);
    }

    [Fact]
    public void OneTeacherOfAllClassesIsSoftTargets()
    {
        using var scope = new Scope();
        var (student, teachers) = Draw([null]);
        var objective = new Amtml(new(Temperature: 4, Angle: 0, Hint: 0, Penalty: 0));
        using var parts = Parts(objective, student, teachers);
        Assert.Equal(Sample.Evaluate(new SoftTargets(new()), student.Logits, teachers[0].Logits).Loss, objective.Loss(Lesson(student, teachers, parts, epoch: 0)).Item(), 1e-12);
    }

    [Fact]
    public void LearnsWeightsFirstAndLeavesThemThen()
    {
        using var scope = new Scope();
        var (student, teachers) = Draw(known);
        student.Logits.RequiresGrad = true;
        var objective = new Amtml(new(AdapterEpochs: 2));
        using var parts = Parts(objective, student, teachers);
        Tensor[] leaves = [.. parts.Parameters().Select(parameter => parameter.Value), student.Logits];
        Assert.All(parts.NamedParameters().Where(entry => entry.Path is "theta" or "w"), entry => Assert.False(entry.Value.Decays));
        Assert.All(Grad.OfUsed([objective.Loss(Lesson(student, teachers, parts, epoch: 1.9))], leaves), Assert.NotNull);
        Assert.All(Grad.OfUsed([objective.Loss(Lesson(student, teachers, parts, epoch: 2))], leaves)[..^1], Assert.Null);
        Assert.NotNull(Grad.OfUsed([objective.Loss(Lesson(student, teachers, parts, epoch: 2))], leaves)[^1]);
    }

    [Fact]
    public void DifferencesConfirmTheGradientsOfStudentAndParts()
    {
        using var scope = new Scope();
        var (student, teachers) = Draw(known);
        var objective = new Amtml(new(Temperature: 2));
        using var whole = new Whole(Parts(objective, student, teachers), (parts, last) =>
            objective.Loss(Lesson(Sample.Signals(student.Logits, null, ("stage*", [.. student[["stage*"]].Take(2), last])), teachers, parts, epoch: 0)));
        var flat = new FlatParameters(whole);
        using var start = flat.Gather();
        GradientCheck.First(at => flat.Call(at[0], at[1]), start, student[["stage*"]][^1]);
        GradientCheck.First(at => objective.Loss(Lesson(Sample.Signals(at[0], null, ("stage*", [.. student[["stage*"]]])), teachers, whole.Parts, epoch: 0)), student.Logits);
        GradientCheck.First(at => objective.Loss(Lesson(Sample.Signals(at[0], null, ("stage*", [.. student[["stage*"]]])), teachers, whole.Parts, epoch: 90)), student.Logits);
    }

    static (Signals Student, IReadOnlyList<Signals> Teachers) Draw(IReadOnlyList<int[]?> committee)
    {
        var stream = new ReferenceStream(9);
        return (One(Classes, 3), [.. committee.Select((some, m) => One(some?.Length ?? Classes, 2 + m) with { Classes = some })]);

        Signals One(int classes, int width) => Sample.Signals(stream.Draw(3, Batch, classes), null,
            ("stage*", [stream.Draw(2, Batch, width, 4, 4), stream.Draw(2, Batch, width + 1, 2, 2), stream.Draw(2, Batch, width + 2, 1, 1)]));
    }

    static Module Parts(Amtml objective, Signals student, IReadOnlyList<Signals> teachers)
    {
        using var random = new Generator(7);
        var parts = objective.MakeParts(new Setting(student, default, 10, random) { Teachers = teachers });
        parts.To(Device.Cpu, DType.Float64);
        return parts;
    }

    static Lesson Lesson(Signals student, IReadOnlyList<Signals> teachers, Module parts, double epoch) =>
        new(student, default, Sample.Labelled(Batch, Classes), parts) { Teachers = teachers, Epoch = epoch };

    // The loss as a function of the parts' parameters too.
    sealed class Whole : Module
    {
        readonly Func<Module, Tensor, Tensor> loss;

        internal Whole(Module parts, Func<Module, Tensor, Tensor> loss) => (Parts, this.loss) = (Add("parts", parts), loss);

        internal Module Parts { get; }

        protected override Tensor Forward(Tensor input) => loss(Parts, input);
    }
}
