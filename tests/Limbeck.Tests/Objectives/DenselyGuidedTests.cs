using Limbeck.Objectives;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Objectives;

public class DenselyGuidedTests
{
    [Theory]
    [InlineData(3, 7, 2.5, Reduction.BatchMean)]
    [InlineData(5, 3, 5, Reduction.ElementMean)]
    [InlineData(1, 2, 0.5, Reduction.BatchMean)]
    public void AgreesWithPlainLoops(int batch, int classes, double temperature, Reduction reduction)
    {
        using var scope = new Scope();
        var (student, teachers) = Networks(batch, classes, 3);
        var expected = teachers.Sum(teacher => Term(student, teacher, temperature)) / (reduction == Reduction.ElementMean ? classes : 1);
        Assert.Equal(expected, Loss(new(temperature, Drop: 0, reduction), student, teachers).Item(), 1e-10);
    }

    [Fact]
    public void OneTeacherIsSoftTargets()
    {
        using var scope = new Scope();
        var (student, teachers) = Networks(4, 5, 1);
        Assert.Equal(Sample.Evaluate(new SoftTargets(new(5)), student, teachers[0]).Loss, Loss(new(), student, teachers).Item(), 1e-12);
    }

    [Theory]
    [InlineData(4, 1, 3)]
    [InlineData(4, 3, 1)]
    [InlineData(4, 9, 1)]
    [InlineData(1, 1, 1)]
    public void SoManyAreLeftOutButNeverAll(int teachers, int drop, int kept)
    {
        using var scope = new Scope();
        using var random = new Generator(1);
        for (var step = 0; step < 20; step++) Assert.Equal(kept, Drawn(teachers, drop, random).Count(used => used));
    }

    [Fact]
    public void EachIsLeftOutAsOftenAsAnyOther()
    {
        using var scope = new Scope();
        using var random = new Generator(3);
        const int Steps = 2000;
        var used = new int[4];
        for (var step = 0; step < Steps; step++)
        {
            foreach (var (i, one) in Drawn(4, 1, random).Index()) used[i] += one ? 1 : 0;
        }

        // Five deviations of a binomial at 3/4.
        Assert.All(used, count => Assert.Equal(0.75 * Steps, count, 5 * Math.Sqrt(Steps * 0.75 * 0.25)));
    }

    [Fact]
    public void TheLessonsGeneratorDecidesWhoIsLeftOut()
    {
        using var scope = new Scope();
        var (student, teachers) = Networks(4, 5, 5);
        Assert.Equal(Losses(7), Losses(7));
        Assert.NotEqual(Losses(7), Losses(8));

        double[] Losses(long seed)
        {
            using var random = new Generator(seed);
            return [.. Enumerable.Range(0, 8).Select(_ => Loss(new(), student, teachers, random).Item())];
        }
    }

    [Fact]
    public void EqualUpToAConstantIsZero()
    {
        using var scope = new Scope();
        var (student, _) = Networks(4, 5, 1);
        Assert.Equal(0, Loss(new(), student, [student + 1, student - 2, student]).Item(), 1e-12);
    }

    [Fact]
    public void DifferencesConfirmBothOrders()
    {
        using var scope = new Scope();
        var (student, teachers) = Networks(3, 4, 3);
        Torch.Tests.GradientCheck.First(at => Loss(new(2), at[0], teachers), student);
        Torch.Tests.GradientCheck.Second(at => Loss(new(2), at[0], teachers), student);
    }

    // The gradient of each teacher's term is a row of its own: who was used shows in it.
    static IEnumerable<bool> Drawn(int count, int drop, Generator random)
    {
        using var scope = new Scope();
        var student = Tensor.Zeros([1, count + 1], DType.Float64);
        student.RequiresGrad = true;
        Tensor[] teachers = [.. Enumerable.Range(0, count).Select(i => Peak(i, count + 1))];
        var gradient = Grad.Of(Loss(new(1, drop), student, teachers, random), [student])[0].ToArray<double>();
        // A teacher that was used pulls its class up against the last one, which none of them knows.
        return [.. gradient[..count].Select(pull => pull < gradient[count] - 0.1)];
    }

    static Tensor Peak(int at, int classes) => Tensor.From<double>([.. Enumerable.Range(0, classes).Select(c => c == at ? 5.0 : 0)], [1, classes]);

    static double Term(Tensor student, Tensor teacher, double T) => PlainLoops.Rows(teacher).Zip(PlainLoops.Rows(student),
        (t, s) => T * T * PlainLoops.KullbackLeibler(PlainLoops.Softmax(t, T), PlainLoops.Softmax(s, T))).Average();

    static (Tensor Student, Tensor[] Teachers) Networks(int batch, int classes, int count)
    {
        var stream = new ReferenceStream(11);
        return (stream.Draw(6, batch, classes), [.. Enumerable.Range(0, count).Select(_ => stream.Draw(6, batch, classes))]);
    }

    static Tensor Loss(DenselyGuided.Options options, Tensor student, Tensor[] teachers, Generator? random = null)
    {
        using var own = new Generator(5);
        var signals = teachers.Select(teacher => new Signals(teacher)).ToArray();
        var lesson = new Lesson(new Signals(student), signals[0], Sample.Labelled(student.Size(0), student.Size(1)), random: random ?? own) { Teachers = signals };
        return new DenselyGuided(options).Loss(lesson);
    }
}
