using Limbeck.Models;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Matching;

/// <summary>The vector that a network's last layer reads, as a function of images.</summary>
sealed class Embedding : IDisposable
{
    readonly Network network;
    readonly Tap place;
    readonly Taps taps;

    internal Embedding(Network network)
    {
        (this.network, place) = (network, network.FindTap("pooled"));
        taps = new Taps(network, [place]);
    }

    /// <summary>B×D, with its graph.</summary>
    internal Tensor Of(Tensor imagesBCHW)
    {
        network.Call(imagesBCHW);
        return taps[place];
    }

    public void Dispose() => taps.Dispose();
}
