using Limbeck.Data;
using Limbeck.Evaluation;
using Limbeck.Models;
using Limbeck.Objectives;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;

namespace Limbeck.Training;

/// <summary>Asks the first objective that shares a space between networks where it puts test images.</summary>
/// <remarks>At the end of a training, for its parts are those of the last epoch and are not kept.</remarks>
static class Alignment
{
    /// <summary>Points of the student, then of each teacher, for the images of <see cref="LatentSpace.Choose"/>; null without such an objective.</summary>
    /// <param name="job">The training.</param>
    /// <param name="parts">Its objectives' parts.</param>
    /// <param name="tell">What the networks say of a batch to a term, in evaluation mode.</param>
    internal static IReadOnlyList<AlignedPoints>? Of(FitJob job, TermParts parts, Func<Batch, int, Lesson> tell)
    {
        var term = job.Terms.ToList().FindIndex(term => term.Objective is ISharedSpace);
        if (term < 0) return null;
        var sharing = (ISharedSpace)job.Terms[term].Objective;
        var images = LatentSpace.Choose(job.Data.Test);
        using var off = Grad.Off();
        using var scope = new Scope();
        using var still = new EvaluationMode(parts[term] ?? job.Student);
        var batches = EvaluationMode.Batches(images.Count).Select(batch => sharing.Embed(tell(images.Render(batch.Start, batch.Count), term))).ToList();
        return [.. Enumerable.Range(0, batches[0].Count).Select(network => Read(Tensor.Cat([.. batches.Select(batch => batch[network])])))];
    }

    static AlignedPoints Read(Tensor pointsND) => new(pointsND.To(Device.Cpu, DType.Float32).ToArray<float>(), (int)pointsND.Size(1));
}
