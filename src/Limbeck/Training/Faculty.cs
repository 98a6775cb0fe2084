using Limbeck.Data;
using Limbeck.Objectives;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;

namespace Limbeck.Training;

/// <summary>The teachers of a training at work: each is asked once for a batch, with ears at the places that its terms read.</summary>
sealed class Faculty : IDisposable
{
    readonly FitJob job;
    readonly Observed[] observed;
    readonly bool[] heard;
    readonly Remembered?[] remembered;

    internal Faculty(FitJob job)
    {
        this.job = job;
        observed = [.. job.Teachers.Select(teacher => new Observed(teacher.Network, job.TapsOf(teacher)))];
        heard = [.. job.Teachers.Select(job.IsHeard)];
        remembered = new Remembered?[observed.Length];
    }

    /// <summary>Asks those who are asked once about all images that are learned from.</summary>
    internal void Remember(CancellationToken stop)
    {
        for (var k = 0; k < remembered.Length; k++)
        {
            if (job.IsAskedOnce(job.Teachers[k])) remembered[k] = new Remembered(observed[k], job.Data.Train, job.Options.Batch, stop);
        }
    }

    /// <summary>What the teachers of one term say, out of what all of them do.</summary>
    internal IReadOnlyList<Signals> For(Term term, IReadOnlyList<Signals> all) => [.. all.Where((_, k) => FitJob.Reads(term, job.Teachers[k]))];

    /// <summary>What each says of some images, outside of any graph and in evaluation mode; empty for one whom no term reads, who is not asked.</summary>
    internal IReadOnlyList<Signals> Answer(Tensor imagesBCHW) => Each(k => observed[k].Answer(imagesBCHW));

    /// <summary>The same for a batch of the images that are learned from, by heart where possible.</summary>
    internal IReadOnlyList<Signals> Teach(Batch batch) => Each(k => remembered[k]?.Of(batch) ?? observed[k].Answer(batch.Images));

    public void Dispose()
    {
        foreach (var network in observed) network.Dispose();
        foreach (var answers in remembered) answers?.Dispose();
    }

    Signals[] Each(Func<int, Signals> says)
    {
        using var off = Grad.Off();
        return [.. job.Teachers.Select((teacher, k) => heard[k] ? says(k) with { Classes = teacher.Classes } : default)];
    }
}
