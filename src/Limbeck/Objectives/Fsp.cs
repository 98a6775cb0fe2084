using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>Σ over sections of ‖G(t) − G(s)‖²_F, mean over the batch, with the flow G = F₁F₂ᵀ/HW between the section's input F₁ and its output F₂. Yim, Joo, Bae and Kim 2017, section 3.</summary>
/// <remarks>
/// Every section weighs the same. RepDistiller pools by averages and takes the mean over the matrix: with <see cref="FspScale.Mean"/> a section of C₁ and C₂
/// channels counts C₁C₂ times less, 1024 for 16×64. torchdistill's sum is this one. The paper trains by FSP alone first, then by labels alone.
/// <para>Shuffled (section 4.1), members of an ensemble that learn from one teacher start from different weights: each gets the matrices of a teacher whose channels stand in another order.</para>
/// </remarks>
public sealed class Fsp(Fsp.Options options) : IObjective
{
    /// <param name="Pooling">Brings a section's larger map to the size of its smaller. Default: the paper's maximum.</param>
    /// <param name="Scale">Default: the paper's sum over the matrix.</param>
    /// <param name="Shuffle">Rows and columns of the teacher's matrices in a random order, drawn from the seed before the first step; places of the same width share it. Default false.</param>
    /// <param name="StudentTaps">Places in the student; each makes a section with the next. Default: the stem, then every stage end.</param>
    /// <param name="TeacherTaps">Likewise in the teacher; channels must be equal, sizes need not.</param>
    public sealed record Options(
        FspPooling Pooling = FspPooling.Max, FspScale Scale = FspScale.Sum, bool Shuffle = false, IReadOnlyList<string>? StudentTaps = null, IReadOnlyList<string>? TeacherTaps = null);

    /// <summary>The flow through one section.</summary>
    /// <param name="Name">The student's places that it runs between.</param>
    /// <param name="StudentBCC">B×C₁×C₂.</param>
    /// <param name="TeacherBCC">B×C₁×C₂.</param>
    public readonly record struct Section(string Name, Tensor StudentBCC, Tensor TeacherBCC);

    static readonly IReadOnlyList<string> sections = ["stem", .. MapPair.Stages];

    /// <inheritdoc/>
    public IReadOnlyList<string> StudentTaps => options.StudentTaps ?? sections;

    /// <inheritdoc/>
    public IReadOnlyList<string> TeacherTaps => options.TeacherTaps ?? sections;

    /// <summary>G_ij = Σ_hw F₁_ihw F₂_jhw / HW of each sample, B×C₁×C₂; the larger map is pooled to the smaller's size.</summary>
    /// <param name="firstBCHW">B×C₁×H₁×W₁.</param>
    /// <param name="secondBCHW">B×C₂×H₂×W₂.</param>
    /// <param name="pooling">How the larger is pooled.</param>
    public static Tensor Matrix(Tensor firstBCHW, Tensor secondBCHW, FspPooling pooling = FspPooling.Max)
    {
        Func<Tensor, long[], Tensor> pool = pooling == FspPooling.Max ? Functional.AdaptiveMaxPool2d : Functional.AdaptiveAvgPool2d;
        var (_, first, _, second) = new MapPair("first", firstBCHW, "second", secondBCHW).AtCommonSize(pool);
        var (firstBCP, secondBCP) = (first.Flatten(2), second.Flatten(2));
        return firstBCP.Matmul(secondBCP.Transpose(1, 2)) / firstBCP.Size(2);
    }

    /// <inheritdoc/>
    public Module? MakeParts(in Setting setting) =>
        options.Shuffle ? new ChannelOrders(Pairs(setting.Student, setting.Teacher).Select(pair => pair.Teacher.Size(1)), setting.Random) : null;

    /// <summary>The flows that are compared, section by section: each sample's matrices of both networks, the teacher's in their order.</summary>
    public IReadOnlyList<Section> Sections(in Lesson lesson)
    {
        var pairs = Pairs(lesson.Student, lesson.Teacher);
        var orders = options.Shuffle ? lesson.Parts<ChannelOrders>() : null;
        return [.. pairs.Zip(pairs.Skip(1), Between)];

        Section Between(MapPair first, MapPair second)
        {
            var taughtBCC = Matrix(first.Teacher, second.Teacher, options.Pooling);
            return new($"{first.StudentTap} → {second.StudentTap}", Matrix(first.Student, second.Student, options.Pooling), orders?.Apply(taughtBCC) ?? taughtBCC);
        }
    }

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson) => Sections(lesson).Select(Gap).Aggregate((sum, next) => sum + next);

    Tensor Gap(Section section)
    {
        var gapBCC = (section.StudentBCC - section.TeacherBCC).Square();
        return options.Scale == FspScale.Sum ? gapBCC.Sum([1, 2]).Mean() : gapBCC.Mean();
    }

    IReadOnlyList<MapPair> Pairs(Signals student, Signals teacher)
    {
        var pairs = MapPair.Of(student, StudentTaps, teacher, TeacherTaps);
        if (pairs.Count < 2) throw pairs[0].Misfit("fsp", student, teacher, "The flow runs between two places at least: name more taps in both networks.");
        foreach (var pair in pairs)
        {
            if (pair.Student.Size(1) != pair.Teacher.Size(1))
                throw pair.Misfit("fsp", student, teacher, "Channels must be equal, for a flow has no connector: take networks of the same widths, or name places of equal channels in student-taps and teacher-taps.");
        }

        return pairs;
    }
}
