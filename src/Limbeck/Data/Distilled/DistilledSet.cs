using Limbeck.Torch.Autograd;
using Limbeck.Torch.Serialization;
using Limbeck.Torch.Tensors;

namespace Limbeck.Data.Distilled;

/// <summary>Synthetic images that stand for a dataset: one safetensors file with images, labels, learned step sizes and momenta, the order of the steps where it counts, and the <see cref="DistilledCard"/>.</summary>
/// <remarks>
/// Other codes store the images alone. Who then normalises them otherwise, takes hard labels for soft ones or another rate than the learned one, measures another set: by up to 16 points
/// in what their users report.
/// </remarks>
public sealed class DistilledSet : IDisposable
{
    const string ImagesKey = "images";
    const string LabelsKey = "labels";
    const string StepsKey = "step-sizes";
    const string MomentaKey = "momenta";
    const string OrderKey = "step-images";
    const string PixelsKey = "pixels";

    readonly Tensor? pixelsNCHW;

    /// <summary>Copies images and labels into a set.</summary>
    /// <param name="imagesNCHW">N×C×H×W, normalised.</param>
    /// <param name="labels">N classes (int64), or N×K logits whose softmax is learned from.</param>
    /// <param name="stepSizes">The step sizes that the images were made for: one for all steps of a training or one for each, empty where none were learned.</param>
    /// <param name="card">Where they come from.</param>
    /// <param name="orderSB">The places of the images of each of S steps, int64, where the images were made for exactly these; null where any training will do.</param>
    /// <param name="pixelsNCHW">The images as one sees them, uint8, where these are whitened and the card knows only the whitening's mark: it cannot be undone then.</param>
    /// <param name="momenta">The momenta of these steps, one for each; null or empty for plain descent.</param>
    /// <exception cref="ArgumentException">These do not fit together.</exception>
    public DistilledSet(Tensor imagesNCHW, Tensor labels, IReadOnlyList<double> stepSizes, DistilledCard card, Tensor? orderSB = null, Tensor? pixelsNCHW = null, IReadOnlyList<double>? momenta = null)
    {
        if ((Misfit(imagesNCHW, labels, stepSizes, card) ?? MisfitOfOrder(orderSB, stepSizes.Count, imagesNCHW.Size(0)) ?? MisfitOfMomenta(momenta ?? [], orderSB) ?? MisfitOfPixels(pixelsNCHW, imagesNCHW, card.Normalization)) is { } misfit) throw new ArgumentException(misfit);
        using var off = Grad.Off();
        using var scope = new Scope();
        (Images, StepSizes, Momenta, Card) = (Copy(imagesNCHW, DType.Float32), [.. stepSizes], [.. momenta ?? []], card with { Normalization = card.Normalization.Named() });
        Labels = Copy(labels, labels.Dim == 1 ? DType.Int64 : DType.Float32);
        Order = orderSB is null ? null : Copy(orderSB, DType.Int64);
        if (card.Normalization.Zca is not null) this.pixelsNCHW = card.Normalization.ToBytes(Images).Hold();
        else if (card.Normalization.Whitened is not null) this.pixelsNCHW = Copy(pixelsNCHW!, DType.UInt8);
    }

    /// <summary>N×C×H×W, float32, normalised.</summary>
    public Tensor Images { get; }

    /// <summary>N classes (int64), or N×K logits (float32).</summary>
    public Tensor Labels { get; }

    /// <summary>The step sizes that the images were made for: one for all steps of a training or one for each, empty where none were learned.</summary>
    public IReadOnlyList<double> StepSizes { get; }

    /// <summary>The momenta of the steps that the images were made for, one for each; empty for plain descent.</summary>
    public IReadOnlyList<double> Momenta { get; }

    /// <summary>S×B, int64: the places of the images of each step, which has the step size of its number. Null where the images were made for no such order.</summary>
    public Tensor? Order { get; }

    /// <summary>Their mean, as the rate of an ordinary training on the set; null where none were learned.</summary>
    public double? StepSize => StepSizes.Count == 0 ? null : StepSizes.Average();

    /// <summary>Where the images come from.</summary>
    public DistilledCard Card { get; }

    /// <summary>Whether labels are distributions over the classes.</summary>
    public bool HasSoftLabels => Labels.Dim == 2;

    /// <summary>Number of images.</summary>
    public int Count => (int)Images.Size(0);

    /// <summary>Shape of an image.</summary>
    public ImageShape Shape => new((int)Images.Size(1), (int)Images.Size(2), (int)Images.Size(3));

    /// <summary>Reads a set, and checks that its parts fit together.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or incomplete, of a later format, or something else: the message says what.</exception>
    public static DistilledSet Open(string path)
    {
        using var file = Safetensors.Load(path);
        var card = DistilledCard.Read(file);
        var held = file.Entries.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        using var scope = new Scope();
        try
        {
            return new DistilledSet(Read(ImagesKey), Read(LabelsKey), Numbers(StepsKey), card, held.Contains(OrderKey) ? file.Read(OrderKey) : null, card.Normalization.Whitened is null ? null : Read(PixelsKey), Numbers(MomentaKey));
        }
        catch (Exception misfit) when (misfit is ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path} is no usable distilled set: {Refusal.Words(misfit)}", misfit);
        }

        double[] Numbers(string name) => held.Contains(name) ? file.Read(name).ToArray<double>() : [];

