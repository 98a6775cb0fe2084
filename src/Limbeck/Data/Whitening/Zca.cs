using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;

namespace Limbeck.Data.Whitening;

/// <summary>
/// Zero-phase whitening: y = (x − μ) W with W = U (S + ε)^(−½) Uᵀ, where U S Uᵀ is the covariance (divided by N − 1) of all values of an image. Back by W⁻¹ = U (S + ε)^½ Uᵀ.
/// Bell, Sejnowski 1997; Krizhevsky 2009, appendix A.
/// </summary>
/// <remarks>
/// Fitted to the training images and applied to all others unchanged: one well-known evaluator fits again to every batch. D = C·H·W values an image, and D² numbers a matrix: 3×32×32 takes 75 MB of double precision,
/// 3×224×224 takes 181 GB, which <see cref="Fit(ImageDataset, Options)"/> refuses before it asks for them.
/// </remarks>
public sealed class Zca : IDisposable
{
    // The covariance, a batch's part of it, eigenvectors, the solver's workspace (LAPACK's syevd: 2 D²) and one result: at the same time, in double precision.
    const int MatricesAtOnce = 6;

    const int Batch = 500;

    // Waves over the values of an image that a fingerprint is taken with.
    const int Waves = 6;

    readonly long[] shape;
    readonly Lazy<ZcaMark> mark;

    /// <summary>Takes over what was fitted before.</summary>
    /// <param name="meanCHW">μ, in the shape of an image.</param>
    /// <param name="whitenDD">W.</param>
    /// <param name="colourDD">W⁻¹.</param>
    /// <param name="epsilon">ε that it was fitted with.</param>
    public Zca(Tensor meanCHW, Tensor whitenDD, Tensor colourDD, double epsilon)
    {
        long[] square = [meanCHW.Count, meanCHW.Count];
        if (!whitenDD.Shape.AsSpan().SequenceEqual(square) || !colourDD.Shape.AsSpan().SequenceEqual(square))
            throw new ArgumentException($"images of {meanCHW.Describe()} need matrices [{square[0]}, {square[0]}], got {whitenDD.Describe()} and {colourDD.Describe()}", nameof(whitenDD));
        shape = meanCHW.Shape;
        (Mean, Whiten, Colour) = (meanCHW.Hold(), whitenDD.Hold(), colourDD.Hold());
        mark = new(() => new(epsilon, Fingerprint()));
    }

    /// <summary>μ, in the shape of an image.</summary>
    public Tensor Mean { get; }

    /// <summary>W, symmetric.</summary>
    public Tensor Whiten { get; }

    /// <summary>W⁻¹, symmetric.</summary>
    public Tensor Colour { get; }

    /// <summary>ε, and a fingerprint: for six waves p over the D values of an image, cos(k i + k), first pᵀWp / pᵀp of each, then the mean of μ weighted with p².</summary>
    public ZcaMark Mark => mark.Value;

    /// <summary>Bytes that fitting takes for images of so many values, as far as they grow with them: 48 D².</summary>
    public static double BytesToFit(long values) => MatricesAtOnce * sizeof(double) * (double)values * values;

    /// <summary>Fits to all images of a dataset, as they are rendered: for the published form they are not normalised (<see cref="Normalization.None"/>).</summary>
    /// <inheritdoc cref="Fit(int, Func{int, Tensor}, Options)"/>
    public static Zca Fit(ImageDataset data, Options options) => Fit((data.Count + Batch - 1) / Batch,
        batch => data.Render(batch * Batch, Math.Min(Batch, data.Count - (batch * Batch))).Images, options);

    /// <summary>Fits to images that come in batches, each asked for once: never more than one batch and a few D×D matrices are there at a time.</summary>
    /// <param name="batches">How many.</param>
    /// <param name="render">Makes one, B×C×H×W, in the open scope. All have one shape.</param>
    /// <param name="options">ε, and how much memory may be used.</param>
    /// <exception cref="ArgumentException">There are fewer than two images, or shapes differ.</exception>
    /// <exception cref="InvalidOperationException">It would take more memory than allowed; the message says how much.</exception>
    public static Zca Fit(int batches, Func<int, Tensor> render, Options options)
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        Moments? moments = null;
        for (var batch = 0; batch < batches; batch++)
        {
            if (moments is null)
            {
                using var first = render(batch);
                ThrowIfTooLarge(first, options);
                moments = new Moments(first);
                moments.Add(first);
                continue;
            }

            using var step = new Scope();
            moments.Add(render(batch));
        }

