using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Generation;

/// <summary>Batch norm by the batch's own statistics alone: what is normalised is always one and the same whole batch.</summary>
sealed class BatchScale : Module
{
    readonly Parameter weight, bias;

    internal BatchScale(long channels) => (weight, bias) = (Add("weight", new Parameter(Tensor.Ones([channels]))), Add("bias", new Parameter(Tensor.Zeros([channels]))));

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor input) => Functional.BatchNorm(input, weight, bias, runningMean: null, runningVar: null, training: true);
}
