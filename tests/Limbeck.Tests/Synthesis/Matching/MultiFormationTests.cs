using Limbeck.Synthesis.Matching;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;

namespace Limbeck.Tests.Synthesis.Matching;

public class MultiFormationTests
{
    [Theory]
    [InlineData(2, 4, 6)]
    [InlineData(3, 7, 8)]
    public void EnlargesEachTile(int factor, int height, int width)
    {
        using var scope = new Scope();
        var imagesNCHW = new ReferenceStream(31).Draw(1, 2, 3, height, width);
        var found = MultiFormation.Decode(imagesNCHW, factor);
        var (tileHeight, tileWidth) = ((height + factor - 1) / factor, (width + factor - 1) / factor);
        var padded = imagesNCHW.Pad([0, (tileWidth * factor) - width, 0, (tileHeight * factor) - height]);
        Assert.Equal([2 * factor * factor, 3, height, width], found.Shape);
        for (var tile = 0; tile < factor * factor; tile++)
        {
            var cut = padded.Narrow(2, tile / factor * tileHeight, tileHeight).Narrow(3, tile % factor * tileWidth, tileWidth);
            Assert.True(Functional.Bilinear(cut, [height, width]).AllClose(found.Narrow(0, 2 * tile, 2), 0, 1e-12));
        }

        GradientCheck.First(at => MultiFormation.Decode(at[0], factor), imagesNCHW);
        GradientCheck.Second(at => MultiFormation.Decode(at[0], factor).Square(), imagesNCHW);
    }

    [Fact]
    public void LabelsFollowTheImages()
    {
        using var scope = new Scope();
        Assert.Equal([3, 1, 3, 1, 3, 1, 3, 1], MultiFormation.DecodeLabels(Tensor.From<long>([3, 1]), 2).ToArray<long>());
    }

    [Fact]
    public void HoldsSmallImagesThatComeBack()
    {
        using var scope = new Scope();
        // Flat images are the same at every size.
        var flat = Tensor.From<double>([.. Enumerable.Range(0, 8)], [8, 1, 1, 1]).Expand(8, 1, 4, 4).Contiguous();
        var held = MultiFormation.Encode(flat, 2);
        Assert.Equal([2, 1, 4, 4], held.Shape);
        Assert.True(MultiFormation.Decode(held, 2).AllClose(flat));
        Assert.Contains("a multiple of 4", Assert.Throws<ArgumentException>(() => MultiFormation.Encode(flat.Narrow(0, 0, 6), 2)).Message);
    }

    [Fact]
    public void OfOneChangesNothing()
    {
        using var scope = new Scope();
        var images = Tensor.Ones([1, 1, 4, 4]);
        Assert.Same(images, MultiFormation.Decode(images, 1));
    }
}
