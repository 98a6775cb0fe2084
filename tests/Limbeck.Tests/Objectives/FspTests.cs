using Limbeck.Objectives;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;

namespace Limbeck.Tests.Objectives;

public class FspTests
{
    [Theory]
    [InlineData("max_sum", FspPooling.Max, FspScale.Sum)]
    [InlineData("max_mean", FspPooling.Max, FspScale.Mean)]
    [InlineData("avg_sum", FspPooling.Average, FspScale.Sum)]
    [InlineData("avg_mean", FspPooling.Average, FspScale.Mean)]
    public void AgreesWithReferenceValues(string value, FspPooling pooling, FspScale scale)
    {
        using var scope = new Scope();
        ReferenceCase.Of("fsp").Check(value, inputs => Loss(new(pooling, scale), [inputs["f1_s"], inputs["f2_s"]], [inputs["f1_t"], inputs["f2_t"]]));
    }

    [Theory]
    [InlineData("max_G_s_sample0_row0", "s", FspPooling.Max)]
    [InlineData("max_G_t_sample0_row0", "t", FspPooling.Max)]
    [InlineData("avg_G_s_sample0_row0", "s", FspPooling.Average)]
    [InlineData("avg_G_t_sample0_row0", "t", FspPooling.Average)]
    public void TheMatrixAgreesWithReferenceValues(string value, string network, FspPooling pooling)
    {
        using var scope = new Scope();
        var known = ReferenceCase.Of("fsp");
        var row = Fsp.Matrix(known.Inputs[$"f1_{network}"], known.Inputs[$"f2_{network}"], pooling).Select(0, 0).Select(0, 0).ToArray<double>();
        Assert.All(row.Zip(known.Value(value).EnumerateArray()), pair => Assert.Equal(pair.Second.GetDouble(), pair.First, 1e-12));
    }

    [Fact]
    public void SectionsAddUp()
    {
        using var scope = new Scope();
        var inputs = new ToolkitInputs();
        ToolkitInputs.Check(931.1844208499801, [2.030596696526779, 28.27352370032446, 63.90846092804013], at => Loss(new(), at, inputs.Teacher), inputs.Student);
    }

    // Sizes that no window divides, each network its own; the teacher has one place more than the student.
    [Fact]
    public void AgreesWithPlainLoops()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(3);
        Tensor[] student = [stream.Draw(2, 2, 3, 7, 5), stream.Draw(2, 2, 4, 3, 2)];
        Tensor[] teacher = [stream.Draw(2, 2, 5, 6, 6), stream.Draw(2, 2, 3, 5, 5), stream.Draw(2, 2, 4, 2, 3)];
        var expected = 0.0;
        for (var b = 0; b < 2; b++)
        {
            var (s, t) = (Flow(student[0], student[1], b), Flow(teacher[1], teacher[2], b));
            foreach (var (i, j) in Enumerable.Range(0, 3).SelectMany(i => Enumerable.Range(0, 4).Select(j => (i, j)))) expected += Math.Pow(s[i, j] - t[i, j], 2) / 2;
        }

