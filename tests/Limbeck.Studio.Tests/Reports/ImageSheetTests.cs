using Limbeck.Data.Distilled;
using Limbeck.Studio.Reports;
using Limbeck.Torch.Tensors;

namespace Limbeck.Studio.Tests.Reports;

public sealed class ImageSheetTests
{
    const int Enlarged = 16, Tile = (Enlarged * 4) + 2;

    // Three images of 3x4x4, of the classes 1, 0, 1: two lines, of one and of two images.
    [Fact]
    public void Each_class_has_its_line_and_images_their_own_colours()
    {
        using var scope = new Scope();
        using var random = new Generator(4);
        var imagesNCHW = Tensor.Randn([3, 3, 4, 4], random) * 3;
        using var set = new DistilledSet(imagesNCHW, Tensor.From<long>([1, 0, 1]), [], new()
        {
            Method = "dm", Dataset = "any", ClassNames = ["a", "b"], Normalization = new([0.5, 0.4, 0.3], [0.2, 0.25, 0.3]), Network = "mlp",
        });
        var values = imagesNCHW.ToArray<float>();
        var expected = new byte[3 * (2 * Tile) * (2 * Tile)];
        for (var at = 0; at < expected.Length; at++)
        {
            var (channel, y, x) = (at / (4 * Tile * Tile), at / (2 * Tile) % (2 * Tile), at % (2 * Tile));
            expected[at] = Pixel(channel, (y / Tile, x / Tile) switch { (0, 0) => 1, (1, 0) => 0, (1, 1) => 2, _ => null }, (y % Tile) - 1, (x % Tile) - 1);
        }

        Assert.Equal(Png.Encode(expected, 3, 2 * Tile, 2 * Tile), ImageSheet.Of(set));

        byte Pixel(int channel, int? image, int y, int x)
        {
            if (image is not { } shown || y < 0 || x < 0 || y >= 4 * Enlarged || x >= 4 * Enlarged) return 255;
            var value = values[(((((shown * 3) + channel) * 4) + (y / Enlarged)) * 4) + (x / Enlarged)];
            var (mean, std) = (set.Card.Normalization.Mean[channel], set.Card.Normalization.Std[channel]);
            return (byte)Math.Floor(Math.Clamp(255 * ((value * std) + mean), 0, 255) + 0.5);
        }
    }
}
