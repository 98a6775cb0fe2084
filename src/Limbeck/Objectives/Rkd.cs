using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>
/// w_D H(d_ij(s)/μ_s, d_ij(t)/μ_t) + w_A H(∠_ijk(s), ∠_ijk(t)): distances between samples over their mean μ, and cosines of the angles that samples
/// span, by Huber's loss H. Park, Kim, Lu and Cho 2019, section 3.2.
/// </summary>
/// <remarks>
/// H is the mean over all B² pairs and B³ triples, those of a sample with itself too, as in the authors' code and in RepDistiller; the paper writes sums.
/// The angles take B³ numbers. mmrazor brings embeddings to length 1 first, which makes the loss about half as large.
/// Where samples coincide, distance and cosine are 0 with gradient 0.
/// </remarks>
public sealed class Rkd(Rkd.Options options) : IObjective
{
    /// <param name="Distance">Weight w_D of the distances, at least 0. Default 25: RepDistiller, mdistiller.</param>
    /// <param name="Angle">Weight w_A of the angles, at least 0. Default 50: RepDistiller, mdistiller.</param>
    /// <param name="StudentTap">Where the student's embedding is read; maps are flattened. Default: the vector before the last layer.</param>
    /// <param name="TeacherTap">Likewise in the teacher; its width is free.</param>
    public sealed record Options(
        [property: Range(0, 1e6)] double Distance = 25, [property: Range(0, 1e6)] double Angle = 50, string StudentTap = "pooled", string TeacherTap = "pooled");

    /// <inheritdoc/>
    public IReadOnlyList<string> StudentTaps => [options.StudentTap];

    /// <inheritdoc/>
    public IReadOnlyList<string> TeacherTaps => [options.TeacherTap];

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson)
    {
        // B batch
        var (student, teacher, _) = lesson;
        var studentBB = Pairwise.SquaredDistances(student[options.StudentTap].Flatten(1));
        var teacherBB = Pairwise.SquaredDistances(teacher[options.TeacherTap].Flatten(1));
        var loss = options.Distance * Functional.SmoothL1Loss(OverMean(studentBB), OverMean(teacherBB));
        return options.Angle == 0 ? loss : loss + (options.Angle * Functional.SmoothL1Loss(Angles(studentBB), Angles(teacherBB)));
    }

    static Tensor OverMean(Tensor squaresBB)
    {
        var distancesBB = Pairwise.Root(squaresBB);
        var pairs = Math.Max(1, squaresBB.Count - squaresBB.Size(0));
        return distancesBB / (distancesBB.Sum() / pairs).Clamp(min: 1e-12);
    }

    // By the law of cosines, from distances alone: (d²_ij + d²_ik − d²_jk) / (2 d_ij d_ik) at the corner i.
    internal static Tensor Angles(Tensor squaresBB)
    {
        var inverseBB = Pairwise.InverseRoot(squaresBB);
        return (squaresBB.Unsqueeze(2) + squaresBB.Unsqueeze(1) - squaresBB) / 2 * inverseBB.Unsqueeze(2) * inverseBB.Unsqueeze(1);
    }
}
