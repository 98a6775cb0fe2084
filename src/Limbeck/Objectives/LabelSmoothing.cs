using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>(1 − ε) (−log softmax(s)_y) + ε/C Σ_c −log softmax(s)_c, mean over the batch: cross-entropy where ε of each label is spread evenly over all classes. It stands in place of cross-entropy, without a teacher. Szegedy et al. 2016, section 7.</summary>
/// <remarks>Some codes (teacher-free distillation among them) spread ε over the C − 1 other classes only: that is this with ε C/(C − 1).</remarks>
public sealed class LabelSmoothing(LabelSmoothing.Options options) : IObjective
{
    /// <param name="Smoothing">ε, in [0, 1]; 0 is plain cross-entropy. Default 0.1: the paper.</param>
    public sealed record Options([property: Range(0.0, 1.0)] double Smoothing = 0.1);

    /// <inheritdoc/>
    public bool NeedsTeacher => false;

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson)
    {
        var (student, _, batch) = lesson;
        return Functional.CrossEntropy(student.Logits, batch.Labels, labelSmoothing: options.Smoothing);
    }
}
