using Limbeck.Models;
using Limbeck.Objectives;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Training;

/// <summary>A network with ears at the places that objectives read: asked for a batch, it gives the signals that they compare.</summary>
public sealed class Observed : IDisposable
{
    readonly Dictionary<string, IReadOnlyList<Tap>> named;
    readonly Taps taps;

    /// <summary>Starts to listen.</summary>
    /// <param name="module">The network: its caller's, as before.</param>
    /// <param name="names">Stage names, patterns or module paths, as in <see cref="IObjective.StudentTaps"/>.</param>
    /// <exception cref="ArgumentException">The network has no such place: the message lists those that it has.</exception>
    public Observed(Module module, IEnumerable<string> names)
    {
        Module = module;
        named = names.Distinct(StringComparer.Ordinal).ToDictionary(name => name, name => module is Network network ? network.FindTaps(name) : [Tap.Parse(name)], StringComparer.Ordinal);
        taps = new Taps(module, named.Values.SelectMany(places => places));
    }

    internal Module Module { get; }

    internal Device Device => Module.Parameters().First().Value.Device;

    internal static Observed Student(FitJob job) => new(job.Student, job.Terms.SelectMany(term => term.Objective.StudentTaps));

    /// <summary>A forward pass in the mode that the network is in.</summary>
    /// <remarks>What was heard is taken at once: an objective may call the network again.</remarks>
    public Signals Forward(Tensor imagesBCHW)
    {
        taps.Forget();
        var logitsBC = Module.Call(imagesBCHW);
        return new Signals(logitsBC, named.ToDictionary(places => places.Key, IReadOnlyList<Tensor> (places) => [.. places.Value.Select(tap => taps[tap])], StringComparer.Ordinal), Module);
    }

    /// <summary>A forward pass in evaluation mode: it changes nothing.</summary>
    public Signals Answer(Tensor imagesBCHW)
    {
        if (!Module.Training) return Forward(imagesBCHW);
        Module.Train(false);
        try
        {
            return Forward(imagesBCHW);
        }
        finally
        {
            Module.Train();
        }
    }

    /// <summary>Stops to listen.</summary>
    public void Dispose() => taps.Dispose();
}
