using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Unrolling;

/// <summary>What was drawn for one inner step, so that it can be done again.</summary>
/// <param name="RowsB">Which of the images it sees, int64, where they are; null for all, in order.</param>
/// <param name="Augment">What is done to them: the same function of the images whenever it is called. Null for nothing.</param>
public sealed record InnerStep(Tensor? RowsB = null, Func<Tensor, Tensor>? Augment = null)
{
    /// <summary>Draws the steps of a training: batches that go through a random order of all images before the next order begins, as in MTT's code, or all images in each.</summary>
    /// <param name="steps">How many.</param>
    /// <param name="images">Number of images, N.</param>
    /// <param name="batch">Images of a step; null, or N and above, for all.</param>
    /// <param name="augment">Draws an augmentation for so many images; null for none.</param>
    /// <param name="random">Where the draws come from.</param>
    /// <param name="device">Where the images are.</param>
    public static IReadOnlyList<InnerStep> Draw(int steps, int images, int? batch, Func<int, Generator, Func<Tensor, Tensor>>? augment, Generator random, Device device)
    {
        var size = Math.Min(batch ?? images, images);
        var order = new Queue<Tensor>();
        return [.. Enumerable.Range(0, steps).Select(_ => new InnerStep(size < images ? Next() : null, augment?.Invoke(size, random)))];

        // A rest smaller than a batch is left out: each step sees as many images as the others.
        Tensor Next()
        {
            if (order.Count == 0)
            {
                var all = Tensor.Randperm(images, random).To(device);
                for (var start = 0; start + size <= images; start += size) order.Enqueue(all.Narrow(0, start, size));
            }

            return order.Dequeue();
        }
    }
}
