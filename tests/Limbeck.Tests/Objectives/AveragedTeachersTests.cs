using Limbeck.Objectives;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;
using static Limbeck.Objectives.AveragedTeachers;

namespace Limbeck.Tests.Objectives;

public class AveragedTeachersTests
{
    [Theory]
    [InlineData(Averaging.Probabilities)]
    [InlineData(Averaging.Logits)]
    [InlineData(Averaging.Losses)]
    public void AgreesWithPlainLoops(Averaging average)
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(2);
        var student = stream.Draw(4, 7, 5);
        foreach (var known in new[] { PlainCommittee.Mixed, [null, null, null] })
        {
            var teachers = PlainCommittee.Draw(stream, 6, 7, 5, known);
            var plain = new PlainCommittee(student, teachers);
            var expected = average == Averaging.Losses ? plain.Loss(2.5, plain.Equal) : plain.OpinionLoss(2.5, average == Averaging.Logits, plain.Equal);
            Assert.Equal(expected, new AveragedTeachers(new(2.5, average)).Loss(PlainCommittee.Lesson(student, teachers)).Item(), 1e-10);
        }
    }

    [Fact]
    public void TeachersOfAllClassesAreAveragedAsTheyAre()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(3);
        var (student, first, second) = (stream.Draw(4, 3, 6), stream.Draw(4, 3, 6), stream.Draw(4, 3, 6));
        IReadOnlyList<Signals> both = [new(first), new(second)];
        Assert.Equal(Sample.Evaluate(new SoftTargets(new(2)), student, (first + second) / 2).Loss, Loss(Averaging.Logits), 1e-12);
        var mean = (((first / 2).Softmax(1) + (second / 2).Softmax(1)) / 2).Log() * 2;
        Assert.Equal(Sample.Evaluate(new SoftTargets(new(2)), student, mean).Loss, Loss(Averaging.Probabilities), 1e-12);

        double Loss(Averaging average) => new AveragedTeachers(new(2, average)).Loss(PlainCommittee.Lesson(student, both)).Item();
    }

    [Theory]
    [InlineData(Averaging.Probabilities)]
    [InlineData(Averaging.Logits)]
    [InlineData(Averaging.Losses)]
    public void DifferencesConfirmBothOrders(Averaging average)
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(4);
        var student = stream.Draw(2, 5, 5);
        var teachers = PlainCommittee.Draw(stream, 3, 5, 5, PlainCommittee.Partial);
        GradientCheck.First(Loss, student);
        GradientCheck.Second(Loss, student);

        Tensor Loss(Tensor[] at) => new AveragedTeachers(new(2, average)).Loss(PlainCommittee.Lesson(at[0], teachers));
    }
}
