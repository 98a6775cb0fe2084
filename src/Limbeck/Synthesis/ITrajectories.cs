using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis;

/// <summary>Where networks went while they were trained on the real images: parameter vectors at whole epochs.</summary>
public interface ITrajectories
{
    /// <summary>Number of networks.</summary>
    int Count { get; }

    /// <summary>Length of a parameter vector.</summary>
    long Parameters { get; }

    /// <summary>The epochs at which parameters were kept, ascending; 0 is before training.</summary>
    IReadOnlyList<int> Epochs { get; }

    /// <summary>The parameters of a network after some epochs, as <see cref="Torch.Nn.FlatParameters"/> lays them out; on the CPU, in the open scope.</summary>
    /// <exception cref="ArgumentOutOfRangeException">That network or epoch was not kept.</exception>
    Tensor Snapshot(int expert, int epoch);
}
