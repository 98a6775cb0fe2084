using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Unrolling;

/// <summary>What an unrolled training depends on. Its gradient is taken for each of these that requires one.</summary>
/// <param name="ImagesNCHW">The images, N×C×H×W.</param>
/// <param name="LabelsN">Their hard labels, int64.</param>
/// <param name="LabelLogitsNK">Logits of their soft labels; null for hard ones.</param>
/// <param name="StepSizesS">α, a vector of one number for all steps, or of one for each.</param>
/// <param name="Temperature">T, a vector of one number; null where it is not learned.</param>
/// <param name="MomentaS">μ, a vector of one number for all steps, or of one for each; null for none.</param>
public sealed record UnrollInputs(Tensor ImagesNCHW, Tensor LabelsN, Tensor? LabelLogitsNK, Tensor StepSizesS, Tensor? Temperature, Tensor? MomentaS = null)
{
    /// <summary>The parts of a distillate as leaves of their own, step sizes, momenta and temperature as the numbers themselves. In the open scope.</summary>
    /// <param name="learned">Images, labels, and what else there is.</param>
    /// <param name="stepSize">α, where the distillate has none.</param>
    /// <param name="throughImages">The images get a gradient though they are not learned themselves.</param>
    public static UnrollInputs Of(Distillate learned, double? stepSize = null, bool throughImages = false)
    {
        var images = learned.Images.Value;
        var steps = learned.StepSizes?.Value ?? Tensor.Full([1], stepSize ?? throw new ArgumentException("the distillate has no step size, and none was given", nameof(stepSize)), images.DType, images.Device);
        return new UnrollInputs(Leaf(images, throughImages || learned.Images.Trainable)!, learned.LabelsN(), Leaf(learned.LabelLogits?.Value, learned.LabelLogits?.Trainable ?? false),
            Leaf(steps, learned.StepSizes?.Free.Trainable ?? false)!, Leaf(learned.Temperature?.Value, learned.Temperature?.Free.Trainable ?? false),
            Leaf(learned.Momenta?.Value, learned.Momenta?.Free.Trainable ?? false));
    }

    /// <summary>Those for which a gradient is asked and which a step's gradient depends on: all but step sizes and momenta.</summary>
    internal Tensor[] Leaves => [.. new[] { ImagesNCHW, LabelLogitsNK, Temperature }.OfType<Tensor>().Where(input => input.RequiresGrad)];

    /// <summary>Step sizes and momenta, where a gradient is asked for them.</summary>
    internal Tensor[] Rates => [.. new[] { StepSizesS, MomentaS }.OfType<Tensor>().Where(input => input.RequiresGrad)];

    internal UnrollInputs Detached() => new(ImagesNCHW.Detach(), LabelsN, LabelLogitsNK?.Detach(), StepSizesS.Detach(), Temperature?.Detach(), MomentaS?.Detach());

    internal Tensor StepSize(int step) => Of(StepSizesS, step);

    internal Tensor? Momentum(int step) => MomentaS is null ? null : Of(MomentaS, step);

    /// <exception cref="ArgumentException">There are neither one step size (or momentum) nor as many as steps.</exception>
    internal void ThrowUnlessFor(int steps)
    {
        foreach (var (each, name) in new[] { (StepSizesS, "step size"), (MomentaS, "momentum") })
        {
            if (each is not null && each.Count != 1 && each.Count != steps) throw new ArgumentException($"expected 1 {name} or {steps}, one for each step, got {each.Describe()}");
        }
    }

    static Tensor Of(Tensor ratesS, int step) => ratesS.Count == 1 ? ratesS : ratesS.Narrow(0, step, 1);

    static Tensor? Leaf(Tensor? values, bool learned)
    {
        if (values is null) return null;
        var leaf = values.Detach();
        leaf.RequiresGrad = learned;
        return leaf;
    }
}
