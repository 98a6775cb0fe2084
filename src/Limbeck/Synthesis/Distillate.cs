using Limbeck.Data;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis;

/// <summary>
/// What dataset distillation learns: N synthetic images, and, where a method wants them, soft labels, the step sizes and momenta of the training that they are made for, and a temperature.
/// Each of these is a <see cref="Parameter"/>, learned as long as it is <see cref="Parameter.Trainable"/>.
/// </summary>
/// <remarks>
/// Images live in the normalised space of the data that they stand for, and carry that normalisation with them: without it they are pictures of nothing. Pixels are free; <see cref="Clamp"/> brings them back to [0, 1] of the
/// original space.
/// </remarks>
public sealed class Distillate : IDisposable
{
    readonly OrderedDictionary<string, Parameter> own = new(StringComparer.Ordinal);

    /// <summary>Takes images over, with hard labels and nothing else to learn.</summary>
    /// <param name="imagesNCHW">N×C×H×W, normalised.</param>
    /// <param name="labels">The class of each image, in [0, classes).</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="normalization">What the images are normalised with.</param>
    public Distillate(Tensor imagesNCHW, IReadOnlyList<int> labels, int classes, Normalization normalization)
    {
        if (imagesNCHW.Dim != 4 || imagesNCHW.Size(0) != labels.Count)
            throw new ArgumentException($"expected one image [C, H, W] for each of {labels.Count} labels, got {imagesNCHW.Describe()}", nameof(imagesNCHW));
        if (labels.Index().Where(entry => entry.Item < 0 || entry.Item >= classes).Select(entry => $"image {entry.Index} has label {entry.Item}").FirstOrDefault() is { } wrong)
            throw new ArgumentException($"{wrong}, expected 0 to {classes - 1}", nameof(labels));
        if (normalization.Mean.Count != imagesNCHW.Size(1))
            throw new ArgumentException($"{normalization.Mean.Count} means for images {imagesNCHW.Describe()}", nameof(normalization));
        (Images, Labels, Classes, Normalization) = (new Parameter(imagesNCHW.Detach().Clone()), [.. labels], classes, normalization);
    }

    Distillate(Distillate other, Device device)
    {
        (Images, Labels, Classes, Normalization) = (other.Images.CopyTo(device), other.Labels, other.Classes, other.Normalization);
        (LabelLogits, StepSizes, Momenta, Temperature) = (other.LabelLogits?.CopyTo(device), other.StepSizes?.Clone(device), other.Momenta?.Clone(device), other.Temperature?.Clone(device));
        (Order, WeightsSeed) = (other.Order, other.WeightsSeed);
        foreach (var (name, values) in other.own) own.Add(name, values.CopyTo(device));
    }

    /// <summary>N×C×H×W, normalised.</summary>
    public Parameter Images { get; }

    /// <summary>The class that each image was made for. With soft labels it says only that.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>Number of classes, K.</summary>
    public int Classes { get; }

    /// <summary>What the images are normalised with.</summary>
    public Normalization Normalization { get; }

    /// <summary>Soft labels, N×K: the target of an image is softmax of its row. Null for hard labels.</summary>
    public Parameter? LabelLogits { get; private set; }

    /// <summary>Step sizes of the training that the images are made for: one for all steps, or one for each. Null where the method has none.</summary>
    public PositiveNumbers? StepSizes { get; private set; }

    /// <summary>Momenta of that training, one for each step. Null where it descends without.</summary>
    public PositiveNumbers? Momenta { get; private set; }

    /// <summary>The images of each step of that training, in order, where they are made for one training alone; null where any will do.</summary>
    public IReadOnlyList<long[]>? Order { get; private set; }

    /// <summary>Seed of the one network whose first weights that training begins with; null where any will do.</summary>
    public int? WeightsSeed { get; private set; }

    /// <summary>The temperature of a distillation term inside that training. Null where it is not learned.</summary>
    public PositiveNumbers? Temperature { get; private set; }

    /// <summary>What the images are made from, by name, where a method learns that in their place: a generator's weights. See <see cref="ISynthesis.Generate"/>.</summary>
    public IReadOnlyDictionary<string, Parameter> Own => own;

