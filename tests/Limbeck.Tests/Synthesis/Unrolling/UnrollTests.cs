using Limbeck.Synthesis;
using Limbeck.Synthesis.Unrolling;
using Limbeck.Torch;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;

namespace Limbeck.Tests.Synthesis.Unrolling;

[LeakFree]
public class UnrollTests
{
    /// <summary>Relative distances of all gradients, in the order of <see cref="Unrolled"/>.</summary>
    static readonly (string Name, Func<Unrolled, Tensor?> Of)[] gradients =
        [("images", all => all.Images), ("label logits", all => all.LabelLogits), ("step sizes", all => all.StepSizes), ("temperature", all => all.Temperature), ("momenta", all => all.Momenta)];

    [Theory]
    [InlineData(DType.Float64, 5, 1e-10)]
    [InlineData(DType.Float64, 20, 1e-10)]
    [InlineData(DType.Float64, 80, 1e-10)]
    [InlineData(DType.Float32, 5, 1e-6)]
    [InlineData(DType.Float32, 20, 1e-6)]
    [InlineData(DType.Float32, 80, 1e-6)]
    public void TheAdjointIsTheFullUnroll(DType dtype, int count, double tolerance)
    {
        using var scope = new Scope();
        using var setting = new Setting(dtype, count) { Weight = 0.7 };
        var exact = setting.Run(new(GradientMethod.FullUnroll));
        AssertNear(exact, setting.Run(new(GradientMethod.Adjoint)), tolerance);
    }

    [Theory]
    [InlineData(DType.Float64, 1, 0, 1e-10)]
    [InlineData(DType.Float64, 20, 0, 1e-10)]
    [InlineData(DType.Float64, 20, 5, 1e-10)]
    [InlineData(DType.Float32, 20, 0, 1e-5)]
    public void AlsoWithMomenta(DType dtype, int momenta, int kept, double tolerance)
    {
        using var scope = new Scope();
        using var setting = new Setting(dtype, 20) { Weight = 0.7, Momenta = momenta };
        var exact = setting.Run(new(GradientMethod.FullUnroll));
        AssertNear(exact, setting.Run(new(GradientMethod.Adjoint, kept)), tolerance);
        Assert.Equal([momenta], exact.Momenta!.Shape);
        using var plain = new Setting(dtype, 20) { Weight = 0.7 };
        Assert.False(plain.Run(new()).ThetaP.AllClose(exact.ThetaP, 1e-3, 1e-3));
    }

