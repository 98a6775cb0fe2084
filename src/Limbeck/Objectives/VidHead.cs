using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>A Gaussian over the teacher's maps or vectors given the student's: its mean a network, its variance σ² = softplus(α) + ε learned for each channel. Ahn et al. 2019, section 3.1.</summary>
sealed class VidHead : PartSet
{
    // The authors': keeps log σ² finite.
    const double Least = 1e-5;

    readonly Module mean;
    readonly Parameter alpha;

    internal VidHead(Module mean, long channels, double variance)
    {
        this.mean = Add("mean", mean);

        // softplus is turned round in a form that neither overflows nor cancels.
        var start = variance - Least;
        alpha = Add("alpha", new Parameter(Tensor.Full([channels], start + Math.Log(-double.ExpM1(-start)))) { Decays = false });
    }

    /// <summary>−log q(t | s) for every entry, without the constant.</summary>
    internal Tensor Surprise(Tensor own, Tensor taught) => Surprise(mean.Call(own), taught, alpha);

    /// <summary>log σ_c + (t − μ)² / (2 σ_c²).</summary>
    /// <param name="mean">[B, C, …].</param>
    /// <param name="taught">Of the same shape.</param>
    /// <param name="alphaC">One for each channel.</param>
    internal static Tensor Surprise(Tensor mean, Tensor taught, Tensor alphaC)
    {
        var variance = (alphaC.Softplus() + Least).Reshape([-1, .. Enumerable.Repeat(1L, (int)mean.Dim - 2)]);
        return ((mean - taught).Square() / variance + variance.Log()) / 2;
    }

    /// <summary>All entries of a sample averaged, or summed; mean over the batch.</summary>
    internal static Tensor Reduced(Tensor surprise, Reduction reduction) => reduction == Reduction.ElementMean ? surprise.Mean() : surprise.Flatten(1).Sum(1).Mean();
}
