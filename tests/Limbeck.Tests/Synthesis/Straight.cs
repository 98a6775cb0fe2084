using Limbeck.Synthesis;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Synthesis;

/// <summary>Experts that go straight on from random weights.</summary>
sealed class Straight : ITrajectories, IDisposable
{
    readonly List<Tensor> starts = [];
    readonly Tensor way;

    internal Straight(int count, int epochs)
    {
        Epochs = [.. Enumerable.Range(0, epochs + 1)];
        using var random = new Generator(3);
        for (var expert = 0; expert < count; expert++)
        {
            using var network = Stripes.Network(random);
            starts.Add(new FlatParameters(network).Gather().Hold());
        }

        using var scope = new Scope();
        way = (0.01 * Tensor.Randn(starts[0].Shape, random)).Hold();
    }

    public int Count => starts.Count;

    public long Parameters => starts[0].Count;

    public IReadOnlyList<int> Epochs { get; }

    public Tensor Snapshot(int expert, int epoch) => starts[expert] + (epoch * way);

    public void Dispose()
    {
        foreach (var start in starts) start.Dispose();
        way.Dispose();
    }
}
