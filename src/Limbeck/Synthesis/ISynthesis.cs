using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis;

/// <summary>A method of dataset distillation: where the images should go next. It changes nothing but networks of its own; the loop that calls it applies the gradients.</summary>
/// <remarks>
/// All that is drawn comes from the generator given, which is a function of the seed and the iteration alone: a stopped run goes on with the same draws, and nobody has to keep the generator's state.
/// Whoever makes a method disposes it; one that owns no network need not do anything there.
/// </remarks>
public interface ISynthesis : IDisposable
{
    /// <summary>What the method keeps from one iteration to the next, such as networks under training, by name. Most keep nothing.</summary>
    IReadOnlyList<(string Key, Tensor Value)> State => [];

    /// <summary>Once, before the first iteration, also of a run that goes on from a checkpoint: gives the distillate the parts that the method learns beside images, and refuses one that it cannot do with.</summary>
    /// <param name="learned">What will be learned.</param>
    /// <param name="random">A function of the seed alone.</param>
    /// <exception cref="ArgumentException">The method cannot distil into this.</exception>
    void Prepare(Distillate learned, Generator random)
    {
    }

    /// <summary>Loss and gradients at the present images. The caller's scope owns the tensors.</summary>
    /// <param name="learned">What is learned. Not to be changed here.</param>
    /// <param name="iteration">Iterations done, from 0.</param>
    /// <param name="random">A function of seed and iteration.</param>
    SynthesisStep Step(Distillate learned, int iteration, Generator random);

    /// <summary>After every update of what is learned: makes the images anew where they are made from something else, <see cref="Distillate.Own"/>. Most methods learn the pixels themselves, and do nothing here.</summary>
    void Generate(Distillate learned)
    {
    }

    /// <summary>Goes back to a state that was kept.</summary>
    void LoadState(IReadOnlyDictionary<string, Tensor> state)
    {
        using var off = Grad.Off();
        foreach (var (key, value) in State) value.CopyFrom(state[key]);
    }

    /// <summary>Frees networks of its own.</summary>
    void IDisposable.Dispose()
    {
    }
}
