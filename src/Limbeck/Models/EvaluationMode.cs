using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Models;

/// <summary>A network in evaluation mode until the end of a block: no running statistic moves, nothing is dropped.</summary>
readonly ref struct EvaluationMode : IDisposable
{
    /// <summary>Images that are asked about at once.</summary>
    internal const int Batch = 125;

    readonly Module network;
    readonly bool training;

    internal EvaluationMode(Module network)
    {
        (this.network, training) = (network, network.Training);
        network.Train(false);
    }

    internal Device Device => network.Parameters().FirstOrDefault()?.Value.Device ?? Device.Cpu;

    /// <summary>Goes back to the mode before.</summary>
    public void Dispose() => network.Train(training);

    /// <summary>Start and length of the batches of so many images.</summary>
    internal static IEnumerable<(int Start, int Count)> Batches(int images) =>
        Enumerable.Range(0, (images + Batch - 1) / Batch).Select(k => (k * Batch, Math.Min(Batch, images - (k * Batch))));

    /// <summary>The logits of a network in evaluation mode for N images, without a graph.</summary>
    internal static Tensor Answers(Module network, Tensor imagesNCHW)
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        using var still = new EvaluationMode(network);
        return scope.Keep(Tensor.Cat([.. Batches((int)imagesNCHW.Size(0)).Select(batch => network.Call(imagesNCHW.Narrow(0, batch.Start, batch.Count)))]));
    }

    /// <summary>How many of the answers are right.</summary>
    internal static long Right(Tensor logitsBC, Tensor labelsB) => (long)logitsBC.Argmax(1).Eq(labelsB).Sum().Item();
}
