using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>T² KL(softmax(t_m/T) || softmax(s/T)), mean over the batch, from one teacher m that is drawn anew for each batch. After Ilichev et al. 2021.</summary>
/// <remarks>
/// Their text is known here by its abstract: several teachers of different seeds make a student less dependent on the seed. This is one reading, <see cref="AveragedTeachers"/> is
/// the other, and this one's expectation is that one's mean of losses. A sample whose label the drawn teacher does not know is taught by the next in the draw's order who does.
/// </remarks>
public sealed class RandomTeacher(RandomTeacher.Options options) : IObjective
{
    /// <param name="Temperature">Softens both outputs, in [0.01, 100]. Default 4: as for the other committees.</param>
    public sealed record Options([property: Range(0.01, 100)] double Temperature = 4);

    /// <inheritdoc/>
    public bool TeachesTogether => true;

    /// <inheritdoc/>
    public Module? MakeParts(in Setting setting)
    {
        Committee.Check("random-teacher", setting);
        return null;
    }

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson)
    {
        // B batch, M teachers, C classes
        var (committee, studentBC) = (Committee.Of(lesson), lesson.Student.Logits);
        var rankM = Tensor.Empty([committee.Teachers.Count], studentBC.DType, studentBC.Device);
        rankM.UniformInPlace(1, 2, lesson.Random);
        var drawnBM = (rankM * committee.CountsBM).Argmax(1).OneHot(committee.Teachers.Count) * committee.CountsBM;
        return Committee.Mean(committee.Divergences(studentBC, options.Temperature), drawnBM);
    }
}
