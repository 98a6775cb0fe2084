using Limbeck.Data.Sources;
using Limbeck.Data.Storage;
using Limbeck.Data.Whitening;

namespace Limbeck.Data;

/// <summary>Training images, images held back from them to choose by, and test images that are only reported on.</summary>
/// <param name="Train">What networks learn from.</param>
/// <param name="Validation">What epochs and weights are chosen by; null to choose nothing.</param>
/// <param name="Test">What the result is read on.</param>
public sealed record DataSplit(ImageDataset Train, ImageDataset? Validation, ImageDataset Test) : IDisposable
{
    /// <summary>Training images held out for metaparameters alone; null for none.</summary>
    public ImageDataset? Tuning { get; init; }

    /// <summary>What metaparameters learn from: images held out for them, or else the validation images.</summary>
    public ImageDataset? HeldOut => Tuning ?? Validation;

    /// <summary>Number of classes.</summary>
    public int Classes => Train.Classes;

    /// <summary>Shape of every image.</summary>
    public ImageShape Shape => Train.Shape;

    /// <summary>Reads a dataset of the catalogue from where it lies on this machine.</summary>
    /// <param name="dataset">Which.</param>
    /// <param name="path">Its folder or archive; null for the usual places.</param>
    /// <exception cref="DatasetNotFoundException">It is not there; the message says how to get it.</exception>
    public static DataSplit Load(DatasetInfo dataset, string? path = null) => From(new DataStore().Load(dataset, path));

    /// <summary>Puts a dataset that was read from files into tensors, normalised as is customary for it unless told otherwise.</summary>
    public static DataSplit From(RawDataset raw, Normalization? normalization = null)
    {
        var usual = normalization ?? raw.Info.Normalization;
        return new DataSplit(ImageDataset.From(raw.Train, raw.Name, raw.ClassNames, usual), null, ImageDataset.From(raw.Test, raw.Name, raw.ClassNames, usual));
    }

    /// <summary>The same with ZCA whitening in place of mean and deviation: fitted to all training images, as these are, and applied to all images at once. They then take four bytes a value in place of one.</summary>
    /// <param name="raw">The images.</param>
    /// <param name="epsilon">ε; see <see cref="Zca.Options"/>.</param>
    /// <exception cref="InvalidOperationException">Fitting would take more memory than there is; the message says how much.</exception>
    public static DataSplit Whitened(RawDataset raw, double epsilon)
    {
        using var plain = From(raw, Normalization.None(raw.Train.Shape.Channels));
        var normalization = Normalization.By(Zca.Fit(plain.Train, new(epsilon)));
        return new DataSplit(plain.Train.As(normalization), null, plain.Test.As(normalization));
    }

    /// <summary>The same as other images are: normalised alike, or whitened alike, which is fitted again and compared.</summary>
    /// <param name="raw">The images.</param>
    /// <param name="normalization">That of the other images. Of a whitening the mark suffices.</param>
    /// <exception cref="InvalidDataException">The whitening comes out otherwise: it was fitted to other images.</exception>
    public static DataSplit Like(RawDataset raw, Normalization normalization)
    {
        if (normalization.Whitened is not { } mark) return From(raw, normalization);
        var split = Whitened(raw, mark.Epsilon);
        var own = split.Train.Normalization;
        if (own.IsLike(normalization)) return split;
        split.Dispose();
        throw new InvalidDataException($"{raw.Name} from {raw.Source} is no longer what it was: the images here were {normalization.Describe()}, which now comes out as {own.Describe()}. Take the data of then");
    }

    /// <summary>Holds some training images back for validation.</summary>
    /// <param name="validation">How many.</param>
    /// <param name="seed">They are drawn at random, the same for the same seed. Null: the last ones, in the order of the files.</param>
    /// <exception cref="InvalidOperationException">A validation split is made already.</exception>
    public DataSplit Split(int validation, int? seed = 1)
    {
        if (Validation is not null) throw new InvalidOperationException($"{Train.Name} has a validation split already, of {Validation.Count} images");
        var (kept, held) = Part(validation, seed);
        return this with { Train = kept, Validation = held };
    }

    /// <summary>Holds some training images out for metaparameters to learn from, likewise.</summary>
    /// <exception cref="InvalidOperationException">There are some already.</exception>
    public DataSplit Tune(int count, int? seed = 1)
    {
        if (Tuning is not null) throw new InvalidOperationException($"{Train.Name} has {Tuning.Count} tuning images already");
        var (kept, held) = Part(count, seed);
        return this with { Train = kept, Tuning = held };
    }

    /// <summary>Keeps a selection of the training images, at random or, without a seed, the first ones; the others stay.</summary>
    public DataSplit Take(int count, int? seed = 1) => this with { Train = Train.Take(count, seed) };

    /// <summary>Keeps some classes in all three, renumbered 0, 1, … in the order given.</summary>
    public DataSplit OfClasses(IReadOnlyList<int> classes) =>
        new(Train.OfClasses(classes), Validation?.OfClasses(classes), Test.OfClasses(classes)) { Tuning = Tuning?.OfClasses(classes) };

    (ImageDataset Kept, ImageDataset Held) Part(int count, int? seed)
    {
        if (count < 1 || count >= Train.Count) throw new ArgumentOutOfRangeException(nameof(count), count, $"{Train.Name} has {Train.Count} training images to hold some of back");
        var order = seed is { } drawn ? Shuffle.Order(Train.Count, drawn) : [.. Enumerable.Range(1, Train.Count).Select(place => Train.Count - place)];
        return (Train.Choose(order[count..].Order()), Train.Choose(order[..count].Order()));
    }

    /// <summary>Frees the pixels of all.</summary>
    public void Dispose()
    {
        Train.Dispose();
        Validation?.Dispose();
        Tuning?.Dispose();
        Test.Dispose();
    }
}
