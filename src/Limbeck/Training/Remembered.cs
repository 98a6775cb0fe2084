using Limbeck.Data;
using Limbeck.Objectives;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;

namespace Limbeck.Training;

/// <summary>
/// What a teacher says of every image that is learned from, N×K in the dataset's order: it is the same in each epoch where <see cref="FitJob.IsAskedOnce"/>.
/// All are asked for at the start and in a fixed order, for then a run that goes on from a checkpoint remembers the same to the last bit.
/// </summary>
sealed class Remembered : IDisposable
{
    readonly Observed teacher;
    readonly Tensor logitsNK;

    internal Remembered(Observed teacher, ImageDataset data, int batch, CancellationToken stop)
    {
        this.teacher = teacher;
        using var off = Grad.Off();
        using var scope = new Scope();
        var answers = new List<Tensor>();
        for (var start = 0; start < data.Count; start += batch)
        {
            stop.ThrowIfCancellationRequested();
            using var step = new Scope();
            answers.Add(step.Keep(teacher.Answer(data.Render(start, Math.Min(batch, data.Count - start)).On(teacher.Device).Images).Known));
        }

        logitsNK = Tensor.Cat([.. answers], 0).Hold();
    }

    internal Signals Of(Batch batch) => new(logitsNK.IndexSelect(0, Tensor.From<long>(batch.Views.Samples).To(teacher.Device)), network: teacher.Module);

    public void Dispose() => logitsNK.Dispose();
}
