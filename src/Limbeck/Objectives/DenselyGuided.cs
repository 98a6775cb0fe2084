using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>
/// T² Σ_i KL(softmax(t_i/T) || softmax(s/T)) over the teacher and all assistants between it and the student, some of them left out at random in each batch. Son et al. 2021,
/// section 3.
/// </summary>
/// <remarks>
/// The sum is not divided by the number of teachers that are left, so that it grows with them, as in the paper. The authors' code divides each divergence by the class count
/// too, <see cref="Reduction.ElementMean"/>, and weighs the sum by λ = 1, which leaves the labels nothing. Their stage for the largest assistant has one teacher: with one,
/// this is <see cref="SoftTargets"/>, and nothing is left out.
/// </remarks>
public sealed class DenselyGuided(DenselyGuided.Options options) : IObjective
{
    /// <param name="Temperature">Softens all outputs, in [0.01, 100]. Default 5: the authors' code.</param>
    /// <param name="Drop">Teachers left out of a batch, each as likely as any other, in [0, 1000]; one always stays. Default 1: the authors' code.</param>
    /// <param name="Reduction">Default: the formula's. The other is C times smaller.</param>
    public sealed record Options(
        [property: Range(0.01, 100)] double Temperature = 5,
        [property: Range(0, 1000)] int Drop = 1,
        Reduction Reduction = Reduction.BatchMean);

    /// <inheritdoc/>
    public bool TeachesTogether => true;

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson)
    {
        // B batch, C classes
        var studentBC = lesson.Student.Logits;
        var teachers = lesson.Teachers is { Count: > 0 } several ? several : [lesson.Teacher];
        return Kept(teachers.Count, lesson)
            .Select(i => Divergence.Softened(teachers[i].Logits, studentBC, options.Temperature, options.Reduction))
            .Aggregate((sum, next) => sum + next);
    }

    // In their order, so that the sum is rounded alike whoever was drawn first.
    IEnumerable<int> Kept(int count, in Lesson lesson)
    {
        var kept = Math.Max(1, count - options.Drop);
        return kept == count ? Enumerable.Range(0, count) : Tensor.Randperm(count, lesson.Random).ToArray<long>()[..kept].Order().Select(i => (int)i);
    }
}
