using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>Σ_m w_m T² KL(softmax(t_m/T) || softmax(s/T)), mean over the batch, with w_m = (1 − H_m / Σ H) / (M − 1): the surer a teacher is of a sample, by the entropy H of its softmax, the more it counts. Kwon et al. 2020.</summary>
/// <remarks>
/// CA-MKD's code, where its published numbers come from, leaves out the division by M − 1 and divides by M instead: M / (M − 1) times larger than that is this loss, 1.5 times for three
/// teachers. Of n teachers that know a sample's label M is n, the only one has weight 1, and the entropies are taken over the classes that all n know. Where all are certain they count equally.
/// </remarks>
public sealed class Ebkd(Ebkd.Options options) : IObjective
{
    /// <param name="Temperature">Softens the compared outputs, not the entropies; in [0.01, 100]. Default 4: CA-MKD's code.</param>
    public sealed record Options([property: Range(0.01, 100)] double Temperature = 4);

    /// <inheritdoc/>
    public bool TeachesTogether => true;

    /// <inheritdoc/>
    public Module? MakeParts(in Setting setting)
    {
        Committee.Check("ebkd", setting, fewest: 2);
        return null;
    }

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson)
    {
        var committee = Committee.Of(lesson);
        return Committee.Mean(committee.Divergences(lesson.Student.Logits, options.Temperature), Weights(committee));
    }

    // B batch, M teachers, C classes
    internal static Tensor Weights(Committee committee)
    {
        var logBMC = committee.OnCommonGround(committee.LogitsBMC);
        var entropiesBM = committee.CountsBM * -(logBMC.Exp() * logBMC).Sum(2);
        var totalB1 = entropiesBM.Sum(1, keepDim: true);
        var uncertainB1 = totalB1 > 0;
        return committee.Complement(uncertainB1.Where(entropiesBM / uncertainB1.Where(totalB1, totalB1.OnesLike()), committee.Shares()));
    }
}
