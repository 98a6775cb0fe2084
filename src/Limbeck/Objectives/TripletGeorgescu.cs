using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>max(0, ‖s_a − t_p‖² − ‖s_a − s_n‖² + m): the student's embedding nears the teacher's of its class, its own image included, and leaves the student's of other classes. Georgescu and Ionescu 2020, section III.</summary>
/// <remarks>
/// Where the two embeddings differ in width, a linear connector trained with the student brings the student's to the teacher's; the paper's networks are of one architecture.
/// A teacher of some of the student's classes gives positives of those only.
/// Every mining but batch-hard holds several B×B×B tensors, of 64 MiB each for a batch of 256 in float32 and of 4 GiB for 1024; batch-hard holds B×B.
/// </remarks>
public sealed class TripletGeorgescu(TripletGeorgescu.Options options) : IObjective
{
    /// <param name="Margin">m, at least 0. Default 0.2: FaceNet; the paper's abstract names none.</param>
    /// <param name="Mining">Which triplets count. Default: all of the batch.</param>
    /// <param name="Normalised">Whether embeddings are brought to length 1 first. Default: no, as in the formula.</param>
    /// <param name="StudentTap">Where the student's embedding is read; maps are flattened. Default: the vector before the last layer.</param>
    /// <param name="TeacherTap">Likewise in the teacher.</param>
    public sealed record Options(
        [property: Range(0, 1e6)] double Margin = 0.2, TripletMining Mining = TripletMining.BatchAll, bool Normalised = false, string StudentTap = "pooled", string TeacherTap = "pooled");

    /// <inheritdoc/>
    public IReadOnlyList<string> StudentTaps => [options.StudentTap];

    /// <inheritdoc/>
    public IReadOnlyList<string> TeacherTaps => [options.TeacherTap];

    /// <inheritdoc/>
    public Module? MakeParts(in Setting setting)
    {
        var (studentBD, teacherBD) = Embeddings(setting.Student, setting.Teacher);
        return studentBD.Size(1) == teacherBD.Size(1) ? null : new Linear(studentBD.Size(1), teacherBD.Size(1), setting.Random);
    }

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson)
    {
        // B batch, D features
        var (studentBD, teacherBD) = Embeddings(lesson.Student, lesson.Teacher);
        if (studentBD.Size(1) != teacherBD.Size(1)) studentBD = lesson.Parts<Linear>().Call(studentBD);
        if (options.Normalised) (studentBD, teacherBD) = (Pairwise.Directions(studentBD), Pairwise.Directions(teacherBD));
        var sameBB = Triplets.Same(lesson.Batch.Labels);
        return new Triplets(Pairwise.SquaredDistances(studentBD, teacherBD), Pairwise.SquaredDistances(studentBD), sameBB.LogicalAnd(Triplets.Known(lesson.Teacher, lesson.Batch.Labels)), sameBB.LogicalNot(), options.Margin).Loss(options.Mining);
    }

    (Tensor Student, Tensor Teacher) Embeddings(Signals student, Signals teacher) => (student[options.StudentTap].Flatten(1), teacher[options.TeacherTap].Flatten(1));
}
