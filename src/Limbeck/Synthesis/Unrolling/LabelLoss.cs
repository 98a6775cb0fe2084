using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Unrolling;

/// <summary>Cross-entropy with the labels, mean over the batch: −log softmax(z)_y, or with soft labels −Σ_k softmax(q)_k log softmax(z)_k. Cui et al. 2023, Guo et al. 2024.</summary>
public sealed class LabelLoss : IInnerLoss
{
    /// <inheritdoc/>
    public Tensor Of(Tensor logitsBK, in InnerBatch batch) => batch.LabelLogitsBK is { } labelLogitsBK
        ? -(labelLogitsBK.Softmax(1) * logitsBK.LogSoftmax(1)).Sum(1).Mean()
        : Functional.CrossEntropy(logitsBK, batch.LabelsB);
}