    /// <summary>Number of images, N.</summary>
    public int Count => Labels.Count;

    /// <summary>Shape of an image.</summary>
    public ImageShape Shape => new((int)Images.Value.Size(1), (int)Images.Value.Size(2), (int)Images.Value.Size(3));

    /// <summary>Where it lives.</summary>
    public Device Device => Images.Value.Device;

    /// <summary>All that there is by name, learned or not: images, label-logits, step-sizes, momenta, temperature, and what the images are made from. Step sizes, momenta and temperature as what stands for them.</summary>
    public IEnumerable<(string Name, Parameter Value)> Parts =>
        ((string Name, Parameter? Value)[])[("images", Images), ("label-logits", LabelLogits), .. Numbers.Select(part => (part.Name, part.Value?.Free))] is var parts
            ? parts.Where(part => part.Value is not null).Select(part => (part.Name, part.Value!)).Concat(own.Select(part => (part.Key, part.Value)))
            : [];

    (string Name, PositiveNumbers? Value)[] Numbers => [("step-sizes", StepSizes), ("momenta", Momenta), ("temperature", Temperature)];

    /// <summary>Which parts hold a value that is not finite: step sizes, momenta and temperature as the numbers that they stand for.</summary>
    public IEnumerable<string> NotFinite()
    {
        using var scope = new Scope();
        return [.. from part in Parts
                   let value = Numbers.FirstOrDefault(number => number.Name == part.Name).Value?.Value ?? part.Value.Value
                   where !double.IsFinite(value.Detach().Norm().Item())
                   select part.Name];
    }

