using Limbeck.Data;
using Limbeck.Objectives;
using Limbeck.Torch.Tensors;

namespace Limbeck.Training;

/// <summary>The losses of one step: each term's, and the weighted sums of those that read no teacher (the task's) and of those that do (the distillation's).</summary>
/// <param name="Terms">Unweighted, by term; null for a term whose weight is 0 at this epoch.</param>
/// <param name="Task">Null where no such term is on.</param>
/// <param name="Distillation">Null where no such term is on.</param>
readonly record struct TermLosses(Tensor?[] Terms, Tensor? Task, Tensor? Distillation)
{
    /// <summary>What is minimised; null where every weight is 0, as at the first step of a warm-up.</summary>
    internal Tensor? Sum => Task is null ? Distillation : Distillation is null ? Task : Task + Distillation;

    internal static TermLosses Of(FitJob job, TermParts parts, Signals student, Faculty faculty, IReadOnlyList<Signals> teachers, Batch batch, Generator random, double epoch)
    {
        var terms = new Tensor?[job.Terms.Count];
        var weighted = new Tensor?[terms.Length];
        for (var k = 0; k < terms.Length; k++)
        {
            var (objective, weight) = (job.Terms[k].Objective, job.Terms[k].Weight.At(epoch, job.Options.Epochs));
            if (weight == 0) continue;
            terms[k] = objective.Loss(new Lesson(student, default, batch, parts[k], random) { Teachers = faculty.For(job.Terms[k], teachers), Epoch = epoch });
            weighted[k] = weight * terms[k]!;
        }

        var distillation = weighted.Where((_, k) => job.Terms[k].Objective.NeedsTeacher).ToList();
        return new(terms,
            Total(weighted.Where((_, k) => !job.Terms[k].Objective.NeedsTeacher)),
            parts.Weights is { } adaptive && distillation.Exists(term => term is not null) ? adaptive.Combine(distillation) : Total(distillation));
    }

    static Tensor? Total(IEnumerable<Tensor?> terms) => terms.OfType<Tensor>().Aggregate((Tensor?)null, (sum, term) => sum is null ? term : sum + term);
}
