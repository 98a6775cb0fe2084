using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Unrolling;

/// <summary>What one inner step learns from. B images of the N.</summary>
/// <param name="ImagesBCHW">Augmented, with a graph to the synthetic images where that is asked for.</param>
/// <param name="LabelsB">Hard labels, int64.</param>
/// <param name="LabelLogitsBK">Logits of soft labels, which then count instead of the hard ones; null for none.</param>
/// <param name="Temperature">A learned temperature, one number; null where there is none.</param>
public readonly record struct InnerBatch(Tensor ImagesBCHW, Tensor LabelsB, Tensor? LabelLogitsBK, Tensor? Temperature);
