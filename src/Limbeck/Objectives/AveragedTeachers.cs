using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>
/// T² KL(q || softmax(s/T)), mean over the batch, with the teachers' average as q: the mean of softmax(t_m/T), or the softmax of the mean of t_m/T, which is the geometric mean.
/// Hinton, Vinyals and Dean 2015, section 1, name both.
/// </summary>
/// <remarks>
/// A teacher counts for the samples whose label it knows, and what teachers of different classes say is put on one scale by the classes that they share. The mean of the losses,
/// the AVER of CA-MKD's code, has the gradient of the mean of probabilities where all teachers know all classes, and is larger by what no student can change: how much they differ.
/// </remarks>
public sealed class AveragedTeachers(AveragedTeachers.Options options) : IObjective
{
    /// <summary>What is averaged.</summary>
    public enum Averaging
    {
        /// <summary>Softened probabilities: what any of the teachers deems likely stays likely.</summary>
        Probabilities,

        /// <summary>Logits: what any of the teachers deems impossible becomes unlikely.</summary>
        Logits,

        /// <summary>Losses: each teacher is compared with the student by itself, over the classes that it knows.</summary>
        Losses,
    }

    /// <param name="Temperature">Softens all outputs, in [0.01, 100]. Default 4: CA-MKD's code.</param>
    /// <param name="Average">What is averaged. Default: the probabilities.</param>
    public sealed record Options([property: Range(0.01, 100)] double Temperature = 4, Averaging Average = Averaging.Probabilities);

    /// <inheritdoc/>
    public bool TeachesTogether => true;

    /// <inheritdoc/>
    public Module? MakeParts(in Setting setting)
    {
        Committee.Check("averaged-teachers", setting);
        return null;
    }

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson)
    {
        var (committee, studentBC, T) = (Committee.Of(lesson), lesson.Student.Logits, options.Temperature);
        return options.Average switch
        {
            Averaging.Losses => Committee.Mean(committee.Divergences(studentBC, T), committee.Shares()),
            Averaging.Logits => committee.MixedLogits(committee.LogShares(), T).Divergence(studentBC, T),
            _ => committee.MixedProbabilities(committee.LogShares(), T).Divergence(studentBC, T),
        };
    }
}
