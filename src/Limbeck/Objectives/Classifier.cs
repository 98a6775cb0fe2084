using Limbeck.Models;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>The last linear layer of a network, from its pooled vector to its logits.</summary>
static class Classifier
{
    /// <exception cref="ArgumentException">The network does not say which layer that is.</exception>
    internal static Linear Of(Signals signals) => signals.Network is Network network
        ? network.Head
        : throw new ArgumentException($"{signals.Name} does not name a last linear layer, whose weights are needed here: use a network of the zoo (limbeck models)");

    /// <summary>B×C×H×W: the last of the tapped maps, which the classifier reads the mean of.</summary>
    /// <exception cref="ArgumentException">It reads something else, so that it cannot be applied place by place.</exception>
    internal static Tensor MapsReadBy(string objective, Signals network, IReadOnlyList<string> taps)
    {
        var (mapsBCHW, reads) = (network[taps][^1], Of(network).Weight.Value.Size(1));
        return mapsBCHW.Dim == 4 && mapsBCHW.Size(1) == reads
            ? mapsBCHW
            : throw new ArgumentException($"{objective} needs the maps that the classifier reads the mean of: the classifier of {network.Name} reads {reads} numbers, "
                + $"and '{taps[^1]}' ends with {mapsBCHW.Describe()}. Tap the maps before the pool, or take a network that pools each map to its mean, such as resnet-20.");
    }
}