        Tensor Read(string name) => held.Contains(name) ? file.Read(name) : throw new InvalidDataException($"{path} is an incomplete distilled set: it has no tensor '{name}', only: {string.Join(", ", held)}");
    }

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <exception cref="IOException">The disk is full, or the like. What was there before is untouched.</exception>
    public void Save(string path)
    {
        using var scope = new Scope();
        var tensors = new List<(string, Tensor)> { (ImagesKey, Images), (LabelsKey, Labels) };
        if (StepSizes.Count > 0) tensors.Add((StepsKey, Tensor.From<double>([.. StepSizes])));
        if (Momenta.Count > 0) tensors.Add((MomentaKey, Tensor.From<double>([.. Momenta])));
        if (Order is not null) tensors.Add((OrderKey, Order));
        if (pixelsNCHW is not null) tensors.Add((PixelsKey, pixelsNCHW));
        Safetensors.Save(path, tensors, Card.Write());
    }

    /// <summary>The same images with another card.</summary>
    public DistilledSet With(DistilledCard card) => new(Images, Labels, StepSizes, card, Order, pixelsNCHW, Momenta);

    /// <summary>Class of each image: of a soft label the most likely.</summary>
    public int[] Classes()
    {
        using var scope = new Scope();
        return (HasSoftLabels ? Labels.Argmax(1) : Labels).To(DType.Int32).ToArray<int>();
    }

    /// <summary>The images as a network learns from them, in a dataset of their own.</summary>
    /// <param name="hard">Take the most likely class for a soft label.</param>
    public ImageDataset ToDataset(bool hard = false)
    {
        using var scope = new Scope();
        return new ImageDataset($"{Card.Method} of {Card.Dataset}", Images.Clone(), Classes(), Card.ClassNames, Card.Normalization, HasSoftLabels && !hard ? Labels.Clone() : null);
    }

    /// <summary>The images as one sees them: N×C×H×W, uint8, what is outside of [0, 255] clipped.</summary>
    /// <remarks>Of whitened images they are kept beside them, as bytes: a picture from the file alone needs no whitening fitted again.</remarks>
    public Tensor Pixels() => pixelsNCHW?.Clone() ?? Card.Normalization.ToBytes(Images);

    /// <summary>Frees images and labels.</summary>
    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
        Order?.Dispose();
        pixelsNCHW?.Dispose();
    }

    static Tensor Copy(Tensor values, DType dtype) => values.Detach().To(Device.Cpu, dtype).Contiguous().Clone().Hold();

    static string? Misfit(Tensor images, Tensor labels, IReadOnlyList<double> steps, DistilledCard card)
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        var classes = card.ClassNames.Count;
        if (images.Dim != 4 || !IsReal(images)) return $"expected images as Float32[N, C, H, W], got {images.Describe()}";
        if (images.Count == 0) return $"it has no images: {images.Describe()}";
        if (!images.IsFinite().All()) return "its images hold NaN or infinite values";
        if (!(labels.Dim == 1 && labels.DType == DType.Int64) && !(labels.Dim == 2 && IsReal(labels)))
            return $"expected labels as classes Int64[N] or as logits Float32[N, {classes}], got {labels.Describe()}";
        if (labels.Size(0) != images.Size(0)) return $"{images.Size(0)} images have {labels.Size(0)} labels: expected one each";
        if (labels.Dim == 2 && labels.Size(1) != classes) return $"soft labels of {labels.Size(1)} classes, and {classes} class names: {string.Join(", ", card.ClassNames)}";
        if (labels.Dim == 2 && !labels.IsFinite().All()) return "its soft labels hold NaN or infinite values";
        if (labels.Dim == 1 && (labels.Min().Item() < 0 || labels.Max().Item() >= classes)) return $"its labels go from {labels.Min().Item()} to {labels.Max().Item()}, expected 0 to {classes - 1}";
        if (card.Normalization.Mean.Count != images.Size(1) || card.Normalization.Std.Count != images.Size(1))
            return $"images of {images.Size(1)} channels, normalised with {card.Normalization.Mean.Count} means and {card.Normalization.Std.Count} deviations";
        return steps.Any(step => !(step > 0 && double.IsFinite(step))) ? $"its step sizes are {string.Join(", ", steps)}, expected above 0" : null;
    }

    static string? MisfitOfOrder(Tensor? order, int sizes, long images)
    {
        if (order is null) return null;
        if (order.Dim != 2 || order.DType != DType.Int64 || order.Size(0) != sizes || order.Count == 0)
            return $"expected the images of each step as Int64[S, B], one row for each of {sizes} step sizes, got {order.Describe()}";
        using var scope = new Scope();
        var (least, most) = (order.Min().Item(), order.Max().Item());
        return least < 0 || most >= images ? $"its steps name images {least} to {most}, expected 0 to {images - 1}" : null;
    }

    static string? MisfitOfMomenta(IReadOnlyList<double> momenta, Tensor? order)
    {
        if (momenta.Count == 0) return null;
        if (momenta.Count != (order?.Size(0) ?? 0)) return $"it has {momenta.Count} momenta for {order?.Size(0) ?? 0} ordered steps: expected one each, or none";
        return momenta.Any(momentum => momentum is not (>= 0 and < 1)) ? $"its momenta are {string.Join(", ", momenta)}, expected 0 and above, below 1" : null;
    }

    static string? MisfitOfPixels(Tensor? pixels, Tensor images, Normalization normalization) => normalization is not { Whitened: not null, Zca: null } || (pixels is { DType: DType.UInt8 } && pixels.Shape.AsSpan().SequenceEqual(images.Shape))
        ? null
        : $"whitened images {images.Describe()} need their pixels as UInt8 of the same shape, got {pixels?.Describe() ?? "none"}";

    static bool IsReal(Tensor values) => values.DType is DType.Float32 or DType.Float64;
}
