using Limbeck.Objectives;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;
using static Limbeck.Tests.Objectives.Reference.PlainRows;

namespace Limbeck.Tests.Objectives;

public class TripletGeorgescuTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AgreesWithPlainLoops(bool normalised)
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(6);
        var (student, teacher) = (stream.Draw(1, 6, 4), stream.Draw(1, 6, 4));
        var (s, t) = (Rows(student), Rows(teacher));
        var terms = new List<double>();
        for (var a = 0; a < 6; a++)
        {
            for (var p = 0; p < 6; p++)
            {
                for (var n = 0; n < 6; n++)
                {
                    if (a % 3 == p % 3 && a % 3 != n % 3) terms.Add(Math.Max(0, Square(s[a], t[p]) - Square(s[a], s[n]) + 0.2));
                }
            }
        }

        Assert.Equal(terms.Average(), Loss(new(Normalised: normalised), student, teacher).Item(), 1e-12);

        double[][] Rows(Tensor embeddings) => [.. Of(embeddings).Select(row => normalised ? Direction(row) : row)];
    }

    // Labels 1, 0, 2, 1, 0, 2.
    [Fact]
    public void ATeacherOfSomeClassesGivesPositivesOfThose()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(8);
        var (student, teacher) = (stream.Draw(1, 6, 4), stream.Draw(1, 6, 4));
        var (s, t) = (Of(student), Of(teacher));
        var whole = Sample.Lesson(("pooled", [student]), ("pooled", [teacher]));
        var lesson = new Lesson(whole.Student, whole.Teacher with { Classes = [2, 0] }, whole.Batch);
        var terms = from a in (int[])[1, 2, 4, 5]
                    from p in Enumerable.Range(0, 6)
                    where a % 3 == p % 3
                    from n in Enumerable.Range(0, 6)
                    where a % 3 != n % 3
                    select Math.Max(0, Square(s[a], t[p]) - Square(s[a], s[n]) + 0.2);
        Assert.Equal(terms.Average(), new TripletGeorgescu(new()).Loss(lesson).Item(), 1e-12);
    }

    [Fact]
    public void AConnectorJoinsUnequalWidthsAndLearns()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(7);
        var (student, teacher) = (stream.Draw(1, 4, 3), stream.Draw(1, 4, 5));
        var lesson = Sample.Lesson(("pooled", [student]), ("pooled", [teacher]));
        using var parts = Assert.IsType<Linear>(Sample.Parts(new TripletGeorgescu(new()), lesson.Student, lesson.Teacher));
        GradientCheck.First(at => Loss(new(), at[0], teacher, parts), student);
        GradientCheck.Second(at => Loss(new(), at[0], teacher, parts), student);
        Assert.NotEqual(0, Grad.Of(Loss(new(), student, teacher, parts), [parts.Weight.Value])[0].Norm().Item());
        Assert.Null(Sample.Parts(new TripletGeorgescu(new()), lesson.Student, lesson.Student));
    }

    static Tensor Loss(TripletGeorgescu.Options options, Tensor student, Tensor teacher, Module? parts = null) =>
        new TripletGeorgescu(options).Loss(Sample.Lesson(("pooled", [student]), ("pooled", [teacher]), parts));
}
