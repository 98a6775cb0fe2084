using Limbeck.Objectives;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;
using static Limbeck.Tests.Objectives.Reference.PlainRows;

namespace Limbeck.Tests.Objectives;

public class TripletOkiTests
{
    [Theory]
    [InlineData(false, 5)]
    [InlineData(true, 0.5)]
    public void AgreesWithPlainLoops(bool normalised, double margin)
    {
        using var scope = new Scope();
        var (student, teacher) = Logits(7);
        var (s, t) = (Rows(student), Rows(teacher));
        var terms = new List<double>();
        for (var i = 0; i < 7; i++)
        {
            for (var j = 0; j < 7; j++)
            {
                if (((2 * i) + 1) % 3 != ((2 * j) + 1) % 3) terms.Add(Math.Max(0, Distance(t[i], s[i]) - Distance(t[i], s[j]) + margin));
            }
        }

        Assert.Equal(terms.Average(), Loss(new(margin, Normalised: normalised), student, teacher).Item(), 1e-12);

        double[][] Rows(Tensor logits) => [.. Of(logits).Select(row => normalised ? Direction(row) : row)];
    }

    // Logits of classes 2 and 0; labels 1, 0, 2, 1, 0, 2.
    [Fact]
    public void ATeacherOfSomeClassesIsNoAnchorForOthers()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(9);
        var (student, teacher) = (stream.Draw(6, 6, 3), stream.Draw(6, 6, 2));
        var (s, t) = (Of(student).Select(row => new[] { row[2], row[0] }).ToArray(), Of(teacher));
        var lesson = new Lesson(new Signals(student), new Signals(teacher) { Classes = [2, 0] }, Sample.Lesson(("logits", [student]), ("logits", [student])).Batch);
        var terms = from i in (int[])[1, 2, 4, 5] from j in Enumerable.Range(0, 6) where i % 3 != j % 3 select Math.Max(0, Distance(t[i], s[i]) - Distance(t[i], s[j]) + 5);
        Assert.Equal(terms.Average(), new TripletOki(new()).Loss(lesson).Item(), 1e-12);
    }

    [Fact]
    public void DifferencesConfirmBothOrders()
    {
        using var scope = new Scope();
        var (student, teacher) = Logits(4);
        GradientCheck.First(at => Loss(new(), at[0], teacher), student);
        GradientCheck.Second(at => Loss(new(), at[0], teacher), student);
    }

    // The student's own logits then lie at the distance 0, whose root has no gradient.
    [Fact]
    public void IsZeroWhereOthersAreFartherThanTheMargin()
    {
        using var scope = new Scope();
        var teacher = Tensor.Eye(3, DType.Float64) * 4;
        var student = teacher.Clone();
        student.RequiresGrad = true;
        var loss = Loss(new(), student, teacher);
        Assert.Equal(0, loss.Detach().Item());
        Assert.Equal(0, Grad.Of(loss, [student])[0].Norm().Item());
        Assert.Equal(6 - Math.Sqrt(32), Loss(new(Margin: 6), student, teacher).Detach().Item(), 1e-12);
    }

    [Fact]
    public void OneSampleHasNoNegative()
    {
        using var scope = new Scope();
        Assert.Equal(0, Loss(new(), Tensor.Ones([1, 3]), Tensor.Zeros([1, 3])).Item());
    }

    static (Tensor Student, Tensor Teacher) Logits(int batch)
    {
        var stream = new ReferenceStream(6);
        return (stream.Draw(6, batch, 3), stream.Draw(6, batch, 3));
    }

    static Tensor Loss(TripletOki.Options options, Tensor student, Tensor teacher) => new TripletOki(options).Loss(Sample.Lesson(("logits", [student]), ("logits", [teacher])));
}
