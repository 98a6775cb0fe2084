using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Unrolling;

/// <summary>The loss of an inner training step. Twice differentiable in logits, images, label logits and temperature, and the same whenever it is asked the same: an adjoint sweep asks twice.</summary>
public interface IInnerLoss
{
    /// <summary>One number.</summary>
    /// <param name="logitsBK">The student's logits.</param>
    /// <param name="batch">What they were made from.</param>
    Tensor Of(Tensor logitsBK, in InnerBatch batch);
}
