using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Matching;

/// <summary>Networks that are asked about one class after another.</summary>
static class BatchStatistics
{
    // Real images of each class. DC's code.
    const int PerClass = 16;

    /// <summary>Evaluation mode, with the statistics of batch norm moved by real images of all classes first: a batch's own would be those of one class.</summary>
    internal static void Settle(Module network, ClassImages real, Generator random)
    {
        if (network.NamedBuffers().Any())
        {
            using var off = Grad.Off();
            using var scope = new Scope();
            network.Train();
            network.Call(real.DrawOfEach(PerClass, random).Images);
        }

        network.Train(false);
    }
}
