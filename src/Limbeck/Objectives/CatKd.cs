using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>
/// Mean of (n(pool A_s) − n(pool A_t))² over samples, classes and places: where each network sees each class. A = W f are the class activation maps, the last linear
/// layer W applied at every place of the maps f that it reads the mean of; n divides the map of a class by its length. Guo et al. 2023, section 3.
/// </summary>
/// <remarks>
/// The authors' code takes this mean too, with weight 400 beside cross-entropy. It replaces the classifier by a 1×1 convolution without bias before the pool: the
/// same logits up to the bias, and the same maps, since a bias is not part of them. Pooling to 1×1 would leave of each map its sign alone.
/// </remarks>
public sealed class CatKd(CatKd.Options options) : IObjective
{
    /// <param name="Resolution">Height and width that the maps are pooled to, in [1, 64]. Default 2: the paper's.</param>
    /// <param name="Normalise">Whether the map of each class is divided by its length. Default true: the paper's.</param>
    /// <param name="Binarise">Whether the teacher's maps are 1 where they exceed the mean of their absolute values, 0 elsewhere: the paper's proof that the regions alone teach. Default false.</param>
    /// <param name="StudentTap">The maps that the student's classifier reads the mean of: a stage or module path. Default: the last stage's.</param>
    /// <param name="TeacherTap">The teacher's, likewise.</param>
    public sealed record Options([property: Range(1, 64)] int Resolution = 2, bool Normalise = true, bool Binarise = false, string? StudentTap = null, string? TeacherTap = null);

    /// <inheritdoc/>
    public IReadOnlyList<string> StudentTaps => options.StudentTap is { } tap ? [tap] : MapPair.Stages;

    /// <inheritdoc/>
    public IReadOnlyList<string> TeacherTaps => options.TeacherTap is { } tap ? [tap] : MapPair.Stages;

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson)
    {
        // B batch, K classes, H and W places
        var (student, teacher, _) = lesson;
        var studentBKHW = ActivationMaps(student, StudentTaps, Classifier.Of(student).Weight);
        var teacherBKHW = ActivationMaps(teacher, TeacherTaps, Classifier.Of(teacher).Weight.Value.Detach());
        if (options.Binarise) teacherBKHW = (teacherBKHW > teacherBKHW.Abs().Mean([2, 3], keepDim: true)).To(teacherBKHW.DType);
        return Functional.MseLoss(Pooled(studentBKHW), Pooled(teacherBKHW));
    }

    Tensor Pooled(Tensor mapsBKHW)
    {
        var smallBKHW = Functional.AdaptiveAvgPool2d(mapsBKHW, [options.Resolution, options.Resolution]);
        return options.Normalise ? Pairwise.Directions(smallBKHW.Flatten(2)) : smallBKHW.Flatten(2);
    }

    // C channels
    static Tensor ActivationMaps(Signals network, IReadOnlyList<string> taps, Tensor weightKC)
    {
        var mapsBCHW = Classifier.MapsReadBy("cat-kd", network, taps);
        return Functional.Conv2d(mapsBCHW, weightKC.Unsqueeze(2).Unsqueeze(3), bias: null, stride: [1, 1], padding: [0, 0], dilation: [1, 1]);
    }
}
