using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;

namespace Limbeck.Training;

/// <summary>Sums of an epoch, kept on the device so that a step need not wait for them: each term and the images that it saw, the weighted loss, right answers, images.</summary>
sealed class Meter : IDisposable
{
    const int Others = 3;

    readonly Tensor sums;
    readonly int terms;

    internal Meter(int terms, Device device)
    {
        this.terms = terms;
        sums = Tensor.Zeros([(2 * terms) + Others], DType.Float64, device).Hold();
    }

    internal Tensor State => sums;

    internal void Add(Tensor?[] losses, Tensor loss, Tensor? logitsBC, Tensor labelsB)
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        var batch = labelsB.Count;
        var none = loss.Detach().ZerosLike();
        var right = logitsBC is null ? Number(0) : logitsBC.Detach().Argmax(1).Eq(labelsB).To(DType.Float64).Sum().Reshape(1);
        var seen = losses.Select(term => Number(term is null ? 0 : batch));
        var weighted = Tensor.Stack([.. losses.Select(term => term?.Detach() ?? none), loss.Detach()]).To(DType.Float64) * batch;
        sums.AddInPlace(Tensor.Cat([.. seen, weighted, right, Number(batch)]));

        // Made on the device: a copy to it would wait.
        Tensor Number(double value) => Tensor.Full([1], value, DType.Float64, sums.Device);
    }

    internal Reading Read()
    {
        var values = sums.ToArray<double>();
        var images = Math.Max(1, values[^1]);
        // A term that was off for some steps is the mean over the others.
        return new Reading([.. values[terms..(2 * terms)].Zip(values, (sum, seen) => sum / Math.Max(1, seen))], values[^3] / images, values[^2] / images, values[^1]);
    }

    internal void Reset() => sums.ZeroInPlace();

    public void Dispose() => sums.Dispose();

    /// <summary>Means over the images of the epoch so far.</summary>
    internal readonly record struct Reading(double[] Terms, double Loss, double Accuracy, double Images);
}
