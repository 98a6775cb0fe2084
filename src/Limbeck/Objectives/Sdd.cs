using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>
/// Σ over regions w T² KL(softmax(t/T) || softmax(s/T)), mean over the batch: what each network says of each region of an image. Regions are the cells of 1×1, 2×2, … grids on the last maps; a
/// network's logits of a region are its last linear layer on the region's mean. w is β where the teacher is right on the region and wrong on the image or the reverse (complementary), 1
/// elsewhere (consistent). Wei, Luo and Luo 2024 (scale decoupled distillation), section 3.
/// </summary>
/// <remarks>
/// The paper and its β are for any loss on logits; this is the form with Hinton's, SD-KD. The authors' code divides the sum over regions by their number, 21 for grids of 1, 2 and 4:
/// <see cref="Options.Mean"/>. A grid finer than the maps is left out.
/// </remarks>
public sealed class Sdd(Sdd.Options options) : IObjective
{
    static readonly IReadOnlyList<int> grids = [1, 2, 4];

    /// <param name="Temperature">T, in (0, 100]. Default 4: the authors' code.</param>
    /// <param name="Complementary">β, in [0, 1000]. Default 2: the paper's.</param>
    /// <param name="Grids">Cells a side of each grid. Default 1, 2, 4: the paper's for CIFAR-100.</param>
    /// <param name="Mean">Whether the sum over regions is divided by their number. Default false: the paper's.</param>
    /// <param name="StudentTap">The maps that the student's classifier reads the mean of: a stage or module path. Default: the last stage's.</param>
    /// <param name="TeacherTap">The teacher's, likewise.</param>
    public sealed record Options([property: Range(0.01, 100)] double Temperature = 4, [property: Range(0.0, 1000)] double Complementary = 2, IReadOnlyList<int>? Grids = null,
        bool Mean = false, string? StudentTap = null, string? TeacherTap = null);

    /// <inheritdoc/>
    public IReadOnlyList<string> StudentTaps => options.StudentTap is { } tap ? [tap] : MapPair.Stages;

    /// <inheritdoc/>
    public IReadOnlyList<string> TeacherTaps => options.TeacherTap is { } tap ? [tap] : MapPair.Stages;

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson)
    {
        // B batch, R regions, K classes
        var (student, teacher, batch) = lesson;
        var (own, taught) = (Classifier.MapsReadBy("sdd", student, StudentTaps), Classifier.MapsReadBy("sdd", teacher, TeacherTaps));
        var finest = new[] { own.Size(2), own.Size(3), taught.Size(2), taught.Size(3) }.Min();
        int[] usable = [.. (options.Grids ?? grids).Where(grid => grid >= 1 && grid <= finest)];
        if (usable.Length == 0)
            throw new ArgumentException($"sdd has no grid that fits: {student.Name} gives {own.Describe()}, {teacher.Name} gives {taught.Describe()}, and the grids have {string.Join(", ", options.Grids ?? grids)} cells a side. Add a grid of 1.");
        var (studentBRK, teacherBRK) = (Regions(own, Classifier.Of(student), usable), Regions(taught, Classifier.Of(teacher), usable));

        var rightB1 = teacher.Logits.Argmax(1, keepDim: true).Eq(batch.Labels.Unsqueeze(1));
        var complementaryBR = teacherBRK.Argmax(2).Eq(batch.Labels.Unsqueeze(1)).Ne(rightB1).To(studentBRK.DType);
        var weightBR = 1 + ((options.Complementary - 1) * complementaryBR);
        var T = options.Temperature;
        var perRegionBR = T * T * Divergence.KullbackLeiblerTerms((teacherBRK.Detach() / T).LogSoftmax(2), (studentBRK / T).LogSoftmax(2)).Sum(2);
        return options.Mean ? (weightBR * perRegionBR).Mean() : (weightBR * perRegionBR).Sum(1).Mean();
    }

    static Tensor Regions(Tensor mapsBCHW, Linear classifier, IEnumerable<int> grids)
    {
        var meansBCR = Tensor.Cat([.. grids.Select(grid => Functional.AdaptiveAvgPool2d(mapsBCHW, [grid, grid]).Flatten(2))], 2);
        return classifier.Call(meansBCR.Transpose(1, 2));
    }
}
