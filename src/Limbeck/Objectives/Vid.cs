using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>
/// Σ over places of −log q(t | s) = log σ_c + (t − μ(s))² / (2 σ_c²), mean over batch and entries: how much the student's maps s tell of the teacher's t, by a Gaussian q
/// whose mean μ is a small network of s and whose variance σ_c² = softplus(α_c) + 10⁻⁵ is learned for each channel c. Ahn et al. 2019, section 3.
/// </summary>
/// <remarks>
/// The paper sums over channels and positions: <see cref="Reduction.BatchMean"/>, CHW times more, 8192 times for 32 channels of 16×16. The mean is the authors' code and
/// RepDistiller's, to which the published weight of 1 belongs. α is under no weight decay here; in RepDistiller it is. mdistiller's α is no parameter and never trains.
/// Places that give vectors, such as <c>pooled</c> or <c>logits</c>, are compared by a linear μ: the paper's VID-LP. The larger of two maps is pooled to the smaller's size.
/// </remarks>
public sealed class Vid(Vid.Options options) : IObjective
{
    /// <param name="Network">μ between maps. Default: the paper's.</param>
    /// <param name="Reduction">Whether entries are averaged, or summed as in the paper. Default averaged: the authors' code.</param>
    /// <param name="Variance">σ² at the start, in [0.001, 1000]. Default 5: the paper's supplement, RepDistiller.</param>
    /// <param name="StudentTaps">Places in the student, of maps or of vectors. Default: all stage ends.</param>
    /// <param name="TeacherTaps">Likewise in the teacher; channels and size are free.</param>
    public sealed record Options(VidNetwork Network = VidNetwork.Wide, Reduction Reduction = Reduction.ElementMean,
        [property: Range(0.001, 1000.0)] double Variance = 5, IReadOnlyList<string>? StudentTaps = null, IReadOnlyList<string>? TeacherTaps = null);

    /// <inheritdoc/>
    public bool MayBeNegative => true;

    /// <inheritdoc/>
    public IReadOnlyList<string> StudentTaps => options.StudentTaps ?? MapPair.Stages;

    /// <inheritdoc/>
    public IReadOnlyList<string> TeacherTaps => options.TeacherTaps ?? MapPair.Stages;

    /// <inheritdoc/>
    public Module MakeParts(in Setting setting)
    {
        var random = setting.Random;
        return new PartList<VidHead>(Pairs(setting.Student, setting.Teacher).Select(pair => new VidHead(Mean(pair, random), pair.Teacher.Size(1), options.Variance)));
    }

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson)
    {
        var heads = lesson.Parts<PartList<VidHead>>();
        return Pairs(lesson.Student, lesson.Teacher).Select((pair, k) => VidHead.Reduced(heads[k].Surprise(pair.Student, pair.Teacher), options.Reduction)).Aggregate((sum, next) => sum + next);
    }

    IReadOnlyList<MapPair> Pairs(Signals student, Signals teacher) =>
    [
        .. MapPair.OfMapsOrVectors(student, StudentTaps, teacher, TeacherTaps).Select(pair => (pair.Student.Dim, pair.Teacher.Dim) switch
        {
            (4, 4) => pair.AtCommonSize(),
            (2, 2) => pair,
            _ => throw pair.Misfit("vid", student, teacher, "Maps [B, C, H, W] are compared with maps and vectors [B, C] with vectors: name places of one kind in student-taps and teacher-taps."),
        }),
    ];

    Module Mean(MapPair pair, Generator random)
    {
        var (from, to) = (pair.Student.Size(1), pair.Teacher.Size(1));
        if (pair.Student.Dim == 2) return new Linear(from, to, random);
        if (options.Network == VidNetwork.Plain) return new Sequential(Bare(from, to), new Relu(), Bare(to, to), new Relu(), Bare(to, to));
        var inside = 2 * to;
        return new Sequential(Bare(from, inside), new BatchNorm2d(inside), new Relu(), Bare(inside, inside), new BatchNorm2d(inside), new Relu(), new Conv2d(inside, to, 1, random));

        Conv2d Bare(long inputs, long outputs) => new(inputs, outputs, 1, random, bias: false);
    }
}
