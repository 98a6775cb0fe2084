using Limbeck.Data;
using Limbeck.Models;
using Limbeck.Objectives;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;
using Limbeck.Training;

namespace Limbeck.Tests.Objectives;

public class LayerAlignmentTests
{
    [Fact]
    public void AgreesWithPlainLoopsBetweenMapsAndVectors()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(301);
        Tensor[] student = [stream.Draw(2, 3, 2, 3, 2), stream.Draw(2, 3, 4)], teacher = [stream.Draw(2, 3, 3, 3, 2), stream.Draw(2, 3, 5)];
        double[][] lambda = [[3, 0.5], [1, 1.5]];
        var options = new LayerAlignment.Options(LayerCoefficients.Given, Lambda: lambda);
        using var parts = Parts(options, student, teacher);
        var known = parts.State().ToDictionary(entry => entry.Key, entry => entry.Value);
        var (mean, sum) = (0.0, 0.0);
        for (var i = 0; i < 2; i++)
        {
            for (var j = 0; j < 2; j++)
            {
                var alpha = known[$"{i}_{j}.alpha"];
                alpha.Detach().CopyFrom(stream.Draw(3, alpha.Count));
                var variances = alpha.Detach().ToArray<double>().Select(value => Math.Log(1 + Math.Exp(value)) + 1e-5).ToArray();
                var (target, predicted) = (PlainRows.Of(teacher[i]), Mean($"{i}_{j}.mean.", student[j], teacher[i]));
                var entries = target[0].Length / variances.Length;
                var surprises = target.SelectMany((row, b) => row.Select((t, n) => (Math.Log(variances[n / entries]) + (Math.Pow(t - predicted[b][n], 2) / variances[n / entries])) / 2)).ToList();
                var weight = lambda[i][j] / (lambda[0][j] + lambda[1][j]);
                (mean, sum) = (mean + (weight * surprises.Average()), sum + (weight * surprises.Sum() / 3));
            }
        }

        Assert.Equal(mean, Loss(options, student, teacher, parts).Detach().Item(), 1e-10);
        Assert.Equal(sum, Loss(options with { Reduction = Reduction.BatchMean }, student, teacher, parts).Detach().Item(), 1e-9);

