using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Limbeck.Torch;
using Limbeck.Torch.Tensors;

namespace Limbeck.Data;

/// <summary>Shuffled, augmented mini-batches, rendered ahead on a thread of their own.</summary>
/// <remarks>What epoch e and step s give is a function of (seed, e, s) alone: a run that goes on from a checkpoint sees the same batches, and no state of the loader need be saved.</remarks>
/// <param name="data">Where the images come from.</param>
/// <param name="batch">Images of a batch; the last one of an epoch may be smaller.</param>
/// <param name="augmentation">What is drawn for each image.</param>
/// <param name="seed">Seed of order and draws.</param>
/// <param name="ahead">Batches that are kept ready, at least 1. Changes the speed only.</param>
public sealed class Loader(ImageDataset data, int batch, Augmentation augmentation, int seed, int ahead = 2)
{
    /// <summary>Batches of one epoch.</summary>
    public int StepsPerEpoch => (data.Count + batch - 1) / batch;

    /// <summary>The batches of an epoch, from some step on. Each is freed when the next one is asked for.</summary>
    public IEnumerable<Batch> Epoch(int epoch, int firstStep = 0)
    {
        using var stop = new CancellationTokenSource();
        using var ready = new BlockingCollection<Batch>(ahead);
        var order = Shuffle.Order(data.Count, seed, epoch);
        ExceptionDispatchInfo? failure = null;
        var rendering = new Thread(() => failure = RenderAll(order, epoch, firstStep, ready, stop.Token)) { IsBackground = true, Name = "batches" };
        rendering.Start();
        try
        {
            foreach (var rendered in ready.GetConsumingEnumerable())
            {
                try
                {
                    yield return rendered;
                }
                finally
                {
                    Free(rendered);
                }
            }

            rendering.Join();
            failure?.Throw();
        }
        finally
        {
            stop.Cancel();
            foreach (var unused in ready.GetConsumingEnumerable()) Free(unused);
            rendering.Join();
        }
    }

    /// <summary>The views that a step of an epoch shows.</summary>
    public Views ViewsOf(int epoch, int step) => Draw(Shuffle.Order(data.Count, seed, epoch), epoch, step);

    // Two teams of threads would fight for the cores: the training's team has them.
    ExceptionDispatchInfo? RenderAll(int[] order, int epoch, int firstStep, BlockingCollection<Batch> ready, CancellationToken stop)
    {
        try
        {
            Engine.UseOneThreadHere();
            for (var step = firstStep; step < StepsPerEpoch && !stop.IsCancellationRequested; step++) Offer(Render(Draw(order, epoch, step)), ready, stop);
            return null;
        }
        catch (Exception failed)
        {
            return ExceptionDispatchInfo.Capture(failed);
        }
        finally
        {
            ready.CompleteAdding();
        }
    }

    static void Offer(Batch rendered, BlockingCollection<Batch> ready, CancellationToken stop)
    {
        while (!ready.TryAdd(rendered, millisecondsTimeout: 20, CancellationToken.None))
        {
            if (!stop.IsCancellationRequested) continue;
            Free(rendered);
            return;
        }
    }

    Batch Render(Views views)
    {
        using var scope = new Scope();
        var rendered = data.Render(views, augmentation);
        rendered.Images.Hold();
        rendered.Labels.Hold();
        rendered.SoftLabels?.Hold();
        return rendered;
    }

    Views Draw(int[] order, int epoch, int step)
    {
        var samples = order.AsSpan(step * batch, Math.Min(batch, order.Length - (step * batch)));
        return augmentation.Draw(Array.ConvertAll(samples.ToArray(), sample => (long)sample), data.Shape.Height, data.Shape.Width, Shuffle.Source(seed, epoch, step));
    }

    static void Free(Batch rendered)
    {
        rendered.Images.Dispose();
        rendered.Labels.Dispose();
        rendered.SoftLabels?.Dispose();
    }
}
