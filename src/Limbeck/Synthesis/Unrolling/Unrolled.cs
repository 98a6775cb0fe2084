using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Unrolling;

/// <summary>An unrolled training, and the gradient of an outer loss L(θ_N) for what it depended on; null for what does not require one. Detached, in the open scope.</summary>
/// <param name="Loss">L.</param>
/// <param name="ThetaP">θ_N.</param>
/// <param name="InnerLosses">The inner loss before each step, a vector of N.</param>
/// <param name="Images">dL/d images.</param>
/// <param name="LabelLogits">dL/d label logits.</param>
/// <param name="StepSizes">dL/d step sizes, a vector as they are.</param>
/// <param name="Temperature">dL/dT.</param>
/// <param name="Momenta">dL/d momenta, a vector as they are.</param>
public sealed record Unrolled(Tensor Loss, Tensor ThetaP, Tensor InnerLosses, Tensor? Images, Tensor? LabelLogits, Tensor? StepSizes, Tensor? Temperature, Tensor? Momenta)
{
    /// <summary>The same for a distillate's parts: step sizes, momenta and temperature by what stands for them.</summary>
    public SynthesisStep For(Distillate learned)
    {
        var gradients = new (string Name, Tensor? Value)[]
        {
            ("images", Images), ("label-logits", LabelLogits), ("step-sizes", Pull(learned.StepSizes, StepSizes)), ("momenta", Pull(learned.Momenta, Momenta)), ("temperature", Pull(learned.Temperature, Temperature)),
        };
        return new SynthesisStep(Loss, gradients.Where(gradient => gradient.Value is not null).ToDictionary(gradient => gradient.Name, gradient => gradient.Value!, StringComparer.Ordinal));
    }

    static Tensor? Pull(PositiveNumbers? numbers, Tensor? gradient) => numbers is null || gradient is null ? null : Grad.Of([numbers.Value], [numbers.Free], [gradient])[0];
}