        Assert.Equal(expected, Loss(new(), student, teacher).Item(), 1e-10);
    }

    [Fact]
    public void DifferencesConfirmBothOrders()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(4);
        Tensor[] student = [stream.Draw(1, 1, 2, 3, 2), stream.Draw(1, 1, 2, 2, 1)], teacher = [stream.Draw(1, 1, 2, 3, 3), stream.Draw(1, 1, 2, 3, 3)];
        GradientCheck.First(at => Loss(new(), at, teacher), student);
        GradientCheck.Second(at => Loss(new(), at, teacher), student);
    }

    [Fact]
    public void OnesFlowAsOnesAndChannelsKeepTheirPlace()
    {
        using var scope = new Scope();
        Assert.All(Fsp.Matrix(Tensor.Ones([2, 3, 4, 4]), Tensor.Ones([2, 5, 2, 2])).ToArray<float>(), entry => Assert.Equal(1, entry));
        var stream = new ReferenceStream(5);
        var (first, second, order) = (stream.Draw(1, 2, 3, 4, 4), stream.Draw(1, 2, 5, 2, 2), Tensor.From<long>([2, 0, 1]));
        Assert.True(Fsp.Matrix(first.IndexSelect(1, order), second).AllClose(Fsp.Matrix(first, second).IndexSelect(1, order)));
    }

    // What the paper says of its shuffled matrices: they are those of a teacher with other channel numbers.
    [Fact]
    public void ShuffledIsPlainWithTheTeachersChannelsInAnotherOrder()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(6);
        Tensor[] student = [stream.Draw(2, 2, 4, 5, 5), stream.Draw(2, 2, 4, 5, 5), stream.Draw(2, 2, 6, 3, 3)];
        Tensor[] teacher = [stream.Draw(2, 2, 4, 5, 5), stream.Draw(2, 2, 4, 5, 5), stream.Draw(2, 2, 6, 3, 3)];
        var (objective, lesson) = (new Fsp(new(Shuffle: true, StudentTaps: ["stage*"], TeacherTaps: ["stage*"])), Sample.Lesson(("stage*", student), ("stage*", teacher)));
        using var orders = (ChannelOrders)Sample.Parts(objective, lesson.Student, lesson.Teacher)!;
        Assert.NotEqual([0, 1, 2, 3], orders[4].ToArray<long>());
        Assert.Equal([0, 1, 2, 3, 4, 5], orders[6].ToArray<long>().Order());

        Tensor[] renumbered = [.. teacher.Select(maps => maps.IndexSelect(1, orders[maps.Size(1)]))];
        var shuffled = objective.Loss(Sample.Lesson(("stage*", student), ("stage*", teacher), orders)).Item();
        Assert.Equal(Loss(new(), student, renumbered).Item(), shuffled, 1e-10);
        Assert.NotEqual(Loss(new(), student, teacher).Item(), shuffled, 1e-3);
    }

    [Fact]
    public void EachSeedShufflesInItsOwnOrder()
    {
        using var scope = new Scope();
        Assert.Equal(Order(3), Order(3));
        Assert.NotEqual(Order(3), Order(4));

        static long[] Order(int seed)
        {
            using var random = new Generator(seed);
            using var orders = new ChannelOrders([16, 16, 32], random);
            return [.. orders[16].ToArray<long>(), .. orders[32].ToArray<long>()];
        }
    }

    [Fact]
    public void UnequalChannelsAreRefusedWithAWayOut()
    {
        using var scope = new Scope();
        Tensor[] student = [Tensor.Zeros([2, 3, 4, 4]), Tensor.Zeros([2, 4, 2, 2])], teacher = [Tensor.Zeros([2, 3, 4, 4]), Tensor.Zeros([2, 8, 2, 2])];
        var message = Assert.Throws<ArgumentException>(() => Loss(new(), student, teacher)).Message;
        Assert.Contains("[2, 4, 2, 2]", message);
        Assert.Contains("[2, 8, 2, 2]", message);
        Assert.Contains("'stage2'", message);
        Assert.Contains("student-taps", message);
        Assert.Contains("two places", Assert.Throws<ArgumentException>(() => Loss(new(), student[..1], teacher[..1])).Message);
    }

    static Tensor Loss(Fsp.Options options, Tensor[] student, Tensor[] teacher) =>
        new Fsp(options with { StudentTaps = ["stage*"], TeacherTaps = ["stage*"] }).Loss(Sample.Lesson(("stage*", student), ("stage*", teacher)));

    static double[,] Flow(Tensor first, Tensor second, int sample)
    {
        int height = (int)second.Size(2), width = (int)second.Size(3);
        var flow = new double[first.Size(1), second.Size(1)];
        for (var i = 0; i < first.Size(1); i++)
        {
            for (var j = 0; j < second.Size(1); j++)
            {
                for (var y = 0; y < height; y++)
                {
                    for (var x = 0; x < width; x++) flow[i, j] += Largest(first, sample, i, y, height, x, width) * At(second, sample, j, y, x) / (height * width);
                }
            }
        }

        return flow;
    }

    // Windows of adaptive pooling: from ⌊i n/m⌋ to before ⌈(i + 1) n/m⌉.
    static double Largest(Tensor maps, int sample, int channel, int y, int height, int x, int width)
    {
        int h = (int)maps.Size(2), w = (int)maps.Size(3);
        var largest = double.NegativeInfinity;
        for (var row = y * h / height; row * height < (y + 1) * h; row++)
        {
            for (var column = x * w / width; column * width < (x + 1) * w; column++) largest = Math.Max(largest, At(maps, sample, channel, row, column));
        }

        return largest;
    }

    static double At(Tensor maps, int sample, int channel, int row, int column) => maps.Select(0, sample).Select(0, channel).Select(0, row).Select(0, column).Item();
}