    /// <summary>As many images a class as asked, class by class, drawn from the training images or from N(0, 1).</summary>
    /// <param name="data">What they will stand for.</param>
    /// <param name="perClass">Images a class.</param>
    /// <param name="initial">What they begin as.</param>
    /// <param name="seed">The same images for the same seed.</param>
    /// <exception cref="ArgumentOutOfRangeException">A class has fewer images.</exception>
    public static Distillate Start(ImageDataset data, int perClass, InitialImages initial, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perClass, 1);
        if (initial == InitialImages.Real) return Of(data, Draw(data, perClass, seed));
        using var scope = new Scope();
        using var random = new Generator(seed);
        int[] labels = [.. Enumerable.Range(0, data.Classes * perClass).Select(image => image / perClass)];
        return new Distillate(Tensor.Randn([labels.Length, data.Shape.Channels, data.Shape.Height, data.Shape.Width], random), labels, data.Classes, data.Normalization);
    }

    /// <summary>Copies of some training images, in the order given.</summary>
    public static Distillate Of(ImageDataset data, IEnumerable<int> samples)
    {
        using var scope = new Scope();
        long[] rows = [.. samples.Select(sample => (long)sample)];
        return new Distillate(data.Render(Views.Plain(rows), Augmentation.None).Images, [.. rows.Select(row => data.Labels[(int)row])], data.Classes, data.Normalization);
    }

    /// <summary>A random choice of training images, so many of each class, class by class.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A class has fewer.</exception>
    public static int[] Draw(ImageDataset data, int perClass, int seed)
    {
        var byClass = Shuffle.Order(data.Count, seed).ToLookup(sample => data.Labels[sample]);
        return [.. Enumerable.Range(0, data.Classes).SelectMany(label => byClass[label].Count() >= perClass
            ? byClass[label].Take(perClass)
            : throw new ArgumentOutOfRangeException(nameof(perClass), perClass, $"class {data.ClassNames[label]} of {data.Name} has only {byClass[label].Count()} images"))];
    }

    /// <summary>The places of the images of a class.</summary>
    public long[] PlacesOf(int label) => [.. Enumerable.Range(0, Count).Where(image => Labels[image] == label).Select(image => (long)image)];

    /// <summary>Hard labels as a vector of N, int64, where the images are; the open scope's.</summary>
    public Tensor LabelsN() => Tensor.From<long>([.. Labels.Select(label => (long)label)]).To(Device);

    /// <summary>Soft labels from now on.</summary>
    /// <param name="logitsNK">Their logits; copied.</param>
    /// <param name="learned">Whether they are learned.</param>
    public void SoftenLabels(Tensor logitsNK, bool learned)
    {
        if (!logitsNK.Shape.AsSpan().SequenceEqual([Count, Classes]))
            throw new ArgumentException($"expected logits [{Count}, {Classes}], got {logitsNK.Describe()}", nameof(logitsNK));
        LabelLogits?.Dispose();
        using var scope = new Scope();
        LabelLogits = new Parameter(logitsNK.Detach().To(Device, Images.Value.DType).Clone()) { Trainable = learned };
    }

    /// <summary>Step sizes from now on: one for all steps, or one for each.</summary>
    /// <param name="sizes">Their first values.</param>
    /// <param name="learned">Whether they are learned.</param>
    /// <param name="form">What keeps them above 0; null for <see cref="Positivity.Log"/>.</param>
    public void TakeSteps(IReadOnlyList<double> sizes, bool learned, Positivity? form = null) => StepSizes = Taken(StepSizes, sizes, learned, form ?? Positivity.Log);

    /// <summary>Momenta from now on, one for each step, which stay below 1; or none any more.</summary>
    public void TakeMomenta(IReadOnlyList<double> momenta, bool learned) => Momenta = Taken(Momenta, momenta, learned, Positivity.Logistic);

    /// <summary>Something that the images are made from, learned from now on.</summary>
    /// <param name="name">Its name among the <see cref="Parts"/>.</param>
    /// <param name="values">Its first values; copied.</param>
    public void TakeOwn(string name, Tensor values)
    {
        using var scope = new Scope();
        own.Add(name, new Parameter(values.Detach().To(Device, Images.Value.DType).Clone()));
    }

    /// <summary>Made for these steps alone from now on.</summary>
    /// <param name="order">The images of each step, as many in each.</param>
    /// <param name="weightsSeed">See <see cref="WeightsSeed"/>.</param>
    public void TakeOrder(IReadOnlyList<long[]> order, int? weightsSeed = null) => (Order, WeightsSeed) = (order, weightsSeed);

    /// <summary>A temperature from now on.</summary>
    public void TakeTemperature(double temperature, bool learned) => Temperature = Taken(Temperature, [temperature], learned, Positivity.Log);

    /// <summary>Brings every pixel back to [0, 1] of the original space: (0 − mean)/std to (1 − mean)/std of its channel, or, of whitened images, by way of their pixels.</summary>
    public void Clamp()
    {
        using var scope = new Scope();
        var images = Images.Value.Detach();
        if (Normalization.Whitened is not null)
        {
            Images.Assign(Normalization.Apply(Normalization.Undo(images).Clamp(0, 1)));
            return;
        }

        Images.Assign(images.Maximum(Bound(0)).Minimum(Bound(1)));

        Tensor Bound(double pixel) => Tensor.From<double>([.. Normalization.Mean.Zip(Normalization.Std, (mean, std) => (pixel - mean) / std)], [1, Shape.Channels, 1, 1])
            .To(images.Device, images.DType);
    }

    /// <summary>An independent copy, there or on another device.</summary>
    public Distillate Clone(Device? device = null) => new(this, device ?? Device);

    /// <summary>Every part, by name. The tensors stay this object's: copy what must outlive it.</summary>
    public IReadOnlyList<(string Key, Tensor Value)> State() => [.. Parts.Select(part => (part.Name, part.Value.Value))];

    /// <summary>Copies saved parts in. Nothing is changed unless all of them fit.</summary>
    /// <exception cref="StateMismatchException">A part is missing, is not there, or has another shape: the message lists all of them.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state)
    {
        StateMismatchException.ThrowUnlessFits(nameof(Distillate), State(), state);
        foreach (var (name, part) in Parts) part.Assign(state[name]);
    }

    /// <summary>Frees every part.</summary>
    public void Dispose()
    {
        foreach (var (_, part) in Parts) part.Dispose();
    }

    PositiveNumbers? Taken(PositiveNumbers? before, IReadOnlyList<double> numbers, bool learned, Positivity form)
    {
        before?.Dispose();
        if (numbers.Count == 0) return null;
        var taken = new PositiveNumbers(numbers, Images.Value, form);
        taken.Free.Trainable = learned;
        return taken;
    }
}
