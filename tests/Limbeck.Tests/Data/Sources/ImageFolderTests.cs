using Limbeck.Data;
using Limbeck.Data.Sources;
using Limbeck.Torch.Images;

namespace Limbeck.Tests.Data.Sources;

public sealed class ImageFolderTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("limbeck-images-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void ClassesAreFoldersInOrderAndImagesAreBroughtToOneSize()
    {
        Needed();
        foreach (var split in new[] { "train", "val" })
        {
            Write($"{split}/wren/b.bmp", 24, 16);
            Write($"{split}/crow/a.bmp", 12, 12);
        }

        Write("train/crow/c.BMP", 12, 40);
        File.WriteAllText(Path.Combine(folder.FullName, "train", "crow", "notes.txt"), "no image");
        var birds = ImageFolder.Load(folder.FullName, new(8));
        Assert.Equal(["crow", "wren"], birds.ClassNames);
        Assert.Equal([0, 0, 1], birds.Train.Labels);
        Assert.Equal([0, 1], birds.Test.Labels);
        Assert.Equal(new ImageShape(3, 8, 8), birds.Train.Shape);
        Assert.Equal("image-folder", birds.Name);
    }

    // Pixels (10 x, 15 y, 255 − 5 x − 5 y) of 24×16, brought to 8×8: torch 1.13's antialiased interpolation to 12×8 and its middle; torchvision 0.14 gives the same but for a level in one of them.
    [Theory]
    [InlineData(0, 0, 45, 11, 229)]
    [InlineData(7, 7, 185, 214, 91)]
    [InlineData(3, 5, 105, 158, 150)]
    public void ResizingIsThatOfTorchvision(int x, int y, int red, int green, int blue)
    {
        Needed();
        Write("train/one/a.bmp", 24, 16);
        Write("test/one/a.bmp", 24, 16);
        var image = ImageFolder.Load(folder.FullName, new(8)).Train[0].ToArray();
        Assert.Equal([red, green, blue], Enumerable.Range(0, 3).Select(channel => (int)image[(channel * 64) + (y * 8) + x]));
    }

    [Fact]
    public void MeanAndDeviationAreThoseOfTheTrainingPixels()
    {
        Needed();
        Write("train/one/a.bmp", 8, 8);
        Write("test/one/a.bmp", 16, 16);
        var images = ImageFolder.Load(folder.FullName, new(8));
        var red = images.Train.Pixels.Take(64).Select(value => value / 255.0).ToList();
        Assert.Equal(red.Average(), images.Info.Normalization.Mean[0], 6);
        Assert.Equal(Math.Sqrt(red.Average(value => Math.Pow(value - red.Average(), 2))), images.Info.Normalization.Std[0], 6);
    }

    [Fact]
    public void TheTextFilesOfCub200SayWhatIsWhat()
    {
        Needed();
        Cub("1 1\n2 2\n3 2\n", "1 1\n2 0\n3 1\n");
        var birds = ImageFolder.Load(folder.FullName, new(8));
        Assert.Equal(["001.Albatross", "002.Wren"], birds.ClassNames);
        Assert.Equal([0, 1], birds.Train.Labels);
        Assert.Equal([1], birds.Test.Labels);
    }

    [Theory]
    [InlineData("1 1\n2 2\n3 5\n", "1 1\n2 0\n3 1\n", "image_class_labels.txt: expected a number from 1 to 2 for 3; found '5'")]
    [InlineData("1 1\n2 2\n3 2\n", "1 1\n2 0\n", "images.txt: expected a class and a split for each image; found none for image 3")]
    [InlineData("1\n2 2\n3 2\n", "1 1\n2 0\n3 1\n", "image_class_labels.txt: expected a number and a value in line 1; found '1'")]
    public void WhatIsWrongInThemIsSaid(string labels, string split, string expected)
    {
        Cub(labels, split);
        Assert.Contains(expected, Assert.Throws<DataFormatException>(() => ImageFolder.Load(folder.FullName)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderOfAnotherLayoutIsRefusedWithWhatIsInIt()
    {
        Write("train/one/a.bmp", 8, 8);
        Refused("expected train/CLASS/* with test/CLASS/* or val/CLASS/*, or images.txt as in CUB-200-2011; found train");
        Write("test/two/a.bmp", 8, 8);
        Refused("1, without 'one'");
        Directory.CreateDirectory(Path.Combine(folder.FullName, "train", "two"));
        Write("test/one/a.bmp", 8, 8);
        Refused("expected images (.jpg, .jpeg, .png, .bmp); found nothing");
        Assert.Throws<DirectoryNotFoundException>(() => ImageFolder.Load(Path.Combine(folder.FullName, "nowhere")));
    }

    [Fact]
    public void AFileThatIsNoImageIsNamed()
    {
        Needed();
        Write("train/one/a.bmp", 8, 8);
        Write("test/one/a.bmp", 8, 8);
        var broken = Path.Combine(folder.FullName, "test", "one", "b.jpg");
        File.WriteAllText(broken, "no picture");
        Refused($"{broken}: expected an image file; found no image that can be read");
    }

    void Refused(string expected) => Assert.Contains(expected, Assert.Throws<DataFormatException>(() => ImageFolder.Load(folder.FullName, new(8))).Message, StringComparison.Ordinal);

    void Cub(string labels, string split)
    {
        Write("images/001.Albatross/a.bmp", 8, 8);
        Write("images/002.Wren/b.bmp", 8, 8);
        Write("images/002.Wren/c.bmp", 8, 8);
        Text("images.txt", "1 001.Albatross/a.bmp\n2 002.Wren/b.bmp\n3 002.Wren/c.bmp\n");
        Text("classes.txt", "1 001.Albatross\n2 002.Wren\n");
        Text("image_class_labels.txt", labels);
        Text("train_test_split.txt", split);
    }

    void Text(string name, string content) => File.WriteAllText(Path.Combine(folder.FullName, name), content);

    // A bitmap of 24 bits: rows from the bottom, padded to 4 bytes, blue first.
    void Write(string name, int width, int height)
    {
        var row = ((width * 3) + 3) / 4 * 4;
        var file = new byte[54 + (row * height)];
        "BM"u8.CopyTo(file);
        foreach (var (at, value) in new[] { (2, file.Length), (10, 54), (14, 40), (18, width), (22, height), (26, 1 | (24 << 16)) }) BitConverter.TryWriteBytes(file.AsSpan(at), value);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                new[] { (byte)(255 - (5 * x) - (5 * y)), (byte)(15 * y), (byte)(10 * x) }.CopyTo(file, 54 + ((height - 1 - y) * row) + (3 * x));
        }

        var path = Path.Combine(folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, file);
    }

    static void Needed() => Assert.SkipUnless(ImageCodec.IsThere, "needs libstb0");
}
