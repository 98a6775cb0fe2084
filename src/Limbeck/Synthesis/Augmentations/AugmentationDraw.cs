using System.Collections.Immutable;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Augmentations;

/// <summary>
/// What <see cref="DifferentiableAugmentation"/> drew: functions with their numbers. A value without state, so that it does the same to real and to
/// synthetic images, and again when an adjoint sweep repeats a step.
/// </summary>
/// <param name="Changes">The functions, in the order in which they act.</param>
public sealed record AugmentationDraw(ImmutableArray<ImageChange> Changes)
{
    /// <summary>Nothing is changed.</summary>
    public static AugmentationDraw None { get; } = new(ImmutableArray<ImageChange>.Empty);

    /// <summary>The images, changed; linear or affine in every pixel, and differentiable as often as asked.</summary>
    /// <param name="imagesBCHW">B images; any B where one draw was made for all, otherwise as many as were drawn for.</param>
    /// <exception cref="ArgumentException">Numbers were drawn for another count of images.</exception>
    public Tensor Apply(Tensor imagesBCHW) => Changes.Aggregate(imagesBCHW, (changed, change) => change.Apply(changed));
}
