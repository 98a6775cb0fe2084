using Limbeck.Data;
using Limbeck.Data.PyTorch;
using Limbeck.Lab.Recipes;
using Limbeck.Models;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Serialization;
using Limbeck.Torch.Tensors;

namespace Limbeck.Lab.Runs;

/// <summary>Networks in files: weights, and a card that says what network they are of and what images it expects.</summary>
public static class Networks
{
    const string Counter = ".num_batches_tracked";

    /// <summary>A fresh network for a stage's images, its weights a function of the stage's seed.</summary>
    internal static Network Create(PlannedStage stage, DataSplit data) =>
        Zoo.Create(stage.Model, data.Train.Classes, data.Train.Shape, stage.Seed);

    /// <summary>Writes a network with its card.</summary>
    internal static void Save(Network network, string path, PlannedStage stage, DataSplit data) =>
        network.Save(path, NetworkCard.Of(stage, data.Train).Write());

    /// <summary>Makes a network file of weights that PyTorch has saved.</summary>
    /// <param name="weights">A file of <c>torch.save</c> or safetensors: a state dict, or a checkpoint with one in it.</param>
    /// <param name="card">What network they are of, and what it expects.</param>
    /// <param name="path">The file to write.</param>
    /// <returns>Number of trained values.</returns>
    /// <exception cref="DataFormatException">The file holds no weights.</exception>
    /// <exception cref="StateMismatchException">They are of another network.</exception>
    public static long Import(string weights, NetworkCard card, string path)
    {
        using var scope = new Scope();
        using var network = Zoo.Create(card.Model, card.Classes, card.Input, seed: 0);
        network.LoadState(Read(weights, network));
        network.Save(path, card.Write());
        return network.ParameterCount;
    }

    /// <summary>The network of a stage as its training begins.</summary>
    internal static Network Begin(PlannedStage stage, DataSplit data, Func<StageParent, string> weights)
    {
        var network = Create(stage, data);
        if (stage.Load is { } start) Start(network, weights(start));
        return network;
    }

    /// <summary>Gives a network the weights that it starts from. Where these are of other classes, its last layer stays as it was drawn.</summary>
    /// <exception cref="StateMismatchException">They are of another network.</exception>
    internal static void Start(Network network, IReadOnlyDictionary<string, Tensor> weights)
    {
        var head = network.NamedModules().First(module => module.Value == network.Head).Path;
        var own = network.State().Where(own => own.Key.StartsWith($"{head}.", StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);
        network.LoadState(weights.ToDictionary(entry => entry.Key, entry => own.GetValueOrDefault(entry.Key) is { } drawn && IsForOtherClasses(entry.Value, drawn) ? drawn : entry.Value, StringComparer.Ordinal));
    }

    /// <inheritdoc cref="Start(Network, IReadOnlyDictionary{string, Tensor})"/>
    internal static void Start(Network network, string path)
    {
        using var scope = new Scope();
        Start(network, Read(path, network));
    }

    static IReadOnlyDictionary<string, Tensor> Read(string weights, Network network)
    {
        var state = new Dictionary<string, Tensor>(StateFile.Read(weights), StringComparer.Ordinal);
        // PyTorch before 0.4.1 did not count batches.
        foreach (var (key, value) in network.State().Where(own => own.Key.EndsWith(Counter, StringComparison.Ordinal))) state.TryAdd(key, value);
        return state;
    }

    static bool IsForOtherClasses(Tensor saved, Tensor drawn) => saved.Dim == drawn.Dim && saved.Size(0) != drawn.Size(0) && saved.Shape.AsSpan(1).SequenceEqual(drawn.Shape.AsSpan(1));

    /// <summary>Opens a network file that Limbeck wrote.</summary>
    /// <exception cref="InvalidDataException">It has no card, or one that is not understood.</exception>
    public static Network Open(string path)
    {
        var card = NetworkCard.Read(path);
        var network = Zoo.Create(card.Model, card.Classes, card.Input, seed: 0);
        network.Load(path);
        return network;
    }
}
