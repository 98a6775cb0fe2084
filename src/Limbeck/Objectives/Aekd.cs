using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>
/// Σ_m α_m L_m with L_m = T² KL(softmax(t_m/T) || softmax(s/T)), mean over the samples whose label the teacher knows. One α for the batch, the flattest way down that lowers all L_m:
/// min ‖Σ_m α_m g_m‖² over Σ α = 1 and 0 ≤ α_m ≤ C, where g_m is the mean over the batch of the gradient of L_m in the student's logits. Du et al. 2020, section 3.
/// </summary>
/// <remarks>
/// C is how far disagreement is tolerated: 1/M averages all teachers, 1 lets one that the others oppose stand alone. The authors' code solves the same program as a one-class support
/// vector machine with ν = 1/(C M). α is a number, with no gradient. A teacher that knows no label of the batch takes no part in it; the bound is then at least one over the number of those who do.
/// Reading M² numbers from the device makes each step wait for it.
/// </remarks>
public sealed class Aekd(Aekd.Options options) : IObjective
{
    /// <param name="Temperature">Softens both outputs, in [0.01, 100]. Default 4: the authors' code.</param>
    /// <param name="Tolerance">C, the most that one teacher may weigh, in [0.01, 1] and at least 1/M. Default 0.6: the authors' code.</param>
    public sealed record Options([property: Range(0.01, 100)] double Temperature = 4, [property: Range(0.01, 1.0)] double Tolerance = 0.6);

    /// <inheritdoc/>
    public bool TeachesTogether => true;

    /// <inheritdoc/>
    public Module? MakeParts(in Setting setting)
    {
        Committee.Check("aekd", setting, fewest: 2);
        return options.Tolerance * setting.Teachers.Count >= 1
            ? null
            : throw new ArgumentException($"aekd: {setting.Teachers.Count} teachers that weigh at most {options.Tolerance} each cannot weigh 1 together: expected a 'tolerance' of at least 1/{setting.Teachers.Count}");
    }

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson)
    {
        // B batch, M teachers, C classes
        var (committee, studentBC) = (Committee.Of(lesson), lesson.Student.Logits);
        var meansBM = committee.CountsBM / committee.CountsBM.Sum(0).Clamp(min: 1);
        var lossesM = (meansBM * committee.Divergences(studentBC, options.Temperature)).Sum(0);
        return (Weights(committee, meansBM, studentBC.Detach()) * lossesM).Sum();
    }

    Tensor Weights(Committee committee, Tensor meansBM, Tensor studentBC)
    {
        var T = options.Temperature;
        var slopesBMC = T * (committee.LogProbabilities(studentBC.Unsqueeze(1), T).Exp() - committee.LogProbabilities(committee.LogitsBMC, T).Exp());
        var slopesMC = (meansBM.Unsqueeze(2) * slopesBMC).Sum(0);
        var gram = slopesMC.Matmul(slopesMC.Transpose(0, 1)).To(Device.Cpu, DType.Float64).ToArray<double>();
        var present = committee.CountsBM.Sum(0).To(Device.Cpu, DType.Float64).ToArray<double>();
        int[] taking = [.. Enumerable.Range(0, present.Length).Where(m => present[m] > 0)];
        var found = LeastNorm.Weights(taking.Length, (i, j) => gram[(taking[i] * present.Length) + taking[j]], options.Tolerance);
        var weights = new double[present.Length];
        foreach (var (i, m) in taking.Index()) weights[m] = found[i];
        return Tensor.From<double>(weights).To(studentBC.Device, studentBC.DType);
    }
}
