using Limbeck.Torch.Tensors;

namespace Limbeck.Data.Whitening;

/// <summary>Mean and covariance of images that come batch by batch, in double precision: each batch about its own mean, joined as in Chan, Golub, LeVeque 1979.</summary>
sealed class Moments
{
    readonly long[] shape;
    readonly Tensor mean1D;
    readonly Tensor productsDD;

    internal Moments(Tensor imagesBCHW)
    {
        shape = imagesBCHW.Shape[1..];
        var values = imagesBCHW.Count / imagesBCHW.Size(0);
        Images = imagesBCHW.DType;
        (mean1D, productsDD) = (Tensor.Zeros([1, values], DType.Float64), Tensor.Zeros([values, values], DType.Float64));
    }

    /// <summary>Images seen.</summary>
    internal long Count { get; private set; }

    /// <summary>Element type of the images.</summary>
    internal DType Images { get; }

    internal Tensor Mean() => mean1D.Reshape(shape);

    /// <summary>Divided by N − 1.</summary>
    internal Tensor Covariance() => productsDD / (Count - 1);

    internal void Add(Tensor imagesBCHW)
    {
        if (!imagesBCHW.Shape.AsSpan(1).SequenceEqual(shape))
            throw new ArgumentException($"whitening began with images [{string.Join(", ", shape)}], got {imagesBCHW.Describe()}", nameof(imagesBCHW));
        using var scope = new Scope();
        var rowsBD = imagesBCHW.Flatten(1).To(Device.Cpu, DType.Float64);
        var (added, total) = (rowsBD.Size(0), Count + rowsBD.Size(0));
        var batchMean1D = rowsBD.Mean(0, keepDim: true);
        var centredBD = rowsBD - batchMean1D;
        var apart1D = batchMean1D - mean1D;
        productsDD.AddInPlace(centredBD.Transpose(0, 1).Matmul(centredBD));
        productsDD.AddInPlace(apart1D.Transpose(0, 1).Matmul(apart1D), Count * (double)added / total);
        mean1D.AddInPlace(apart1D, (double)added / total);
        Count = total;
    }
}
