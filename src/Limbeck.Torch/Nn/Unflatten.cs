using Limbeck.Torch.Tensors;

namespace Limbeck.Torch.Nn;

/// <summary>Vectors as maps, [B, C·H·W] to [B, C, H, W]: the inverse of <see cref="Flatten"/>.</summary>
/// <param name="channels">C.</param>
/// <param name="size">H and W.</param>
public sealed class Unflatten(long channels, Size2d size) : Module
{
    /// <inheritdoc/>
    protected override Tensor Forward(Tensor input) => input.Reshape(-1, channels, size.Height, size.Width);
}
