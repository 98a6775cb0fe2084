using System.Globalization;
using Limbeck.Data.Whitening;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;

namespace Limbeck.Data;

/// <summary>x ← (x / 255 − mean) / std, per channel; or, of whitened images, x ← (x / 255 − μ) W of all values together.</summary>
/// <param name="Mean">Mean of each channel, of pixels in [0, 1]; of whitened images 0.</param>
/// <param name="Std">Standard deviation of each channel; of whitened images 1.</param>
public sealed record Normalization(IReadOnlyList<double> Mean, IReadOnlyList<double> Std)
{
    /// <summary>What the images are whitened with in place of mean and deviation; null for nothing.</summary>
    public ZcaMark? Whitened { get; init; }

    /// <summary>The whitening itself. Null where only its mark is known, as from a file. Belongs to the data that it was fitted to.</summary>
    public Zca? Zca { get; init; }

    /// <summary>Pixels in [0, 1], not normalised.</summary>
    public static Normalization None(int channels) => new(new double[channels], [.. Enumerable.Repeat(1.0, channels)]);

    /// <summary>Whitened in place of normalised.</summary>
    public static Normalization By(Zca zca) => None((int)zca.Mean.Size(0)) with { Whitened = zca.Mark, Zca = zca };

    /// <summary>Without the matrices of a whitening: what a file says of it.</summary>
    public Normalization Named() => this with { Zca = null };

    /// <summary>Whether images of one are images of the other.</summary>
    public bool IsLike(Normalization other) => Mean.SequenceEqual(other.Mean) && Std.SequenceEqual(other.Std)
        && (Whitened is null ? other.Whitened is null : other.Whitened is { } theirs && Whitened.Agrees(theirs));

    /// <summary>Pixels in [0, 1] as these images.</summary>
    public Tensor Apply(Tensor pixelsBCHW) => Whitened is null ? (pixelsBCHW - PerChannel(Mean, pixelsBCHW)) / PerChannel(Std, pixelsBCHW) : Fitted.Apply(pixelsBCHW);

    /// <summary>Back to pixels in [0, 1], where nothing is clipped.</summary>
    public Tensor Undo(Tensor imagesBCHW) => Whitened is null ? (imagesBCHW * PerChannel(Std, imagesBCHW)) + PerChannel(Mean, imagesBCHW) : Fitted.Invert(imagesBCHW);

    /// <summary>Back to bytes: 255 (x std + mean), rounded, and clipped to [0, 255].</summary>
    /// <param name="imagesBCHW">Normalised images.</param>
    /// <returns>B×C×H×W, uint8.</returns>
    /// <exception cref="InvalidOperationException">They are whitened, and only the whitening's mark is known.</exception>
    public Tensor ToBytes(Tensor imagesBCHW)
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        return scope.Keep(((Undo(imagesBCHW) * 255).Clamp(0, 255) + 0.5).To(DType.UInt8));
    }

    /// <summary>In words, as errors say it: <c>normalised with means … and deviations …</c>.</summary>
    public string Describe() => Whitened is { } mark
        ? string.Create(CultureInfo.InvariantCulture, $"whitened with ε {mark.Epsilon} (fingerprint {string.Join(", ", mark.Fingerprint.Take(3).Select(number => number.ToString("G5", CultureInfo.InvariantCulture)))}, …)")
        : $"normalised with means {string.Join(", ", Mean)} and deviations {string.Join(", ", Std)}";

    Zca Fitted => Zca ?? throw new InvalidOperationException($"these images are {Describe()}, of which only this mark is known here: load the data that it was fitted to, with the same whitening");

    static Tensor PerChannel(IReadOnlyList<double> values, Tensor like) => Tensor.From<double>([.. values], [1, values.Count, 1, 1]).To(like.Device, like.DType);
}
