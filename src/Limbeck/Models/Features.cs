using Limbeck.Data;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Models;

/// <summary>What passes a place of a network for every image of a dataset.</summary>
public static class Features
{
    /// <summary>N×D, single precision, on the CPU; maps are flattened. The network is asked in evaluation mode; its mode is as before afterwards.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The N images, as they are.</param>
    /// <param name="place">Stage name or module path: see <see cref="Network.FindTap"/>. Default: the vector that the last layer reads.</param>
    /// <exception cref="ArgumentException">The network has no such place.</exception>
    public static Tensor Of(Network network, ImageDataset data, string place = "pooled")
    {
        var tap = network.FindTap(place);
        using var off = Grad.Off();
        using var still = new EvaluationMode(network);
        using var taps = new Taps(network, [tap]);
        using var scope = new Scope();
        var pieces = new List<Tensor>();
        foreach (var (start, count) in EvaluationMode.Batches(data.Count))
        {
            using var one = new Scope();
            taps.Forget();
            network.Call(data.Render(start, count).On(still.Device).Images);
            pieces.Add(one.Keep(taps[tap].Flatten(1).To(Device.Cpu, DType.Float32).Clone()));
        }

        return scope.Keep(Tensor.Cat([.. pieces]));
    }
}
