using Limbeck.Data;
using Limbeck.Synthesis.Matching;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;

namespace Limbeck.Tests.Synthesis.Matching;

[LeakFree]
public class CutMixTests
{
    static readonly ImageShape shape = new(2, 6, 8);

    [Fact]
    public void ARectangleIsTheOtherImages()
    {
        using var scope = new Scope();
        using var random = new Generator(3);
        var images = Tensor.Rand([3, 2, 6, 8], random);
        var mix = new CutMix(Tensor.From<long>([2, 0, 1]), Top: 1, Height: 2, Left: 4, Width: 4);
        var (before, after) = (images.ToArray<float>(), mix.Apply(images).ToArray<float>());
        int[] other = [2, 0, 1];
        foreach (var (b, c, y, x) in from b in Enumerable.Range(0, 3) from c in Enumerable.Range(0, 2) from y in Enumerable.Range(0, 6) from x in Enumerable.Range(0, 8) select (b, c, y, x))
        {
            var source = y is 1 or 2 && x >= 4 ? other[b] : b;
            Assert.Equal(before[At(source, c, y, x)], after[At(b, c, y, x)]);
        }

        Assert.Equal(1 - (8 / 48.0), mix.Kept(shape), 12);
        Assert.True(images.SameAs((mix with { Width = 0 }).Apply(images)));

        static int At(int b, int c, int y, int x) => (((((b * 2) + c) * 6) + y) * 8) + x;
    }

    [Fact]
    public void TheLossHasBothLabelsByTheirShares()
    {
        using var scope = new Scope();
        using var data = new Stripes();
        using var random = new Generator(3);
        using var network = Stripes.Network(random);
        var batch = data.Images.Render(0, 4);
        var mix = new CutMix(Tensor.From<long>([3, 2, 1, 0]), 0, 4, 2, 6);
        var logBK = network.Call(mix.Apply(batch.Images)).LogSoftmax(1);
        var expected = 0.0;
        for (var b = 0; b < 4; b++) expected -= ((0.625 * logBK.Select(0, b).Select(0, data.Images.Labels[b]).Item()) + (0.375 * logBK.Select(0, b).Select(0, data.Images.Labels[3 - b]).Item())) / 4;
        Assert.Equal(expected, mix.Loss(network, batch.Images, batch.Labels, data.Images.Shape).Item(), 1e-5);
    }

    [Fact]
    public void DrawsAreWithinTheImageAndAsOftenAsAsked()
    {
        using var scope = new Scope();
        using var random = new Generator(4);
        var drawn = Enumerable.Range(0, 400).Select(_ => CutMix.Draw(0.5, shape, 5, random)).ToList();
        Assert.InRange(drawn.Count(mix => mix is null), 160, 240);
        var mixes = drawn.OfType<CutMix>().ToList();
        Assert.All(mixes, mix => Assert.True(mix is { Top: >= 0, Left: >= 0 } && mix.Top + mix.Height <= 6 && mix.Left + mix.Width <= 8 && mix.Height >= 0 && mix.Width >= 0, $"{mix}"));
        Assert.All(mixes, mix => Assert.Equal([0, 1, 2, 3, 4], mix.OrderB.ToArray<long>().Order()));
        // ½ of the area on average before it is clipped and rounded down.
        Assert.InRange(mixes.Average(mix => mix.Kept(shape)), 0.55, 0.8);
        Assert.Null(CutMix.Draw(0, shape, 5, random));
    }
}
