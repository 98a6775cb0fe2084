using Limbeck.Torch.Images;
using Limbeck.Torch.Tensors;

namespace Limbeck.Torch.Tests.Images;

public sealed class ImageCodecTests
{
    // 24×16 pixels (10 x, 15 y, 255 − 5 x − 5 y), written by Pillow 9.4 as a JPEG of quality 92.
    static readonly byte[] jpeg = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/2wBDAQMDAwQDBAgEBAgQCwkLEBAQEB" +
        "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBD/wAARCAAQABgDAREAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAABgcI/8QAGhAAAQUBAAAAAAAAAAAAAAAAAAUH" +
        "JDKhMf/EABgBAQADAQAAAAAAAAAAAAAAAAcFBggJ/8QAGREAAgMBAAAAAAAAAAAAAAAAAAYFITEi/9oADAMBAAIRAxEAPwDLaS2lY+G55lt3ooa8yZYzSW0rHwJppt3odF5kyxoktpWPgTTTbvQ5rz" +
        "JllISW05Hwk5lt3o5NrzJljRJbSsfAlmW3ehzXmTLGiS2lY+BNMtu9DovMmWf/2Q==");

    [Theory]
    [InlineData(0, 0, 0, 0, 254)]
    [InlineData(23, 0, 228, 1, 140)]
    [InlineData(5, 12, 50, 180, 172)]
    public void ReadsAJpegAsPillowDoes(int x, int y, int red, int green, int blue)
    {
        Needed();
        using var scope = new Scope();
        var imageCHW = ImageCodec.Decode(jpeg);
        Assert.Equal([3L, 16, 24], imageCHW.Shape);
        // Decoders differ by a level or two: the standard leaves the rounding open.
        foreach (var (read, expected) in imageCHW.Select(2, x).Select(1, y).ToArray<byte>().Zip([red, green, blue])) Assert.InRange(read, expected - 2, expected + 2);
    }

    [Fact]
    public void ReadsItInGreyToo()
    {
        Needed();
        using var scope = new Scope();
        Assert.Equal([1L, 16, 24], ImageCodec.Decode(jpeg, channels: 1).Shape);
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageCodec.Decode(jpeg, channels: 2));
    }

    [Fact]
    public void WhatIsNoImageOrBrokenIsRefusedWithAReason()
    {
        Needed();
        Assert.Contains("no image that can be read", Assert.Throws<InvalidDataException>(() => ImageCodec.Decode("no picture"u8)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => ImageCodec.Decode(jpeg.AsSpan(0, 150)));
        Assert.Throws<InvalidDataException>(() => ImageCodec.Decode([]));
    }

    [Fact]
    public void AnImageThatClaimsToBeHugeIsNotRead()
    {
        Needed();
        var bitmap = new byte[54];
        "BM"u8.CopyTo(bitmap);
        BitConverter.TryWriteBytes(bitmap.AsSpan(10), 54);
        BitConverter.TryWriteBytes(bitmap.AsSpan(14), 40);
        BitConverter.TryWriteBytes(bitmap.AsSpan(18), 20_000);
        BitConverter.TryWriteBytes(bitmap.AsSpan(22), 20_000);
        BitConverter.TryWriteBytes(bitmap.AsSpan(26), (short)1);
        BitConverter.TryWriteBytes(bitmap.AsSpan(28), (short)24);
        Assert.Contains("20000×20000", Assert.Throws<InvalidDataException>(() => ImageCodec.Decode(bitmap)).Message, StringComparison.Ordinal);
    }

    static void Needed() => Assert.SkipUnless(ImageCodec.IsThere, "needs libstb0");
}
