using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;

namespace Limbeck.Data;

/// <summary>Labelled images in memory, as one tensor: of bytes, or of synthetic images that are normalised already. Batches are made by tensor operators over a whole batch, never image by image.</summary>
/// <remarks>Subsets share the pixels of the set that they come from. The owner is whoever loaded it: dispose the <see cref="DataSplit"/> or this.</remarks>
public sealed class ImageDataset : IDisposable
{
    const int AtOnce = 500;

    readonly PixelStore pixels;
    readonly Tensor? softNK;
    readonly long[] rows;

    /// <summary>Puts images that were read from files into a tensor.</summary>
    public static ImageDataset From(RawImages images, string name, IReadOnlyList<string> classNames, Normalization normalization) =>
        new(name, Tensor.FromBytes(images.Pixels, DType.UInt8, [images.Count, images.Shape.Channels, images.Shape.Height, images.Shape.Width]),
            images.Labels, classNames, normalization);

    /// <summary>Takes pixels and labels over.</summary>
    /// <param name="name">Name of the dataset.</param>
    /// <param name="imagesNCHW">N×C×H×W: uint8, or float32 and normalised already.</param>
    /// <param name="labels">N labels, each in [0, number of class names).</param>
    /// <param name="classNames">Names of the labels.</param>
    /// <param name="normalization">Mean and standard deviation per channel.</param>
    /// <param name="softNK">N×K logits to learn from in place of the labels; null for none.</param>
    public ImageDataset(string name, Tensor imagesNCHW, int[] labels, IReadOnlyList<string> classNames, Normalization normalization, Tensor? softNK = null)
        : this(name, new PixelStore(imagesNCHW, normalization), softNK?.Hold(), labels, classNames, Enumerable.Range(0, labels.Length).Select(row => (long)row).ToArray())
    {
        if (pixels.Count != labels.Length) throw new ArgumentException($"{name}: {pixels.Count} images, {labels.Length} labels", nameof(labels));
        if (Array.FindIndex(labels, label => label < 0 || label >= classNames.Count) is var bad and >= 0)
            throw new ArgumentException($"{name}: image {bad} has label {labels[bad]}, expected 0 to {classNames.Count - 1}", nameof(labels));
        if (softNK is not null && !softNK.Shape.SequenceEqual([labels.Length, classNames.Count]))
            throw new ArgumentException($"{name}: expected soft labels [{labels.Length}, {classNames.Count}], got {softNK.Describe()}", nameof(softNK));
    }

    ImageDataset(string name, PixelStore pixels, Tensor? softNK, int[] labels, IReadOnlyList<string> classNames, long[] rows) =>
        (Name, this.pixels, this.softNK, Labels, ClassNames, this.rows) = (name, pixels, softNK, labels, classNames, rows);

    /// <summary>Name of the dataset.</summary>
    public string Name { get; }

    /// <summary>Label of each image.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>Names of the labels.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Number of classes.</summary>
    public int Classes => ClassNames.Count;

    /// <summary>Number of images.</summary>
    public int Count => rows.Length;

    /// <summary>Channels, height and width of an image.</summary>
    public ImageShape Shape => pixels.Shape;

    /// <summary>Mean and standard deviation that images are normalised with.</summary>
    public Normalization Normalization => pixels.Normalization;

    /// <summary>The images of some views, normalised, with their labels. The tensors belong to the open scope.</summary>
    public Batch Render(Views views, Augmentation augmentation)
    {
        var stored = Array.ConvertAll(views.Samples, sample => rows[sample]);
        var labels = Array.ConvertAll(views.Samples, sample => (long)Labels[(int)sample]);
        return new Batch(pixels.Render(views, stored, augmentation), Tensor.From<long>(labels), views) { SoftLabels = softNK?.IndexSelect(0, Tensor.From<long>(stored)) };
    }

    /// <summary>Images start to start + count − 1 as they are.</summary>
    public Batch Render(int start, int count) =>
        Render(Views.Plain([.. Enumerable.Range(start, count).Select(row => (long)row)]), Augmentation.None);

    /// <summary>Raw pixels of one image, channel by channel, row by row.</summary>
    public byte[] Pixels(int sample) => pixels.Raw(rows[sample]);

    /// <summary>The images at some places, in that order; pixels are shared.</summary>
    public ImageDataset Choose(IEnumerable<int> samples)
    {
        var chosen = samples.ToArray();
        return new ImageDataset(Name, pixels, softNK, Array.ConvertAll(chosen, sample => Labels[sample]), ClassNames, Array.ConvertAll(chosen, sample => rows[sample]));
    }

    /// <summary>The images of some classes, renumbered 0, 1, … in the order given.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    /// <exception cref="InvalidOperationException">The labels are soft: each speaks of all classes.</exception>
    public ImageDataset OfClasses(IReadOnlyList<int> classes)
    {
        if (softNK is not null) throw new InvalidOperationException($"the soft labels of {Name} speak of all its {Classes} classes: make them for the classes that are wanted");
        if (classes.FirstOrDefault(label => label < 0 || label >= Classes, -1) is var unknown and not -1)
            throw new ArgumentOutOfRangeException(nameof(classes), unknown, $"{Name} has classes 0 to {Classes - 1}");
        var renumbered = classes.Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        var samples = Enumerable.Range(0, Count).Where(sample => renumbered.ContainsKey(Labels[sample])).ToArray();
        return new ImageDataset(Name, pixels, null, Array.ConvertAll(samples, sample => renumbered[Labels[sample]]),
            [.. classes.Select(label => ClassNames[label])], Array.ConvertAll(samples, sample => rows[sample]));
    }

    /// <summary>As many images as asked: a random selection, the same for the same seed, or without a seed the first ones.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public ImageDataset Take(int count, int? seed)
    {
        if (count < 1 || count > Count) throw new ArgumentOutOfRangeException(nameof(count), count, $"{Name} has {Count} images to take from");
        return Choose(Order(seed).Take(count).Order());
    }

    /// <summary>As many images of each class as asked, likewise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A class has fewer.</exception>
    public ImageDataset TakePerClass(int count, int? seed)
    {
        var byClass = Order(seed).GroupBy(sample => Labels[sample]).ToList();
        if (byClass.Find(group => group.Count() < count) is { } short_)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"class {ClassNames[short_.Key]} of {Name} has only {short_.Count()} images");
        return Choose(byClass.SelectMany(group => group.Take(count)).Order());
    }

    /// <summary>All of these images, of pixels in [0, 1], under another normalisation: numbers from now on, no bytes any more.</summary>
    internal ImageDataset As(Normalization normalization)
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        var imagesNCHW = Tensor.Empty([Count, Shape.Channels, Shape.Height, Shape.Width]);
        for (var start = 0; start < Count; start += AtOnce)
        {
            using var step = new Scope();
            var count = Math.Min(AtOnce, Count - start);
            imagesNCHW.Narrow(0, start, count).CopyFrom(normalization.Apply(Render(start, count).Images));
        }

        return new ImageDataset(Name, imagesNCHW, [.. Labels], ClassNames, normalization);
    }

    int[] Order(int? seed) => seed is { } drawn ? Shuffle.Order(Count, drawn) : [.. Enumerable.Range(0, Count)];

    /// <summary>Frees the pixels, for every subset that shares them.</summary>
    public void Dispose()
    {
        pixels.Dispose();
        softNK?.Dispose();
    }
}
