using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Matching;

/// <summary>The last few accuracies of a network: whether it has come to rest. Its state is one tensor, so that a synthesis can go on with it.</summary>
sealed class AccuracyWindow : IDisposable
{
    readonly int size;
    readonly Tensor held;

    /// <param name="size">How many accuracies count.</param>
    internal AccuracyWindow(int size) => (this.size, held) = (size, Tensor.Zeros([size + 1], DType.Float64).Hold());

    /// <summary>How many were ever added, then the last of them.</summary>
    internal Tensor State => held;

    /// <summary>Accuracies added since <see cref="Clear"/>.</summary>
    internal int Count => (int)held.ToArray<double>()[0];

    /// <summary>Largest less smallest of the last ones; null as long as there are not enough.</summary>
    internal double? Spread
    {
        get
        {
            if (Count < size) return null;
            var last = held.ToArray<double>()[1..];
            return last.Max() - last.Min();
        }
    }

    internal void Add(double accuracy)
    {
        var values = held.ToArray<double>();
        Write([values[0] + 1, .. values[2..], accuracy]);
    }

    internal void Clear() => Write(new double[size + 1]);

    public void Dispose() => held.Dispose();

    void Write(double[] values)
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        held.CopyFrom(Tensor.From<double>(values));
    }
}
