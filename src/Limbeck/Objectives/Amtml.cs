using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>
/// T² KL(q || softmax(s/T)) + a·Angle(q, softmax(s/T)) + h Σ_m Hint_m, mean over the batch. The target q = Σ_m μ_m softmax(t_m/T) is mixed anew for each sample: μ = softmax over teachers of wᵀ(θ_m ⊙ A),
/// A the largest value of each of the student's last maps, θ_m and w learned with the student. Angle is that of <see cref="Rkd"/>. Hint_m, of the group of stages that teacher m has in its care, is the mean of
/// (r(ŝ) − t̂)², maps of length 1 over channels, r linear. Liu, Zhang and Wang 2020.
/// </summary>
/// <remarks>
/// Two phases, as in the authors' notebooks: for <see cref="Options.AdapterEpochs"/> θ and w learn, under a penalty ρ(‖w‖² + Σ‖θ_m‖²), and hints count; after that both stay as they are, and hints are over. At the notebooks'
/// ρ weights soon are nearly equal. Their other scales: the divergence is a mean over classes too and weighs 1.4, C/1.4 times less than here; RKD's distances are added in one of them; angles compare the student's logarithms
/// of probabilities with q. A teacher counts for samples whose label it knows, in μ and in its hints, and a sample that none knows spans no angles.
/// </remarks>
public sealed class Amtml(Amtml.Options options) : IObjective
{
    /// <param name="Temperature">Softens all outputs, in [0.01, 100]. Default 5: the authors' notebooks.</param>
    /// <param name="AdapterEpochs">Epochs of the first phase, from the start; in [0, 100000]. Default 80: the authors' notebooks, where 200 follow.</param>
    /// <param name="Angle">a, in [0, 1e6]. Default 1: the authors' notebooks. Angles take B³ numbers.</param>
    /// <param name="Hint">h, in [0, 1e6]; 0: no maps of teachers are read. Default 1: the authors' notebooks.</param>
    /// <param name="Penalty">ρ, in [0, 1000]. Default 0.1: the authors' notebooks.</param>
    /// <param name="StudentTaps">Stages of the student: the last gives A, and all are shared out among the teachers for hints. Default: all.</param>
    /// <param name="TeacherTaps">Stages of the teachers; channels and size are free. Default: all.</param>
    public sealed record Options(
        [property: Range(0.01, 100)] double Temperature = 5,
        [property: Range(0.0, 100_000.0)] double AdapterEpochs = 80,
        [property: Range(0, 1e6)] double Angle = 1,
        [property: Range(0, 1e6)] double Hint = 1,
        [property: Range(0.0, 1000.0)] double Penalty = 0.1,
        IReadOnlyList<string>? StudentTaps = null,
        IReadOnlyList<string>? TeacherTaps = null);

    /// <inheritdoc/>
    public bool TeachesTogether => true;

    /// <inheritdoc/>
    public IReadOnlyList<string> StudentTaps => options.StudentTaps ?? MapPair.Stages;

    /// <inheritdoc/>
    public IReadOnlyList<string> TeacherTaps => options.Hint == 0 ? [] : options.TeacherTaps ?? MapPair.Stages;

    /// <inheritdoc/>
    public Module MakeParts(in Setting setting)
    {
        Committee.Check("amtml", setting);
        var (student, teachers) = (setting.Student, setting.Teachers);
        var groups = teachers.Select((_, m) => Group(student, teachers, m)).ToList();
        return new TeacherAdapter(MapPair.Maps(student, StudentTaps)[^1].Maps.Size(1), groups, setting.Random);
    }

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson)
    {
        // B batch, M teachers, C classes
        var (committee, student, T) = (Committee.Of(lesson), lesson.Student, options.Temperature);
        var (adapter, adapting) = (lesson.Parts<TeacherAdapter>(), lesson.Epoch < options.AdapterEpochs);
        var mapsBCHW = MapPair.Maps(student, StudentTaps)[^1].Maps;
        var opinion = committee.MixedProbabilities(committee.LogShares(adapting ? adapter.Scores(mapsBCHW) : Settled(adapter, mapsBCHW)), T);
        var loss = opinion.Divergence(student.Logits, T);
        if (options.Angle > 0) loss += options.Angle * Angles(opinion, student.Logits / T);
        if (!adapting) return loss;
        if (options.Penalty > 0) loss += options.Penalty * adapter.SquaredLength();
        return options.Hint > 0 ? loss + (options.Hint * Hints(committee, student, adapter)) : loss;
    }

    static Tensor Settled(TeacherAdapter adapter, Tensor mapsBCHW)
    {
        using var off = Grad.Off();
        return adapter.Scores(mapsBCHW);
    }

    static Tensor Angles(Opinion opinion, Tensor studentBC)
    {
        var taughtN = (opinion.SupportBC.To(studentBC.DType).Sum(1) > 0).Nonzero().Squeeze(1);
        return Functional.SmoothL1Loss(Of(studentBC), Of(opinion.ScoresBC), LossReduction.Sum) / Math.Max(1, Math.Pow(taughtN.Count, 3));

        Tensor Of(Tensor scoresBC) => Rkd.Angles(Pairwise.SquaredDistances(opinion.LogProbabilities(scoresBC).Exp().IndexSelect(0, taughtN)));
    }

    Tensor Hints(Committee committee, Signals student, TeacherAdapter adapter) => Committee.Mean(Tensor.Stack(
    [
        .. committee.Teachers.Select((_, m) => Group(student, committee.Teachers, m).Select((pair, k) => TeacherAdapter.Distance(adapter.Regressors[m][k], pair.AtCommonSize())).Aggregate((sum, next) => sum + next)),
    ], 1), committee.CountsBM);

    // The stages that a teacher has in its care: an equal share of all, in their order, or one that it shares with others where there are more teachers than stages.
    IReadOnlyList<MapPair> Group(Signals student, IReadOnlyList<Signals> teachers, int m)
    {
        if (options.Hint == 0) return [];
        var pairs = MapPair.Of(student, StudentTaps, teachers[m], TeacherTaps);
        var (start, end) = (m * pairs.Count / teachers.Count, (m + 1) * pairs.Count / teachers.Count);
        return [.. pairs.Skip(start).Take(Math.Max(1, end - start))];
    }
}