        if (moments is not { Count: > 1 }) throw new ArgumentException($"whitening needs two images at least, got {moments?.Count ?? 0}", nameof(batches));
        var (s, u) = moments.Covariance().Eigh();
        var rootD = (s.Clamp(min: 0) + options.Epsilon).Sqrt();
        return new Zca(moments.Mean().To(moments.Images), Symmetric(u / rootD), Symmetric(u * rootD), options.Epsilon);

        Tensor Symmetric(Tensor scaledDD) => scaledDD.Matmul(u.Transpose(0, 1)).To(moments.Images);
    }

    /// <summary>Whitened images: (x − μ) W, in the images' shape.</summary>
    public Tensor Apply(Tensor imagesBCHW) => (Rows(imagesBCHW) - Like(Mean, imagesBCHW).Reshape(-1)).Matmul(Like(Whiten, imagesBCHW)).Reshape(imagesBCHW.Shape);

    /// <summary>Whitened images back: y W⁻¹ + μ.</summary>
    public Tensor Invert(Tensor whitenedBCHW) => Rows(whitenedBCHW).Matmul(Like(Colour, whitenedBCHW)).Reshape(whitenedBCHW.Shape) + Like(Mean, whitenedBCHW);

    /// <summary>Frees the matrices.</summary>
    public void Dispose()
    {
        Mean.Dispose();
        Whiten.Dispose();
        Colour.Dispose();
    }

    double[] Fingerprint()
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        var values = (int)Mean.Count;
        var wavesKD = Tensor.From<double>([.. from k in Enumerable.Range(1, Waves) from i in Enumerable.Range(0, values) select Math.Cos((k * i) + k)], [Waves, values]);
        var squaresKD = wavesKD.Square();
        var seen = (wavesKD.Matmul(Whiten.To(Device.Cpu, DType.Float64)) * wavesKD).Sum(1) / squaresKD.Sum(1);
        var bright = (squaresKD * Mean.Reshape(1, -1).To(Device.Cpu, DType.Float64)).Sum(1) / squaresKD.Sum(1);
        return Tensor.Cat([seen, bright]).ToArray<double>();
    }

    Tensor Rows(Tensor imagesBCHW) => imagesBCHW.Dim == shape.Length + 1 && imagesBCHW.Shape.AsSpan(1).SequenceEqual(shape)
        ? imagesBCHW.Flatten(1)
        : throw new ArgumentException($"whitening was fitted to images [{string.Join(", ", shape)}], got {imagesBCHW.Describe()}", nameof(imagesBCHW));

    static Tensor Like(Tensor own, Tensor images) => own.Device == images.Device && own.DType == images.DType ? own : own.To(images.Device, images.DType);

    static void ThrowIfTooLarge(Tensor imagesBCHW, Options options)
    {
        var values = imagesBCHW.Count / imagesBCHW.Size(0);
        var (needed, allowed) = (BytesToFit(values), options.MostBytes ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        if (needed > allowed)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"whitening images of {values} values takes about {needed / 1e9:F1} GB, {allowed / 1e9:F1} GB may be used: it grows with the fourth power of the side. Take smaller images, or normalise by channel instead"));
        }
    }

    /// <param name="Epsilon">Added to every eigenvalue, in (0, 100]: the smaller, the more noise is amplified. Default 0.1, for pixels in [0, 1]: kornia as MTT and its successors call it, FRePo.</param>
    /// <param name="MostBytes">Memory that fitting may take; null for what this machine lets the process have.</param>
    public sealed record Options([property: Range(1e-12, 100)] double Epsilon = 0.1, double? MostBytes = null);
}