    [Theory]
    [InlineData(TeacherPath.Through, 0)]
    [InlineData(TeacherPath.Through, 0.7)]
    [InlineData(TeacherPath.Through, 1)]
    [InlineData(TeacherPath.Detached, 0.3)]
    [InlineData(TeacherPath.Detached, 1)]
    public void AlsoForEveryMixtureWithTheTeacher(TeacherPath path, double weight)
    {
        using var scope = new Scope();
        using var setting = new Setting(DType.Float64, 7) { Way = path, Weight = weight };
        var exact = setting.Run(new(GradientMethod.FullUnroll));
        AssertNear(exact, setting.Run(new(GradientMethod.Adjoint)), 1e-10);
        Assert.Equal(weight == 0, exact.Temperature!.Norm().Item() == 0);
        Assert.Equal(weight == 1, exact.LabelLogits!.Norm().Item() == 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(99)]
    public void KeptGraphsChangeNothing(int kept)
    {
        using var scope = new Scope();
        using var setting = new Setting(DType.Float64, 7);
        AssertNear(setting.Run(new()), setting.Run(new(KeptGraphs: kept)), 1e-13);
    }

    [Fact]
    public void EveryKeptGraphHoldsWhatOneWasMeasuredToHold()
    {
        using var scope = new Scope();
        using var setting = new Setting(DType.Float32, 12);
        var each = setting.GraphBytes();
        Assert.InRange((Peak(8) - Peak(4)) / (4.0 * each), 0.95, 1.05);

        long Peak(int kept)
        {
            using var inner = new Scope();
            using var meter = new MemoryMeter();
            setting.Run(new(KeptGraphs: kept));
            return meter.Peak;
        }
    }

    [Fact]
    public void ManyStepSizesHaveAGradientEachWhoseSumIsThatOfOne()
    {
        using var scope = new Scope();
        using var setting = new Setting(DType.Float64, 6);
        using var apart = new Setting(DType.Float64, 6) { OneStepSize = false };
        var (one, many) = (setting.Run(new()), apart.Run(new()));
        Assert.Equal([6], many.StepSizes!.Shape);
        Assert.Equal(one.StepSizes!.Item(), many.StepSizes.Sum().Item(), 1e-10 * Math.Abs(one.StepSizes.Item()));
        AssertNear(apart.Run(new(GradientMethod.FullUnroll)), many, 1e-10);
        using var wrong = new Setting(DType.Float64, 6);
        Assert.Contains("1 step size or 5", Assert.Throws<ArgumentException>(() => wrong.Run(new(), apart.Inputs, 5)).Message, StringComparison.Ordinal);
        using var few = new Setting(DType.Float64, 6) { Momenta = 3 };
        Assert.Contains("1 momentum or 6", Assert.Throws<ArgumentException>(() => few.Run(new())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void DifferencesAgree(int momenta)
    {
        using var scope = new Scope();
        using var setting = new Setting(DType.Float64, 4) { Smooth = true, Momenta = momenta };
        var found = setting.Run(new());
        foreach (var (name, of) in gradients)
        {
            if (of(found) is null && (name, momenta) == ("momenta", 0)) continue;
            using var inner = new Scope();
            using var random = new Generator(17);
            var direction = Tensor.Randn(of(found)!.Shape, random, DType.Float64);
            const double h = 1e-5;
            var difference = (setting.ValueAt(name, direction * h) - setting.ValueAt(name, direction * -h)) / (2 * h);
            var exact = (of(found)! * direction).Sum().Item();
            Assert.True(Math.Abs(exact - difference) <= 1e-6 * Math.Max(Math.Abs(exact), 1e-3), $"{name}: {exact:R}, by differences {difference:R}");
        }
    }

    [Fact]
    public void TruncatedIsExactForOneStepAndNotForMore()
    {
        using var scope = new Scope();
        using var one = new Setting(DType.Float64, 1);
        AssertNear(one.Run(new()), one.Run(new(GradientMethod.Truncated)), 1e-13);
        using var many = new Setting(DType.Float64, 10);
        var (exact, truncated) = (many.Run(new()).Images!, many.Run(new(GradientMethod.Truncated)).Images!);
        Assert.InRange((exact - truncated).Norm().Item() / exact.Norm().Item(), 1e-3, 1);
    }

    [Fact]
    public void WhatIsNotAskedForIsNotGivenAndTheRestIsTheSame()
    {
        using var scope = new Scope();
        using var setting = new Setting(DType.Float64, 5) { Momenta = 5 };
        var all = setting.Run(new());
        var inputs = setting.Inputs;
        inputs.MomentaS!.RequiresGrad = inputs.StepSizesS.RequiresGrad = inputs.LabelLogitsNK!.RequiresGrad = inputs.Temperature!.RequiresGrad = false;
        foreach (var method in Enum.GetValues<GradientMethod>()[..2])
        {
            var images = setting.Run(new(method), inputs);
            Assert.Null(images.LabelLogits);
            Assert.Null(images.StepSizes);
            Assert.Null(images.Temperature);
            Assert.Null(images.Momenta);
            Assert.InRange((images.Images! - all.Images!).Norm().Item() / all.Images!.Norm().Item(), 0, 1e-10);
        }
    }

    [Fact]
    public void ADistillatesGradientsAreOfWhatStandsForItsNumbers()
    {
        using var scope = new Scope();
        using var setting = new Setting(DType.Float64, 3);
        using var learned = new Distillate(setting.Inputs.ImagesNCHW, [0, 1, 2, 0, 1, 2], 3, new([0, 0, 0], [1, 1, 1]));
        learned.SoftenLabels(setting.Inputs.LabelLogitsNK!, learned: true);
        learned.TakeSteps([0.05], learned: true);
        learned.TakeTemperature(2, learned: true);
        learned.TakeMomenta([0.2, 0.5, 0.9], learned: true);
        var found = setting.Run(new(), UnrollInputs.Of(learned));
        var step = found.For(learned);
        Assert.Equal(["images", "label-logits", "momenta", "step-sizes", "temperature"], step.Gradients.Keys.Order());
        double[] growth = [.. new[] { 0.2, 0.5, 0.9 }.Select(momentum => momentum * (1 - (momentum / Positivity.Logistic.Bound)))];
        Assert.True(step.Gradients["momenta"].AllClose(found.Momenta! * Tensor.From<double>(growth), 1e-12, 1e-14));
        Assert.Equal(found.StepSizes!.Item() * 0.05, step.Gradients["step-sizes"].Item(), 1e-12);
        Assert.Equal(found.Temperature!.Item() * 2, step.Gradients["temperature"].Item(), 1e-12);
    }

    [Fact]
    public void BatchesGoThroughAllImagesBeforeOneComesAgain()
    {
        using var scope = new Scope();
        using var random = new Generator(5);
        var steps = InnerStep.Draw(6, 7, 3, augment: null, random, Device.Cpu);
        for (var round = 0; round < 3; round++)
        {
            long[] seen = [.. steps.Skip(2 * round).Take(2).SelectMany(step => step.RowsB!.ToArray<long>())];
            Assert.Equal(6, seen.Distinct().Count());
            Assert.All(seen, row => Assert.InRange(row, 0, 6));
        }

        Assert.All(InnerStep.Draw(2, 7, 8, augment: null, random, Device.Cpu), step => Assert.Null(step.RowsB));
    }

    static void AssertNear(Unrolled expected, Unrolled found, double tolerance)
    {
        Assert.True(expected.ThetaP.AllClose(found.ThetaP, tolerance, tolerance));
        foreach (var (name, of) in gradients)
        {
            Assert.Equal(of(expected) is null, of(found) is null);
            if (of(expected) is not { } exact || of(found) is not { } own) continue;
            var error = (exact - own).Norm().Item() / Math.Max(exact.Norm().Item(), 1e-30);
            Assert.True(error <= tolerance || exact.Norm().Item() == own.Norm().Item(), $"{name}: relative distance {error:G3}");
        }
    }
}
