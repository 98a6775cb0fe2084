using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>
/// Σ_T of three alignments of p = softmax(s/T) with q = softmax(t/T), rows of P and Q: of each prediction, T² KL(q || p); of each sample's likeness to the batch, a row of
/// P Pᵀ − Q Qᵀ squared, divided by B; of each class's likeness to the classes, a row of Pᵀ P − Qᵀ Q squared, divided by C. Only the samples and classes of which the teacher is
/// least sure count. A stronger view of the images adds Σ_T T² KL of both networks' answers to it, unmasked, and its labels. Jin et al. 2023, section 3.
/// </summary>
/// <remarks>
/// The masks act on samples and classes here. The authors' code multiplies the finished sums by them, which halves those and masks nothing; it also gives weak logits to
/// two of the five temperatures of the strong view, and weighs all this by 0.9 beside cross-entropy of both views by 0.1. Their strong view is AutoAugment's; here it is a random
/// affine map, brightness and contrast. Asking the student again costs a second forward and backward pass, and moves the running means of its batch norms.
/// The class level grows with the square of the batch.
/// </remarks>
public sealed class Mlkd(Mlkd.Options options) : IObjective
{
    static readonly IReadOnlyList<double> fiveTemperatures = [2, 3, 4, 5, 6];

    /// <param name="Temperatures">Every T of the sum, each above 0. Default: 2, 3, 4, 5, 6, the authors' code.</param>
    /// <param name="Kept">Share of samples, and of classes, that count: those of which the teacher is least sure; in [0, 1], 1 for all. Default 0.5: the authors' code.</param>
    /// <param name="Views">Whether a stronger view of the images is asked too. Default: the paper's two views.</param>
    /// <param name="StrongLabels">Weight of the cross-entropy of the labels on the strong view, in [0, 100]. Default 1/9: the authors' 0.1 beside 0.9.</param>
    public sealed record Options(
        IReadOnlyList<double>? Temperatures = null,
        [property: Range(0.0, 1.0)] double Kept = 0.5,
        ViewChoice Views = ViewChoice.Both,
        [property: Range(0.0, 100.0)] double StrongLabels = 1.0 / 9);

    /// <summary>Which views of the images both networks answer.</summary>
    public enum ViewChoice
    {
        /// <summary>The batch as it is, and a stronger view of it.</summary>
        Both,

        /// <summary>The batch as it is.</summary>
        Given,
    }

    IReadOnlyList<double> Temperatures => options.Temperatures ?? fiveTemperatures;

    /// <inheritdoc/>
    public Module? MakeParts(in Setting setting) => Temperatures.Count > 0 && Temperatures.All(T => T > 0)
        ? null
        : throw new ArgumentException($"temperatures soften both outputs: expected at least one, each above 0, got [{string.Join(", ", Temperatures)}]");

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson)
    {
        // B batch, C classes
        var (student, teacher, batch) = lesson;
        var (studentBC, teacherBC) = (student.Logits, teacher.Logits);
        var sureBC = teacherBC.Softmax(1);
        var (samplesB, classesC) = (Least(sureBC.Amax([1])), Least(sureBC.Sum(0)));
        var loss = Sum(T => Levels(studentBC / T, teacherBC / T, T, samplesB, classesC));
        if (options.Views == ViewChoice.Given) return loss;

        var strongBCHW = StrongView.Of(batch.Images, lesson.Random);
        var (learningBC, teachingBC) = (student.Network.Call(strongBCHW), Answer(teacher.Network, strongBCHW));
        return loss + Sum(T => Divergence.Softened(teachingBC, learningBC, T)) + (options.StrongLabels * Functional.CrossEntropy(learningBC, batch.Labels));
    }

    static Tensor Answer(Module teacher, Tensor imagesBCHW)
    {
        using var off = Grad.Off();
        return teacher.Call(imagesBCHW);
    }

    static Tensor Levels(Tensor studentBC, Tensor teacherBC, double T, Tensor samplesB, Tensor classesC)
    {
        var (logPBC, logQBC) = (studentBC.LogSoftmax(1), teacherBC.LogSoftmax(1));
        var (PBC, QBC) = (logPBC.Exp(), logQBC.Exp());
        var (PCB, QCB) = (PBC.Transpose(0, 1), QBC.Transpose(0, 1));
        var instance = T * T * (samplesB * Divergence.KullbackLeiblerTerms(logQBC, logPBC).Sum(1)).Mean();
        var likenessOfSamples = (samplesB * (PBC.Matmul(PCB) - QBC.Matmul(QCB)).Square().Sum(1)).Mean();
        var likenessOfClasses = (classesC * (PCB.Matmul(PBC) - QCB.Matmul(QBC)).Square().Sum(1)).Mean();
        return instance + likenessOfSamples + likenessOfClasses;
    }

    // 1 where a value is among the least, 0 elsewhere; ties with the largest of them are in.
    Tensor Least(Tensor values)
    {
        var count = (long)(options.Kept * (values.Count - 1)) + 1;
        return (values <= values.Topk(count, largest: false).Values.Max()).To(values.DType);
    }

    Tensor Sum(Func<double, Tensor> term) => Temperatures.Select(term).Aggregate((sum, next) => sum + next);
}
