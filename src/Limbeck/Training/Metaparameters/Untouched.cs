using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Training.Metaparameters;

/// <summary>Puts back what steps that are only imagined must not move: running means of batch norms, objectives' memories, the source of random numbers.</summary>
/// <remarks>Buffers go back at the end alone: a graph that has read one refuses to be differentiated once it has changed.</remarks>
sealed class Untouched : IDisposable
{
    readonly (Torch.Nn.Buffer Buffer, Tensor Before)[] buffers;
    readonly Generator random;
    readonly Tensor draws;

    internal Untouched(IEnumerable<Module> modules, Generator random)
    {
        buffers = [.. modules.SelectMany(module => module.NamedBuffers()).Select(named => (named.Value, named.Value.Value.Clone()))];
        (this.random, draws) = (random, random.State());
    }

    /// <summary>The next draws are the same as the first: every imagined step drops the same units.</summary>
    internal void Redraw() => random.SetState(draws);

    public void Dispose()
    {
        foreach (var (buffer, before) in buffers) buffer.Assign(before);
        Redraw();
    }
}