        double[][] Mean(string path, Tensor own, Tensor taught)
        {
            if (own.Dim == 4 && taught.Dim == 4)
            {
                var maps = Activated(Activated(PlainMaps.Of(own), "0"), "3").Convolved(known[$"{path}6.weight"], known[$"{path}6.bias"]);
                return [.. maps.Entries().Select(entry => entry.Value).Chunk(maps.C * maps.H * maps.W)];
            }

            var layer = known.ContainsKey($"{path}weight") ? path : known.ContainsKey($"{path}0.weight") ? $"{path}0." : $"{path}1.";
            var (weight, bias) = (PlainRows.Of(known[$"{layer}weight"]), known[$"{layer}bias"].Detach().ToArray<double>());
            return [.. PlainRows.Of(own).Select(row => weight.Zip(bias, (weights, shift) => PlainRows.Dot(weights, row) + shift).ToArray())];

            PlainMaps Activated(PlainMaps maps, string number) => maps.Convolved(known[$"{path}{number}.weight"]).Normalised().Mapped((_, value) => Math.Max(0, value));
        }
    }

    [Theory]
    [InlineData(Reduction.ElementMean)]
    [InlineData(Reduction.BatchMean)]
    public void PairwiseIsVid(Reduction reduction)
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(302);
        Tensor[] student = [stream.Draw(2, 3, 3, 3, 2), stream.Draw(2, 3, 4)], teacher = [stream.Draw(2, 3, 2, 2, 2), stream.Draw(2, 3, 3, 3, 2), stream.Draw(2, 3, 5)];
        var (vid, own) = (new Vid(new(Reduction: reduction, Variance: 2)), new LayerAlignment.Options(LayerCoefficients.Pairwise, Variance: 2, Reduction: reduction, StudentTaps: ["stage*"], TeacherTaps: ["stage*"]));
        var lesson = Sample.Lesson(("stage*", student), ("stage*", teacher));
        using var vidParts = Sample.Parts(vid, lesson.Student, lesson.Teacher)!;
        using var parts = Parts(own, student, teacher);
        var heads = parts.State().Where(entry => entry.Key.Contains('.')).ToList();
        foreach (var ((key, ours), (_, theirs)) in heads.Zip(vidParts.State()))
        {
            Assert.Equal(theirs.Shape, ours.Shape);
            Assert.StartsWith(key[0] == '1' ? "1_0." : "2_1.", key);
            ours.Detach().CopyFrom(theirs.Detach());
        }

        Assert.Equal(heads.Count, vidParts.State().Count);
        Assert.Equal(vid.Loss(Sample.Lesson(("stage*", student), ("stage*", teacher), vidParts)).Detach().Item(), Loss(own, student, teacher, parts).Detach().Item(), 1e-12);
    }

    [Fact]
    public void AMatrixOfOneRowIsAllToOne()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(303);
        Tensor[] student = [stream.Draw(2, 3, 2, 4, 4), stream.Draw(2, 3, 3, 2, 2)], teacher = [stream.Draw(2, 3, 2, 5, 5), stream.Draw(2, 3, 4, 2, 2), stream.Draw(2, 3, 5)];
        var given = new LayerAlignment.Options(LayerCoefficients.Given, Lambda: [[0, 0], [7, 0.1], [0, 0]]);
        foreach (var to in new[] { "stage2", "1" })
        {
            var one = new LayerAlignment.Options(LayerCoefficients.AllToOne, To: to);
            using var parts = Parts(one, student, teacher);
            using var same = Parts(given, student, teacher);
            Assert.Equal(["1_0", "1_1"], parts.Children.Select(child => child.Name));
            Assert.Equal(Loss(one, student, teacher, parts).Detach().Item(), Loss(given, student, teacher, same).Detach().Item(), 1e-12);
        }
    }

    [Fact]
    public void AtVarianceOneItIsHalfTheMeanSquare()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(304);
        Tensor[] student = [stream.Draw(2, 3, 2, 6, 5)], teacher = [stream.Draw(2, 3, 4, 3, 2)];
        var options = new LayerAlignment.Options(Variance: 1);
        using var parts = Parts(options, student, teacher);
        var mean = ((Sequential)parts.NamedModules().Single(module => module.Path == "0_0.mean").Value).Call(student[0]);
        Assert.Equal((mean - teacher[0]).Square().Mean().Detach().Item() / 2, Loss(options, student, teacher, parts).Detach().Item(), 1e-6);
    }

    [Fact]
    public void LearnedCoefficientsStartAlikeAndFollowTheSmallerSurprise()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(305);
        Tensor[] student = [stream.Draw(2, 3, 2), stream.Draw(2, 3, 4)], teacher = [stream.Draw(2, 3, 3), stream.Draw(2, 3, 5), stream.Draw(2, 3, 2)];
        var learned = new LayerAlignment.Options(LayerCoefficients.Learned);
        using var parts = (LayerLinks)Parts(learned, student, teacher);
        using var uniform = Parts(new(), student, teacher);
        var loss = Loss(learned, student, teacher, parts);
        Assert.Equal(Loss(new(), student, teacher, uniform).Detach().Item(), loss.Detach().Item(), 1e-12);

        var logits = Assert.Single(Make(learned).Metaparameters(parts)).Value;
        Assert.Empty(Make(new()).Metaparameters(uniform));
        Assert.Equal(Enumerable.Repeat(1.0 / 3, 6), Make(learned).Readings(parts).Values);
        Assert.False(logits.Decays);
        var gradient = Grad.Of(loss, [logits.Value])[0].ToArray<double>();
        var surprises = parts.Heads.Select(link => link.Head.Surprise(student[link.Student], teacher[link.Teacher]).Mean().Detach().Item()).ToArray();
        for (var j = 0; j < 2; j++)
        {
            var average = Enumerable.Range(0, 3).Average(i => surprises[(2 * i) + j]);
            for (var i = 0; i < 3; i++) Assert.Equal((surprises[(2 * i) + j] - average) / 3, gradient[(2 * i) + j], 1e-12);
        }
    }

    [Fact]
    public void DrawnCoefficientsAreUniformOnTheSimplex()
    {
        using var scope = new Scope();
        using var random = new Generator(3);
        const int Columns = 20_000;
        var rows = LambdaRows.Of(new(LayerCoefficients.Dirichlet), (["a", "b", "c"], [.. Enumerable.Range(0, Columns).Select(j => $"{j}")]), random)!;
        for (var j = 0; j < Columns; j++) Assert.Equal(1, rows.Sum(row => row[j]), 1e-12);
        foreach (var row in rows)
        {
            // Dirichlet(1, 1, 1): mean 1/3, variance 1/18.
            Assert.Equal(1.0 / 3, row.Average(), 0.006);
            Assert.Equal(1.0 / 18, row.Average(value => Math.Pow(value - (1.0 / 3), 2)), 0.002);
        }
    }

    [Fact]
    public void EveryPairOfSizesHasAMeanOfTheTeachersShape()
    {
        for (var from = 1L; from <= 40; from++)
        {
            for (var to = 1L; to <= 40; to++)
            {
                var size = SizeStep.Between(from, to).Aggregate(from, (size, step) => from < to
                    ? ((size - 1) * step.Stride) - (2 * step.Padding) + step.Kernel + step.Surplus
                    : ((size + (2 * step.Padding) - step.Kernel) / step.Stride) + 1);
                Assert.True(size == to, $"{from} → {to}: got {size}");
                Assert.All(SizeStep.Between(from, to), step => Assert.True(step.Kernel >= step.Stride && step.Surplus < step.Stride));
            }
        }
    }

    [Theory]
    [InlineData(15, 15, 6, 6)]
    [InlineData(2, 2, 15, 15)]
    [InlineData(5, 3, 4, 7)]
    [InlineData(0, 0, 5, 3)]
    [InlineData(7, 2, 0, 0)]
    public void MeanNetworksFitAndLearn(int height, int width, int toHeight, int toWidth)
    {
        using var scope = new Scope();
        using var random = new Generator(1);
        var stream = new ReferenceStream(306);
        var (own, taught) = (Draw(3, height, width), Draw(4, toHeight, toWidth));
        using var mean = LayerMean.Between(own, taught, random);
        mean.To(Device.Cpu, DType.Float64);
        var said = mean.Call(own);
        Assert.Equal(taught.Shape, said.Shape);
        Assert.All(Grad.Of((said * taught).Sum(), [.. mean.Parameters().Select(parameter => parameter.Value)]), gradient => Assert.NotEqual(0, gradient.Norm().Item()));

        Tensor Draw(int channels, int rows, int columns) => rows == 0 ? stream.Draw(1, 5, channels) : stream.Draw(1, 5, channels, rows, columns);
    }

    [Fact]
    public void DifferencesConfirmBothOrders()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(307);
        Tensor[] student = [stream.Draw(1, 2, 1, 3, 2), stream.Draw(1, 2, 2)], teacher = [stream.Draw(1, 2, 2, 2, 3), stream.Draw(1, 2, 2)];
        using var parts = Parts(new(), student, teacher);
        GradientCheck.First(at => Loss(new(), at, teacher, parts), student);
        GradientCheck.Second(at => Loss(new(), at, teacher, parts), student);
    }

    [Theory]
    [InlineData("conv-very-tiny", "conv-tiny", 32, "stage1 stage2 stage3 stage4", "stage1 stage2 stage3 stage4")]
    [InlineData("conv-tiny", "resnet-8", 32, "stage1 stage2 stage3 pooled", "stage1 stage2 stage3 stage4")]
    public void AlignsTheLayersThatTheSeedAligns(string student, string teacher, int size, string teachers, string students)
    {
        using var scope = new Scope();
        using var off = Grad.Off();
        using var random = new Generator(4);
        using Network own = Zoo.Create(student, 10, new ImageShape(3, size, size)), taught = Zoo.Create(teacher, 10, new ImageShape(3, size, size), seed: 2);
        var objective = new LayerAlignment(new());
        using var hears = new Observed(own, objective.StudentTaps);
        using var says = new Observed(taught, objective.TeacherTaps);
        var imagesBCHW = Tensor.Randn([2, 3, size, size], random);
        var (mine, its) = (hears.Answer(imagesBCHW), says.Answer(imagesBCHW));
        using var parts = objective.MakeParts(new Setting(mine, its, 2, random));
        var links = objective.Links(parts);
        Assert.Equal(teachers.Split(' '), links.Select(link => link.Teacher).Distinct());
        Assert.Equal(students.Split(' '), links.Select(link => link.Student).Distinct());
        Assert.All(links, link => Assert.Equal(0.25, link.Weight, 1e-7));
        Assert.True(double.IsFinite(objective.Loss(new Lesson(mine, its, default, parts)).Item()));
    }

    [Theory]
    [InlineData("1 1/-1 1", "lambda[1][0] is -1")]
    [InlineData("1 0/1 0", "column 1 of lambda is all 0: stage2")]
    [InlineData("1 1", "got 1 rows of 2")]
    [InlineData("1 1 1/1 1 1", "got 2 rows of 3, 3")]
    [InlineData("1 NaN/1 1", "lambda[0][1] is NaN")]
    public void AWrongMatrixIsAnError(string rows, string said)
    {
        using var scope = new Scope();
        double[][] lambda = [.. rows.Split('/').Select(row => row.Split(' ').Select(double.Parse).ToArray())];
        Tensor[] places = [Tensor.Zeros([2, 3]), Tensor.Zeros([2, 4])];
        Assert.Contains(said, Assert.Throws<ArgumentException>(() => Parts(new(LayerCoefficients.Given, Lambda: lambda), places, places)).Message);
    }

    [Fact]
    public void CoefficientsThatContradictEachOtherAreAnError()
    {
        using var scope = new Scope();
        Tensor[] places = [Tensor.Zeros([2, 3])], odd = [Tensor.Zeros([2, 3, 4])];
        Assert.Contains("'to' says which", Error(new(To: "stage1"), places));
        Assert.Contains("'to' says which", Error(new(LayerCoefficients.AllToOne), places));
        Assert.Contains("got 'stage7', there are stage1", Error(new(LayerCoefficients.AllToOne, "stage7"), places));
        Assert.Contains("coefficients: given", Error(new(Lambda: [[1]]), places));
        Assert.Contains("[2, 3, 4] at 'stage1'", Error(new(), odd));

        string Error(LayerAlignment.Options options, Tensor[] tensors) => Assert.Throws<ArgumentException>(() => Parts(options, tensors, tensors)).Message;
    }

    static readonly string[] taps = ["stage*"];

    static LayerAlignment Make(LayerAlignment.Options options) => new(options with { StudentTaps = taps, TeacherTaps = taps });

    static Module Parts(LayerAlignment.Options options, Tensor[] student, Tensor[] teacher)
    {
        var lesson = Sample.Lesson(("stage*", student), ("stage*", teacher));
        return Sample.Parts(Make(options), lesson.Student, lesson.Teacher)!;
    }

    static Tensor Loss(LayerAlignment.Options options, Tensor[] student, Tensor[] teacher, Module parts) => Make(options).Loss(Sample.Lesson(("stage*", student), ("stage*", teacher), parts));
}
