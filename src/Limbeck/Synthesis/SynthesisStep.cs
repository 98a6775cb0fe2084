using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis;

/// <summary>What a method says of the present images: a loss, and its gradient for each part of the <see cref="Distillate"/>. Detached, in the open scope.</summary>
/// <param name="Loss">One number.</param>
/// <param name="Gradients">By the names of <see cref="Distillate.Parts"/>; a part that is not in it stays as it is. Those of step sizes, momenta and temperature are for <see cref="PositiveNumbers.Free"/>.</param>
public sealed record SynthesisStep(Tensor Loss, IReadOnlyDictionary<string, Tensor> Gradients)
{
    /// <summary>The step of a loss that autograd can differentiate as it is.</summary>
    /// <param name="loss">Depends on the trainable parts, or some of them.</param>
    /// <param name="learned">Whose parts.</param>
    public static SynthesisStep Of(Tensor loss, Distillate learned)
    {
        var parts = learned.Parts.Where(part => part.Value.Trainable).ToArray();
        var gradients = Grad.OfUsed([loss], [.. parts.Select(part => part.Value.Value)]);
        return new SynthesisStep(loss.Detach(), parts.Zip(gradients).Where(pair => pair.Second is not null).ToDictionary(pair => pair.First.Name, pair => pair.Second!, StringComparer.Ordinal));
    }
}
