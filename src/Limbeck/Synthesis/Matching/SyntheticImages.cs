using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Matching;

/// <summary>The images of a distillate as methods need them that match one class after another, and the gradients that come back class by class.</summary>
sealed class SyntheticImages(Distillate learned)
{
    readonly Tensor gradientNCHW = learned.Images.Value.Detach().ZerosLike();
    readonly Tensor loss = Tensor.Zeros([1], learned.Images.Value.DType, learned.Device);

    /// <summary>The images of a class, as a leaf of their own graph.</summary>
    internal Tensor Leaf(int label)
    {
        using var scope = new Scope();
        var leaf = learned.Images.Value.Detach().IndexSelect(0, Places(label));
        leaf.RequiresGrad = true;
        return scope.Keep(leaf);
    }

    /// <summary>What a class's images should change by.</summary>
    internal void Add(int label, Tensor classLoss, Tensor classGradient)
    {
        using var scope = new Scope();
        gradientNCHW.IndexCopyInPlace(0, Places(label), classGradient);
        loss.AddInPlace(classLoss.Detach());
    }

    internal SynthesisStep Step() => new(loss.Reshape(), new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["images"] = gradientNCHW });

    Tensor Places(int label) => Tensor.From<long>(learned.PlacesOf(label)).To(learned.Device);
}
