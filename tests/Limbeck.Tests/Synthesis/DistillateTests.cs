using Limbeck.Data;
using Limbeck.Synthesis;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;

namespace Limbeck.Tests.Synthesis;

[LeakFree]
public class DistillateTests
{
    static readonly Normalization Half = new([0.5], [0.25]);

    [Theory]
    [InlineData(InitialImages.Real)]
    [InlineData(InitialImages.Noise)]
    public void ImagesBeginClassByClassAndTheSameForTheSameSeed(InitialImages initial)
    {
        using var scope = new Scope();
        using var data = Data();
        using var one = Distillate.Start(data, 2, initial, seed: 3);
        using var same = Distillate.Start(data, 2, initial, seed: 3);
        using var other = Distillate.Start(data, 2, initial, seed: 4);
        Assert.Equal([0, 0, 1, 1, 2, 2], one.Labels);
        Assert.Equal([2, 3], one.PlacesOf(1));
        Assert.True(one.Images.Value.SameAs(same.Images));
        Assert.False(one.Images.Value.SameAs(other.Images));
    }

    [Fact]
    public void RealImagesAreThoseOfTheirClass()
    {
        using var scope = new Scope();
        using var data = Data();
        using var learned = Distillate.Start(data, 4, InitialImages.Real, seed: 1);
        var known = data.Render(0, data.Count);
        for (var image = 0; image < learned.Count; image++)
        {
            var own = learned.Images.Value.Detach().Select(0, image);
            Assert.Contains(Enumerable.Range(0, data.Count), sample => data.Labels[sample] == learned.Labels[image] && known.Images.Select(0, sample).SameAs(own));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => Distillate.Start(data, 5, InitialImages.Real, seed: 1));
    }

    /// <summary>Each form, a number, and by how much it grows with what stands for it.</summary>
    public static TheoryData<string, double, double> Numbers => new()
    {
        { "log", 1e-4, 1e-4 }, { "log", 30, 30 },
        { "softplus", 1e-7, 1 - Math.Exp(-1e-7) }, { "softplus", 0.02, 1 - Math.Exp(-0.02) }, { "softplus", 19, 1 - Math.Exp(-19) },
        { "logistic", 0.5, 0.5 * (1 - (0.5 / 0.999999)) }, { "logistic", 0.99, 0.99 * (1 - (0.99 / 0.999999)) },
    };

    [Theory, MemberData(nameof(Numbers))]
    public void PositiveNumbersAreWhatTheyWereMadeWithAndStayPositive(string named, double value, double growth)
    {
        using var scope = new Scope();
        var form = named switch { "log" => Positivity.Log, "softplus" => Positivity.Softplus, _ => Positivity.Logistic };
        using var numbers = new PositiveNumbers([value, 0.5], Tensor.Zeros([1], DType.Float64), form);
        Assert.Equal(value, numbers.Read()[0], value * 1e-9);
        Assert.Equal(growth, Grad.Of(numbers.Value.Sum(), [numbers.Free])[0].ToArray<double>()[0], 1e-9 * Math.Max(1, value));
        numbers.Free.Assign(Tensor.From<double>([-600, -30]));
        Assert.All(numbers.Read(), read => Assert.True(read > 0));
        foreach (var wrong in new[] { 0, -1, form.Bound, double.NaN }) Assert.Throws<ArgumentOutOfRangeException>(() => new PositiveNumbers([wrong], Tensor.Zeros([1]), form));
    }

    [Fact]
    public void AMomentumStaysBelowOneInSinglePrecisionToo()
    {
        using var scope = new Scope();
        using var momenta = new PositiveNumbers([0.5, 0.999], Tensor.Zeros([1]), Positivity.Logistic);
        Assert.Equal(0.999, momenta.Read()[1], 1e-6);
        momenta.Free.Assign(Tensor.From<float>([30, 90]));
        Assert.All(momenta.Read(), momentum => Assert.InRange(momentum, 0.99999, Positivity.Logistic.Bound));
        Assert.True(Positivity.Logistic.Bound < 1);
    }

    [Fact]
    public void ACopyAndASavedStateAreTheSameAndApart()
    {
        using var scope = new Scope();
        using var data = Data();
        using var learned = Distillate.Start(data, 1, InitialImages.Real, seed: 1);
        learned.SoftenLabels(Tensor.Randn([3, 3]), learned: true);
        learned.TakeSteps([0.01, 0.02], learned: false);
        learned.TakeMomenta([0.5, 0.9], learned: true);
        learned.TakeTemperature(4, learned: true);
        using var copy = learned.Clone();
        Assert.Equal(["images", "label-logits", "step-sizes", "momenta", "temperature"], copy.Parts.Select(part => part.Name));
        Assert.Equal([true, true, false, true, true], copy.Parts.Select(part => part.Value.Trainable));
        copy.Images.Assign(Tensor.Zeros([3, 1, 4, 4]));
        copy.TakeTemperature(1, learned: true);
        Assert.NotEqual(0, learned.Images.Value.Detach().Norm().Item());
        copy.LoadState(learned.State().ToDictionary());
        Assert.All(copy.State().Zip(learned.State()), pair => Assert.True(pair.First.Value.SameAs(pair.Second.Value)));

        using var bare = Distillate.Start(data, 1, InitialImages.Real, seed: 1);
        Assert.Contains("temperature is not a part", Assert.Throws<StateMismatchException>(() => bare.LoadState(learned.State().ToDictionary())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ClampingKeepsPixelsThatAPictureCanHave()
    {
        using var scope = new Scope();
        using var learned = new Distillate(Tensor.From<float>([-9, -2, 0.5f, 9], [1, 1, 2, 2]), [0], 2, Half);
        learned.Clamp();
        Assert.Equal([-2, -2, 0.5f, 2], learned.Images.Value.Detach().ToArray<float>());
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        using var scope = new Scope();
        var images = Tensor.Zeros([2, 1, 4, 4]);
        Assert.Contains("one image", Assert.Throws<ArgumentException>(() => new Distillate(images, [0], 2, Half)).Message, StringComparison.Ordinal);
        Assert.Contains("image 1 has label 2", Assert.Throws<ArgumentException>(() => new Distillate(images, [0, 2], 2, Half)).Message, StringComparison.Ordinal);
        Assert.Contains("1 means", Assert.Throws<ArgumentException>(() => new Distillate(Tensor.Zeros([2, 3, 4, 4]), [0, 1], 2, Half)).Message, StringComparison.Ordinal);
        using var learned = new Distillate(images, [0, 1], 2, Half);
        Assert.Contains("[2, 2]", Assert.Throws<ArgumentException>(() => learned.SoftenLabels(Tensor.Zeros([2, 3]), true)).Message, StringComparison.Ordinal);
    }

    static ImageDataset Data()
    {
        int[] labels = [.. Enumerable.Range(0, 12).Select(image => image % 3)];
        byte[] pixels = [.. Enumerable.Range(0, 12 * 16).Select(pixel => (byte)(pixel * 37 % 251))];
        return new ImageDataset("tiny", Tensor.FromBytes(pixels, DType.UInt8, [12, 1, 4, 4]), labels, ["a", "b", "c"], Half);
    }
}
