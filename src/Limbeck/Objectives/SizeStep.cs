namespace Limbeck.Objectives;

/// <summary>One convolution along one axis: from a size to a smaller one or, transposed, back.</summary>
/// <param name="Kernel">Length of the window.</param>
/// <param name="Stride">Its step.</param>
/// <param name="Padding">Zeros at either end.</param>
/// <param name="Surplus">What the transposed convolution must add at one end to come to the larger size.</param>
readonly record struct SizeStep(long Kernel, long Stride, long Padding, long Surplus)
{
    const int Layers = 3;

    /// <summary>
    /// Three steps from one size to another. The stride is the cube root of their ratio, rounded up: whole strides while they do not pass the goal, then a stride of 1
    /// with the kernel that is left over.
    /// </summary>
    internal static IReadOnlyList<SizeStep> Between(long from, long to)
    {
        var stride = 1L;
        while (stride * stride * stride * Math.Min(from, to) < Math.Max(from, to)) stride++;
        var steps = new SizeStep[Layers];
        for (var layer = 0; layer < Layers; layer++)
        {
            var next = from < to ? Math.Min(to, from * stride) : Math.Max(to, Strides(from, stride));
            steps[layer] = Of(Math.Max(from, next), Math.Min(from, next), stride);
            from = next;
        }

        return steps;
    }

    // An odd kernel, at least as long as the stride, padded by its half: such a window stands at ⌈size / stride⌉ places.
    static SizeStep Of(long large, long small, long stride) => small == Strides(large, stride)
        ? new(2 * (stride / 2) + 1, stride, stride / 2, (large - 1) % stride)
        : new(large - small + 1, 1, 0, 0);

    static long Strides(long size, long stride) => (size + stride - 1) / stride;
}
