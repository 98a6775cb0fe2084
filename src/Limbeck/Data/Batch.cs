using Limbeck.Torch.Tensors;

namespace Limbeck.Data;

/// <summary>One mini-batch: normalised images, their labels, and which views of which samples they are.</summary>
/// <param name="Images">B×C×H×W, float32, normalised.</param>
/// <param name="Labels">B, int64.</param>
/// <param name="Views">What was drawn to make the images.</param>
public readonly record struct Batch(Tensor Images, Tensor Labels, Views Views)
{
    /// <summary>B×C logits to learn from in place of the labels, which are then their largest; null for images whose labels are classes.</summary>
    public Tensor? SoftLabels { get; init; }

    /// <summary>Number of images.</summary>
    public int Count => Views.Count;

    /// <summary>The same batch on a device; the copies belong to the open scope.</summary>
    public Batch On(Device device) => device == Images.Device ? this : this with { Images = Images.To(device), Labels = Labels.To(device), SoftLabels = SoftLabels?.To(device) };
}
