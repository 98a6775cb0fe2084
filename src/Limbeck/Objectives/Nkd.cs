using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>
/// −p_y(t) log p_y(s) − γ T² Σ_{c≠y} n_c(t/T) log n_c(s/T), mean over the batch: the label weighted by how sure the teacher is of it (p = softmax, at T = 1), and the other
/// classes normalised among themselves (n = softmax over them). Yang et al. 2023, section 3.
/// </summary>
/// <remarks>A cross-entropy, not a divergence: its least value is the teacher's entropy, not 0. The label's part comes on top of the cross-entropy of the labels, it does not replace it.</remarks>
public sealed class Nkd(Nkd.Options options) : IObjective
{
    /// <param name="Temperature">Softens the other classes, in [0.01, 100]. Default 1: the authors' code, on ImageNet.</param>
    /// <param name="Gamma">Weight of the other classes, in [0, 1000]. Default 1.5: the paper.</param>
    public sealed record Options([property: Range(0.01, 100)] double Temperature = 1, [property: Range(0.0, 1000.0)] double Gamma = 1.5);

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson)
    {
        // B batch, C classes, O = C − 1 others
        var (student, teacher, batch) = lesson;
        var T = options.Temperature;
        var labelsB1 = batch.Labels.Unsqueeze(1);
        var label = -(teacher.Logits.Softmax(1).Gather(1, labelsB1) * student.Logits.LogSoftmax(1).Gather(1, labelsB1)).Mean();
        var others = Divergence.CrossEntropy(LabelSplit.Of(teacher.Logits, batch.Labels).OthersBO, LabelSplit.Of(student.Logits, batch.Labels).OthersBO, T).Mean();
        return label + (options.Gamma * T * T * others);
    }
}
