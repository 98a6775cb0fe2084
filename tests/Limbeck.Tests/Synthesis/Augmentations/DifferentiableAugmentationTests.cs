using Limbeck.Data;
using Limbeck.Synthesis.Augmentations;
using Limbeck.Tests.Synthesis.Reference;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;

namespace Limbeck.Tests.Synthesis.Augmentations;

public class DifferentiableAugmentationTests
{
    static readonly ImageShape small = new(3, 5, 6);

    public static TheoryData<string> Kinds => [.. DifferentiableAugmentation.Kinds];

    [Theory]
    [InlineData("dsa_brightness")]
    [InlineData("dsa_contrast")]
    [InlineData("dsa_crop")]
    [InlineData("dsa_cutout")]
    [InlineData("dsa_rotate_align_true")]
    public void AgreesWithThePublishedCodes(string name)
    {
        using var scope = new Scope();
        var known = MatchingCase.Of(name);
        ImageChange change = name switch
        {
            "dsa_brightness" => new Brightness([.. known.Drawn("u").Select(u => u - 0.5)]),
            "dsa_contrast" => new Contrast([.. known.Drawn("u").Select(u => u + 0.5)]),
            "dsa_crop" => new Crop([.. known.Drawn("shift_rows")], [.. known.Drawn("shift_cols")]),
            "dsa_cutout" => new Cutout([.. known.Drawn("centre_row")], [.. known.Drawn("centre_col")], 4, 4),
            _ => new Rotation([.. known.Drawn("theta_rad")], AlignCorners: true),
        };
        var x = known["x"];
        x.RequiresGrad = true;
        var found = change.Apply(x);
        known.Check("out", found);
        known.Check("vjp_x", Grad.Of([found], [x], [known["w"]])[0]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void IsDifferentiableTwice(string kind)
    {
        using var scope = new Scope();
        using var random = new Generator(5);
        var imagesBCHW = Tensor.Randn([2, 2, 3, 4], random, DType.Float64);
        foreach (var images in (int[])[1, 2])
        {
            var drawn = new DifferentiableAugmentation(new(kind, Crop: 0.4)).Draw(new(2, 3, 4), random, images);
            GradientCheck.First(at => drawn.Apply(at[0]), imagesBCHW);
            GradientCheck.Second(at => drawn.Apply(at[0]).Square(), imagesBCHW);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ScalesAndTurnsAsGridSampleDoes(bool alignCorners)
    {
        using var scope = new Scope();
        using var random = new Generator(6);
        var imagesBCHW = Tensor.Randn([2, 3, 5, 8], random, DType.Float64);
        double[] angles = [0.2, -0.25], x = [1.15, 0.86], y = [0.9, 1.19];

        Assert.True(new Rotation([.. angles], alignCorners).Apply(imagesBCHW).AllClose(Sampled(i => [Math.Cos(angles[i]), -Math.Sin(angles[i]), 0, Math.Sin(angles[i]), Math.Cos(angles[i]), 0]), 1e-12, 1e-12));
        Assert.True(new Scale([.. x], [.. y]).Apply(imagesBCHW).AllClose(Sampled(i => [x[i], 0, 0, 0, y[i], 0]), 1e-12, 1e-12));

        Tensor Sampled(Func<int, double[]> map)
        {
            var mapsB23 = Tensor.From<double>([.. map(0), .. map(1)], [2, 2, 3]);
            return Functional.GridSample(imagesBCHW, Functional.AffineGrid(mapsB23, imagesBCHW.Shape, alignCorners), alignCorners);
        }
    }

    [Fact]
    public void SaturatesAboutTheMeanOfTheChannels()
    {
        using var scope = new Scope();
        using var random = new Generator(7);
        var imagesBCHW = Tensor.Randn([2, 3, 2, 2], random, DType.Float64);
        var (values, found) = (imagesBCHW.ToArray<double>(), new Saturation([0.3, 1.7]).Apply(imagesBCHW).ToArray<double>());
        for (var i = 0; i < values.Length; i++)
        {
            var (image, pixel) = (i / 12, i % 4);
            var grey = Enumerable.Range(0, 3).Average(channel => values[(image * 12) + (channel * 4) + pixel]);
            Assert.Equal(((image == 0 ? 0.3 : 1.7) * (values[i] - grey)) + grey, found[i], 1e-12);
        }
    }

    [Fact]
    public void FlipsTheImagesThatWereDrawn()
    {
        using var scope = new Scope();
        var imagesBCHW = Tensor.From<double>([1, 2, 3, 4, 5, 6], [2, 1, 1, 3]);
        Assert.Equal([1, 2, 3, 6, 5, 4], new Flip([0, 1]).Apply(imagesBCHW).ToArray<double>());
    }

    [Fact]
    public void RepeatsADrawToTheBit()
    {
        using var scope = new Scope();
        var augmentation = new DifferentiableAugmentation(new(Mode: AugmentationMode.All));
        using var random = new Generator(8);
        using var again = new Generator(8);
        var imagesBCHW = Tensor.Randn([4, 3, 5, 6], random);
        Tensor.Randn([4, 3, 5, 6], again);
        var drawn = augmentation.Draw(small, random, 4);
        Assert.True(drawn.Apply(imagesBCHW).SameAs(drawn.Apply(imagesBCHW)));
        Assert.True(drawn.Apply(imagesBCHW).SameAs(augmentation.Draw(small, again, 4).Apply(imagesBCHW)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void OneDrawDoesTheSameToEveryImageOfAnyBatch(string kind)
    {
        using var scope = new Scope();
        using var random = new Generator(9);
        var imagesBCHW = Tensor.Randn([5, 3, 5, 6], random);
        var drawn = new DifferentiableAugmentation(new(kind)).Draw(small, random);
        var all = drawn.Apply(imagesBCHW);
        for (var image = 0; image < 5; image++)
            Assert.True(drawn.Apply(imagesBCHW.Narrow(0, image, 1)).AllClose(all.Narrow(0, image, 1), 1e-6, 1e-6));
    }

    [Fact]
    public void DrawsOneKindAtATimeAndEachAsOften()
    {
        using var random = new Generator(10);
        var augmentation = new DifferentiableAugmentation(new());
        var counts = Enumerable.Range(0, 3000).Select(_ => augmentation.Draw(small, random)).CountBy(drawn => drawn.Changes[0].GetType()).ToDictionary();
        Assert.Equal([typeof(Brightness), typeof(Crop), typeof(Cutout), typeof(Flip), typeof(Rotation), typeof(Scale)], counts.Keys.OrderBy(type => type.Name));
        // 500 each, standard deviation 20.
        Assert.All(counts.Values, count => Assert.InRange(count, 400, 600));
    }

    [Fact]
    public void DrawsWithinThePublishedRanges()
    {
        using var random = new Generator(11);
        var drawn = new DifferentiableAugmentation(new(Mode: AugmentationMode.All)).Draw(new(3, 32, 32), random, 4000);
        var (shift, saturation, contrast) = (((Brightness)drawn.Changes[0]).Shift, ((Saturation)drawn.Changes[1]).Factor, ((Contrast)drawn.Changes[2]).Factor);
        var (crop, cutout, flip) = ((Crop)drawn.Changes[3], (Cutout)drawn.Changes[4], (Flip)drawn.Changes[5]);
        var (scale, rotation) = ((Scale)drawn.Changes[6], (Rotation)drawn.Changes[7]);
        Filled(shift, -0.5, 0.5);
        Filled(saturation, 0, 2);
        Filled(contrast, 0.5, 1.5);
        Assert.Equal(Enumerable.Range(-4, 9).Select(i => (double)i), crop.Rows.Distinct().Order());
        Assert.Equal(Enumerable.Range(0, 33).Select(i => (double)i), cutout.Columns.Distinct().Order());
        Assert.Equal((16, 16), (cutout.Height, cutout.Width));
        Assert.InRange(flip.Flipped.Average(), 0.46, 0.54);
        Filled(scale.X, 1 / 1.2, 1.2);
        Filled(scale.Y, 1 / 1.2, 1.2);
        Assert.False(scale.X.SequenceEqual(scale.Y));
        Filled(rotation.Radians, -15 * Math.PI / 180, 15 * Math.PI / 180);

        // 4000 uniform draws come within a hundredth of both ends.
        static void Filled(IEnumerable<double> numbers, double low, double high)
        {
            var (least, most, near) = (numbers.Min(), numbers.Max(), (high - low) / 100);
            Assert.InRange(least, low, low + near);
            Assert.InRange(most, high - near, high);
        }
    }

    [Fact]
    public void ChangesNothingWhereNothingIsAsked()
    {
        using var scope = new Scope();
        using var random = new Generator(12);
        var imagesBCHW = Tensor.Randn([2, 3, 5, 6], random);
        foreach (var strategy in (string[])["", "none"]) Assert.Same(imagesBCHW, new DifferentiableAugmentation(new(strategy)).Draw(small, random).Apply(imagesBCHW));
    }

    [Theory]
    [InlineData("color_crp", "there is no 'crp'; did you mean 'crop'?")]
    [InlineData("color,crop", "there is no 'color,crop'")]
    [InlineData("flip_color_flip", "names 'flip' twice")]
    public void RefusesAStrategyThatItCannotRead(string strategy, string says) =>
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => new DifferentiableAugmentation(new(strategy))).Message);

    [Fact]
    public void RefusesABatchOfAnotherSize()
    {
        using var scope = new Scope();
        using var random = new Generator(13);
        var drawn = new DifferentiableAugmentation(new("color")).Draw(small, random, 3);
        Assert.Contains("drawn for 3 images, got Float32[2, 3, 5, 6]", Assert.Throws<ArgumentException>(() => drawn.Apply(Tensor.Zeros([2, 3, 5, 6]))).Message);
    }
}
