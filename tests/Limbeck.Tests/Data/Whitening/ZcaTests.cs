using Limbeck.Data;
using Limbeck.Data.Sources;
using Limbeck.Data.Whitening;
using Limbeck.Tests.Evaluation;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Tests.Synthesis.Reference;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Data.Whitening;

public class ZcaTests
{
    [Theory]
    [InlineData(6)]
    [InlineData(4)]
    [InlineData(1)]
    public void AgreesWithReferenceValuesHoweverTheImagesCome(int batch)
    {
        using var scope = new Scope();
        var known = MatchingCase.Of("zca_eps0.1");
        var imagesNCHW = known["x"];
        using var zca = Fit(imagesNCHW, batch, new());
        known.Check("mean", zca.Mean.Reshape(1, -1));
        known.Check("T", zca.Whiten);
        known.Check("T_inv", zca.Colour);
        known.Check("whitened", zca.Apply(imagesNCHW));
        known.Check("whitened_new_image", zca.Apply(new ReferenceStream(8002).Draw(1, 1, 3, 4, 4)));
    }

    [Fact]
    public void GoesThereAndBack()
    {
        using var scope = new Scope();
        using var random = new Generator(4);
        var imagesNCHW = Tensor.Rand([40, 3, 4, 4], random, DType.Float64);
        using var zca = Fit(imagesNCHW, 16, new());
        Assert.True(zca.Invert(zca.Apply(imagesNCHW)).AllClose(imagesNCHW, 0, 1e-12));
        var single = imagesNCHW.To(DType.Float32);
        Assert.True(zca.Invert(zca.Apply(single)).AllClose(single, 0, 1e-5));
    }

    [Fact]
    public void LeavesNothingCorrelatedWhereNothingIsAdded()
    {
        using var scope = new Scope();
        using var random = new Generator(5);
        var imagesNCHW = Tensor.Rand([200, 1, 2, 3], random, DType.Float64).Matmul(Tensor.Rand([3, 3], random, DType.Float64)) + 1000;
        using var zca = Fit(imagesNCHW, 30, new(Epsilon: 1e-12));
        var whitened = zca.Apply(imagesNCHW).Flatten(1);
        Assert.True((whitened.Transpose(0, 1).Matmul(whitened) / 199).AllClose(Tensor.Eye(6, DType.Float64), 0, 1e-6));
    }

    [Fact]
    public void FitsToADatasetAsItIsRendered()
    {
        using var scope = new Scope();
        using var data = TinyImages.Make(12);
        using var whole = Zca.Fit(data, new());
        using var same = Fit(data.Render(0, 12).Images, 5, new());
        Assert.Equal(DType.Float32, whole.Whiten.DType);
        Assert.True(whole.Whiten.AllClose(same.Whiten, 1e-5, 1e-6));
    }

    [Fact]
    public void RefusesWhatCannotFitBeforeItAsksForIt()
    {
        using var scope = new Scope();
        var refused = Assert.Throws<InvalidOperationException>(() => Fit(Tensor.Zeros([2, 3, 224, 224]), 2, new(MostBytes: 64e9)));
        Assert.Contains("150528 values takes about 1087.6 GB, 64.0 GB may be used", refused.Message);
        // What this machine has is asked where nothing is said; no machine has this.
        Assert.Throws<InvalidOperationException>(() => Fit(Tensor.Zeros([1, 3, 1200, 1200]), 1, new()));
    }

    [Fact]
    public void RefusesOtherShapesAndTooFewImages()
    {
        using var scope = new Scope();
        using var zca = Fit(new ReferenceStream(1).Draw(1, 5, 1, 2, 2), 5, new());
        Assert.Contains("fitted to images [1, 2, 2], got Float64[5, 1, 4]", Assert.Throws<ArgumentException>(() => zca.Apply(Tensor.Zeros([5, 1, 4], DType.Float64))).Message);
        Assert.Contains("began with images [1, 2, 2], got Float32[1, 1, 2, 3]",
            Assert.Throws<ArgumentException>(() => Zca.Fit(2, batch => Tensor.Zeros([1, 1, 2, 2 + batch]), new())).Message);
        Assert.Contains("two images at least, got 1", Assert.Throws<ArgumentException>(() => Fit(Tensor.Zeros([1, 1, 2, 2]), 1, new())).Message);
        Assert.Contains("need matrices [4, 4]", Assert.Throws<ArgumentException>(() => new Zca(Tensor.Zeros([1, 2, 2]), Tensor.Eye(4), Tensor.Eye(3), 0.1)).Message);
    }

    [Fact]
    public void ADatasetIsWhitenedAsAWholeByItsTrainingImages()
    {
        using var scope = new Scope();
        var raw = Synthetic.Make(Small);
        using var split = DataSplit.Whitened(raw, 0.1);
        using var plain = DataSplit.From(raw, Normalization.None(1));
        using var zca = Zca.Fit(plain.Train, new());
        Assert.True(zca.Apply(plain.Test.Render(0, 20).Images).AllClose(split.Test.Render(0, 20).Images, 1e-5, 1e-5));
        Assert.True(zca.Apply(plain.Train.Render(30, 9).Images).AllClose(split.Train.Render(30, 9).Images, 1e-5, 1e-5));
        // Seen as they were.
        Assert.All(plain.Train.Pixels(7).Zip(split.Train.Pixels(7)), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
        Assert.Equal((0.1, 12), (split.Train.Normalization.Whitened!.Epsilon, split.Train.Normalization.Whitened.Fingerprint.Count));
        Assert.Same(split.Train.Normalization.Zca, split.Split(10).Validation!.Normalization.Zca);
    }

    [Fact]
    public void ItIsFittedAgainFromItsMarkAndRefusedWhereItComesOutOtherwise()
    {
        using var scope = new Scope();
        var raw = Synthetic.Make(Small);
        using var split = DataSplit.Whitened(raw, 0.1);
        var known = split.Train.Normalization.Named();
        using var again = DataSplit.Like(raw, known);
        Assert.True(again.Train.Normalization.IsLike(known));
        Assert.True(again.Test.Render(0, 5).Images.SameAs(split.Test.Render(0, 5).Images));
        Refuses(known, Synthetic.Make(Small with { Seed = 3 }));
        Refuses(known, Synthetic.Make(Small with { Train = 90 }));
        Refuses(known with { Whitened = known.Whitened! with { Epsilon = 0.2 } }, raw);
        using var usual = DataSplit.From(raw);
        Assert.False(usual.Train.Normalization.IsLike(known));
        Assert.Contains("only this mark is known", Assert.Throws<InvalidOperationException>(() => known.ToBytes(split.Test.Render(0, 1).Images)).Message, StringComparison.Ordinal);

        static void Refuses(Normalization known, RawDataset raw) =>
            Assert.Contains("comes out as", Assert.Throws<InvalidDataException>(() => DataSplit.Like(raw, known)).Message, StringComparison.Ordinal);
    }

    static readonly SyntheticOptions Small = new() { Channels = 1, Height = 6, Width = 5, Classes = 3, Train = 60, Test = 20 };

    static Zca Fit(Tensor imagesNCHW, int batch, Zca.Options options)
    {
        var count = (int)imagesNCHW.Size(0);
        return Zca.Fit((count + batch - 1) / batch, k => imagesNCHW.Narrow(0, k * batch, Math.Min(batch, count - (k * batch))), options);
    }
}
