using Limbeck.Torch.Tensors;

namespace Limbeck.Torch.Autograd;

/// <summary>Two losses of weights w and metaparameters λ: w is to make the first small, and λ is to be such that the second is small for those w.</summary>
/// <param name="Training">L_T(w, λ), one number, differentiable twice in w, or in w and λ.</param>
/// <param name="Validation">L_V(w, λ), one number. Most do not read λ.</param>
public sealed record BilevelLosses(Func<Tensor, Tensor, Tensor> Training, Func<Tensor, Tensor, Tensor> Validation);
