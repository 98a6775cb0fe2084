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

    internal Faculty(FitJob job)
    {
        this.job = job;
        heard = [.. job.Teachers.Select(teacher => job.Terms.Any(term => Teaches(teacher, term)))];
        observed = [.. job.Teachers.Select(teacher => new Observed(teacher.Network, job.Terms.Where(term => Teaches(teacher, term)).SelectMany(term => term.Objective.TeacherTaps)))];
    }

    /// <summary>What the teachers of one term say, out of what all of them do.</summary>
    internal IReadOnlyList<Signals> For(Term term, IReadOnlyList<Signals> all) => [.. all.Where((_, k) => Teaches(job.Teachers[k], term))];

    /// <summary>What each says of a batch, outside of any graph and in evaluation mode; empty for one whom no term reads, who is not asked.</summary>
    internal IReadOnlyList<Signals> Answer(Tensor imagesBCHW)
    {
        using var off = Grad.Off();
        return [.. observed.Select((network, k) => heard[k] ? network.Answer(imagesBCHW) with { Classes = job.Teachers[k].Classes } : default)];
    }

    public void Dispose()
    {
        foreach (var network in observed) network.Dispose();
    }

    static bool Teaches(Teacher teacher, Term term) => term.Objective.NeedsTeacher && (term.Teacher is null || term.Teacher == teacher.Name);
}
