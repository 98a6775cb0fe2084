using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>max(0, ‖t_i − s_i‖ − ‖t_i − s_j‖ + m): the teacher's logits draw the student's of the same image and push away those of other classes. Oki et al. 2020, Triplet Loss for Knowledge Distillation.</summary>
/// <remarks>
/// Distances are not squared. The authors draw one random negative for each anchor, of which the mean over all in the batch is the expectation, and weigh the term 2 beside
/// KL (T = 1) and labels with 1 each. PyTorch's TripletMarginLoss adds 1e-6 to every difference; here a distance of 0 has the gradient 0.
/// A teacher of some of the student's classes is an anchor for images of those only, and logits are compared at those only.
/// Every mining but batch-hard holds several B×B×B tensors, of 64 MiB each for a batch of 256 in float32 and of 4 GiB for 1024; batch-hard holds B×B.
/// </remarks>
public sealed class TripletOki(TripletOki.Options options) : IObjective
{
    /// <param name="Margin">m, at least 0. Default 5: the authors' code.</param>
    /// <param name="Mining">Which negatives count. Default: all of the batch.</param>
    /// <param name="Normalised">Whether logits are brought to length 1 first; distances are then at most 2, so choose a smaller margin. Default: no, as the authors' code.</param>
    public sealed record Options([property: Range(0, 1e6)] double Margin = 5, TripletMining Mining = TripletMining.BatchAll, bool Normalised = false);

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson)
    {
        // B batch, C classes that the teacher knows
        var (student, teacher, batch) = lesson;
        var (studentBC, teacherBC) = teacher.Classes is { Count: > 0 } known
            ? (student.Logits.IndexSelect(1, Triplets.Indices(known, batch.Labels.Device)), teacher.Known)
            : (student.Logits, teacher.Logits);
        if (options.Normalised) (studentBC, teacherBC) = (Pairwise.Directions(studentBC), Pairwise.Directions(teacherBC));
        var distancesBB = Pairwise.Root(Pairwise.SquaredDistances(teacherBC, studentBC));
        var itselfBB = Tensor.Eye(batch.Labels.Count, DType.Bool, batch.Labels.Device);
        var anchorsBB = itselfBB.LogicalAnd(Triplets.Known(teacher, batch.Labels));
        return new Triplets(distancesBB, distancesBB, anchorsBB, Triplets.Same(batch.Labels).LogicalNot(), options.Margin).Loss(options.Mining);
    }
}
