using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>
/// α TCKD + β NCKD, decoupled distillation: T² KL between how sure both are of the label, (p_y, 1 − p_y), plus T² KL between their softmaxes over the classes that
/// are not the label; mean over the batch. Zhao et al. 2022, section 3.
/// </summary>
/// <remarks>
/// log(1 − p_y) is a log-sum-exp over the other classes, so the loss is finite at any gap; mdistiller takes the logarithm of a masked softmax, which is −∞ from
/// gaps of about 120 on, and is the same below. Its linear warm-up over 20 epochs belongs to the weight: <c>{ kind: warm-up, epochs: 20 }</c>.
/// With α = 1 and, sample by sample, β = 1 − p_y of the softened teacher it would be <see cref="SoftTargets"/>.
/// </remarks>
public sealed class Dkd(Dkd.Options options) : IObjective
{
    /// <param name="Temperature">Softens both outputs, in [0.01, 100]. Default 4: the paper on CIFAR-100; 1 on ImageNet.</param>
    /// <param name="Alpha">Weight of the label's share, in [0, 1000]. Default 1: the paper.</param>
    /// <param name="Beta">Weight of the other classes, in [0, 1000]. Default 8: mdistiller; the paper takes 2 to 8 on CIFAR-100, 0.5 to 2 on ImageNet.</param>
    public sealed record Options(
        [property: Range(0.01, 100)] double Temperature = 4,
        [property: Range(0.0, 1000.0)] double Alpha = 1,
        [property: Range(0.0, 1000.0)] double Beta = 8);

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson)
    {
        // B batch, C classes, O = C − 1 others, 2 = (label, rest)
        var (student, teacher, batch) = lesson;
        var T = options.Temperature;
        var ofStudent = LabelSplit.Of(student.Logits / T, batch.Labels);
        var ofTeacher = LabelSplit.Of(teacher.Logits / T, batch.Labels);
        var label = Divergence.KullbackLeibler(LabelOrRestB2(ofTeacher), LabelOrRestB2(ofStudent));
        var others = Divergence.KullbackLeibler(ofTeacher.OthersBO.LogSoftmax(1), ofStudent.OthersBO.LogSoftmax(1));
        return T * T * ((options.Alpha * label) + (options.Beta * others));
    }

    static Tensor LabelOrRestB2(LabelSplit logits) => Tensor.Cat([logits.LabelB1, logits.OthersBO.LogSumExp(1, keepDim: true)], 1).LogSoftmax(1);
}
