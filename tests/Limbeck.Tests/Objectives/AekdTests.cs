using Limbeck.Objectives;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;

namespace Limbeck.Tests.Objectives;

public class AekdTests
{
    [Theory]
    [InlineData(0.6)]
    [InlineData(1)]
    public void AgreesWithPlainLoops(double tolerance)
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(2);
        var student = stream.Draw(4, 7, 5);
        foreach (var known in new[] { PlainCommittee.Mixed, PlainCommittee.Partial, [null, null, null] })
        {
            var teachers = PlainCommittee.Draw(stream, 6, 7, 5, known);
            var plain = new PlainCommittee(student, teachers);
            var (losses, slopes) = (new double[known.Count], new double[known.Count][]);
            for (var m = 0; m < known.Count; m++)
            {
                var (samples, over) = (Enumerable.Range(0, 7).Where(b => plain.Counted(b).Contains(m)).ToList(), known[m] ?? [0, 1, 2, 3, 4]);
                losses[m] = samples.Average(b => plain.Divergence(b, m, 3));
                slopes[m] = [.. Enumerable.Range(0, 5).Select(c => over.Contains(c) ? samples.Average(b => 3 * (plain.Answer(b, over, 3)[Array.IndexOf(over, c)] - plain.Probabilities(b, m, over, 3)[c])) : 0)];
            }

            var weights = LeastNorm.Weights(known.Count, (i, j) => PlainRows.Dot(slopes[i], slopes[j]), tolerance);
            Assert.Equal(weights.Zip(losses, (weight, loss) => weight * loss).Sum(), new Aekd(new(3, tolerance)).Loss(PlainCommittee.Lesson(student, teachers)).Item(), 1e-8);
        }
    }

    // At the least bound all weigh 1/M: the mean of losses.
    [Fact]
    public void WithoutToleranceItAverages()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(3);
        var student = stream.Draw(4, 6, 5);
        var teachers = PlainCommittee.Draw(stream, 6, 6, 5, [null, null, null, null]);
        var lesson = PlainCommittee.Lesson(student, teachers);
        Assert.Equal(new AveragedTeachers(new(Average: AveragedTeachers.Averaging.Losses)).Loss(lesson).Item(), new Aekd(new(Tolerance: 0.25)).Loss(lesson).Item(), 1e-12);
    }

    // The step down the mean gradient lowers the loss of every teacher, or leaves it: what the program is for.
    [Fact]
    public void TheDirectionSuitsEveryTeacher()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(4);
        for (var draw = 0; draw < 20; draw++)
        {
            var student = stream.Draw(4, 1, 6);
            var teachers = PlainCommittee.Draw(stream, 6, 1, 6, [null, null, null]);
            student.RequiresGrad = true;
            var down = Grad.Of(new Aekd(new(Tolerance: 1)).Loss(PlainCommittee.Lesson(student, teachers)), [student])[0];
            foreach (var teacher in teachers)
            {
                var own = Grad.Of(new SoftTargets(new()).Loss(new Lesson(new Signals(student), teacher, Sample.Labelled(1, 6))), [student])[0];
                Assert.True((down * own).Sum().Item() >= (down * down).Sum().Item() - 1e-7);
            }
        }
    }

    // The gradient passes through the losses and not through their weights.
    [Fact]
    public void WeightsAreNumbers()
    {
        using var scope = new Scope();
        var student = Tensor.From<double>([0.5, 0, -0.3], [1, 3]);
        student.RequiresGrad = true;
        IReadOnlyList<Signals> teachers = [new(Tensor.From<double>([3, 0, 0], [1, 3])), new(Tensor.From<double>([0, 4, 0], [1, 3]))];
        var losses = teachers.Select(teacher => new SoftTargets(new()).Loss(new Lesson(new Signals(student), teacher, Sample.Labelled(1, 3)))).ToArray();
        var loss = new Aekd(new(Tolerance: 1)).Loss(PlainCommittee.Lesson(student, teachers));
        var share = (loss.Item() - losses[1].Item()) / (losses[0].Item() - losses[1].Item());
        var expected = Grad.Of((share * losses[0]) + ((1 - share) * losses[1]), [student])[0];
        Assert.InRange(share, 0.1, 0.9);
        Assert.True(Grad.Of(loss, [student])[0].AllClose(expected, rtol: 0, atol: 1e-9));
    }

    // At a bound of 1/M no weight changes, and differences see only the losses.
    [Fact]
    public void DifferencesConfirmBothOrders()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(6);
        var student = stream.Draw(2, 5, 5);
        var teachers = PlainCommittee.Draw(stream, 3, 5, 5, [null, [4, 0, 2]]);
        GradientCheck.First(at => new Aekd(new(Tolerance: 0.5)).Loss(PlainCommittee.Lesson(at[0], teachers)), student);
        GradientCheck.Second(at => new Aekd(new(Tolerance: 0.5)).Loss(PlainCommittee.Lesson(at[0], teachers)), student);
    }

    [Fact]
    public void ATeacherWhoKnowsNoLabelOfTheBatchTakesNoPart()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(7);
        var student = stream.Draw(4, 2, 5); // labels 1 and 4
        var teachers = PlainCommittee.Draw(stream, 6, 2, 5, [null, [0, 2, 3]]);
        Assert.Equal(Sample.Evaluate(new SoftTargets(new()), student, teachers[0].Logits).Loss, new Aekd(new()).Loss(PlainCommittee.Lesson(student, teachers)).Item(), 1e-12);
        Assert.Equal(0, new Aekd(new()).Loss(PlainCommittee.Lesson(student, [teachers[1]])).Item());
    }

    [Fact]
    public void RefusesABoundThatIsTooLow()
    {
        using var scope = new Scope();
        using var random = new Generator(1);
        var teacher = new Signals(Tensor.Zeros([2, 5]));
        var setting = new Setting(teacher, default, 10, random) { Teachers = [teacher, teacher] };
        Assert.Null(new Aekd(new(Tolerance: 0.5)).MakeParts(setting));
        Assert.Contains("2 teachers that weigh at most 0.4 each cannot weigh 1 together", Assert.Throws<ArgumentException>(() => new Aekd(new(Tolerance: 0.4)).MakeParts(setting)).Message, StringComparison.Ordinal);
    }
}
