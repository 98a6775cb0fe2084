using System.ComponentModel.DataAnnotations;
using Limbeck.Data.Formats;
using Limbeck.Torch;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Images;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Data.Sources;

/// <summary>
/// Image files in a folder, all brought to one size: the shorter side is resized to it (bilinear, antialiased), and the middle is kept. Two layouts are known:
/// <c>train/CLASS/*</c> with <c>test/CLASS/*</c> or <c>val/CLASS/*</c>, as torchvision's ImageFolder has it, and that of CUB-200-2011, whose text files say which image is of which class and split.
/// </summary>
/// <remarks>Mean and deviation of each channel are the training images' own. Decoding takes some milliseconds an image on each core, at every start.</remarks>
public static class ImageFolder
{
    /// <summary>Name in recipes.</summary>
    public const string Name = "image-folder";

    /// <param name="Size">Height and width that images are brought to, in [8, 1024]. Default 64.</param>
    public sealed record Options([property: Range(8, 1024)] int Size = 64);

    /// <summary>Reads all images.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="DataFormatException">It has another layout, the splits have other classes, or a file is no image.</exception>
    /// <exception cref="PlatformNotSupportedException">Image files cannot be read here.</exception>
    public static RawDataset Load(string path, Options? options = null)
    {
        options ??= new();
        Validator.ValidateObject(options, new(options), validateAllProperties: true);
        if (!Directory.Exists(path)) throw new DirectoryNotFoundException($"{path}: no such folder of images");
        var listed = CubListing.IsAt(path) ? CubListing.Read(path) : ClassFolders.Read(path);
        var (train, test) = (Read(listed.Train, options.Size), Read(listed.Test, options.Size));
        return new(Describe(path, listed.ClassNames, train, test), train, test, path);
    }

    static DatasetInfo Describe(string path, IReadOnlyList<string> classNames, RawImages train, RawImages test) => new()
    {
        Name = Name,
        Title = Path.GetFileName(Path.TrimEndingDirectorySeparator(path)),
        Shape = train.Shape,
        TrainCount = train.Count,
        TestCount = test.Count,
        ClassNames = classNames,
        Normalization = MeasuredNormalization(train),
        NormalizationSource = "mean and deviation of all training pixels",
    };

    static RawImages Read(IReadOnlyList<(string File, int Label)> images, int size)
    {
        var shape = new ImageShape(3, size, size);
        var pixels = new byte[checked(images.Count * shape.Count)];
        var cores = Math.Min(Environment.ProcessorCount, images.Count);
        Task.WhenAll(Enumerable.Range(0, cores).Select(first => Task.Factory.StartNew(() => Some(first), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)))
            .GetAwaiter().GetResult();
        return new(shape, pixels, [.. images.Select(image => image.Label)]);

        // A thread of its own for each core, whose kernels need no more.
        void Some(int first)
        {
            Engine.UseOneThreadHere();
            for (var k = first; k < images.Count; k += cores) Fitted(images[k].File, size).CopyTo(pixels.AsSpan(k * shape.Count, shape.Count));
        }
    }

    static byte[] Fitted(string file, int size)
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        try
        {
            var image1CHW = ImageCodec.Decode(File.ReadAllBytes(file)).Unsqueeze(0).To(DType.Float32);
            var (height, width) = (image1CHW.Size(2), image1CHW.Size(3));
            var shorter = Math.Min(height, width);
            long[] fitted = [Math.Max(size, (height * size) / shorter), Math.Max(size, (width * size) / shorter)];
            var resized1CHW = Functional.ResizeAntialiased(image1CHW, fitted);
            var middle1CHW = resized1CHW.Narrow(2, (fitted[0] - size) / 2, size).Narrow(3, (fitted[1] - size) / 2, size);
            return middle1CHW.Round().Clamp(0, 255).To(DType.UInt8).Contiguous().ToArray<byte>();
        }
        catch (InvalidDataException broken)
        {
            throw new DataFormatException(file, null, "an image file", broken.Message, broken);
        }
    }

    static Normalization MeasuredNormalization(RawImages images)
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        var pixelsNCP = Tensor.FromBytes(images.Pixels, DType.UInt8, [images.Count, images.Shape.Channels, images.Shape.Height * images.Shape.Width]);
        var (means, deviations) = (new double[images.Shape.Channels], new double[images.Shape.Channels]);
        for (var c = 0; c < means.Length; c++)
        {
            using var channel = new Scope();
            var valuesNP = pixelsNCP.Select(1, c).To(DType.Float32) / 255;
            means[c] = valuesNP.Mean().Item();
            deviations[c] = Math.Sqrt(valuesNP.Var([0, 1], unbiased: false).Item());
        }

        return new([.. means], [.. deviations]);
    }
}
