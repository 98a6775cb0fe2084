using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>
/// Σ_i w_i max(0, m + ‖v_a − u^i_p‖² − ‖v_a − u^i_n‖²), mean over triplets: in a latent space that all networks share, the student's image v_a lies nearer to what each teacher i makes of
/// images of the same class, its own included, than of others. h^i = F_i(φ_i) is a code of the teacher's features, u^i = G_i(h^i), v = F(φ), each brought to length 1. A teacher has
/// no say on classes that it does not know. Sedova, Gorpinich, Bakhteev and Strijov 2022.
/// </summary>
/// <remarks>
/// The source gives the idea, the general triplet loss and a figure of the maps F_i, G_i and F, and no experiment: what follows is this library's reading of it. F_i is the encoder of an
/// autoencoder D_i F_i that learns first, by the mean over entries of (φ − D_i F_i φ)², P times less than the squared distance of P features, + ρ times the triplet loss of the codes
/// among themselves; then it is frozen. F and G_i learn with the student from the loss itself. They cannot agree on nothing: where all images fall on one point every triplet costs m, and
/// where the student's do, 0 is out of reach. Squared distances of pairs, <see cref="Comparison.Pairs"/>, have that point as their optimum, so there G_i stays as it was drawn.
/// Soft targets of the teachers are a term of their own. Batch norm is in none of the maps. Every mining but batch-hard holds several B×B×B tensors for each teacher.
/// </remarks>
public sealed class LatentTriplets(LatentTriplets.Options options) : IPretrained, ISharedSpace
{
    /// <summary>What is compared in the latent space.</summary>
    public enum Comparison
    {
        /// <summary>Distances to positives and negatives.</summary>
        Triplets,

        /// <summary>‖v_a − u^i_a‖², mean over images whose class the teacher knows: the baseline without triplets, to a latent space that is drawn at random and not learned.</summary>
        Pairs,
    }

    /// <param name="Size">D: numbers of the latent space, in [1, 8192]. Default 64: ours.</param>
    /// <param name="CodeSize">H: numbers of a teacher's code, in [1, 8192]. Default 64: ours.</param>
    /// <param name="Margin">m, at least 0. Default 0.2: FaceNet's for rows of length 1.</param>
    /// <param name="Mining">Which triplets count. Default: all of the batch.</param>
    /// <param name="Compare">Default: triplets.</param>
    /// <param name="TeacherWeights">w_i, each at least 0, in the order of the teachers. Default: 1 by their number.</param>
    /// <param name="PretrainingEpochs">Epochs in which the autoencoders learn, before the student's first; in [0, 1000]. Default 10: ours.</param>
    /// <param name="CodeTriplets">ρ, in [0, 1000]: weight of triplets among a teacher's codes while its autoencoder learns. Default 1: ours.</param>
    /// <param name="StudentTap">Where the student's features φ are read; maps are flattened. Default: the vector before the last layer.</param>
    /// <param name="TeacherTap">Likewise in every teacher; lengths are free.</param>
    public sealed record Options([property: Range(1, 8192)] int Size = 64, [property: Range(1, 8192)] int CodeSize = 64, [property: Range(0, 1e6)] double Margin = 0.2,
        TripletMining Mining = TripletMining.BatchAll, Comparison Compare = Comparison.Triplets, IReadOnlyList<double>? TeacherWeights = null,
        [property: Range(0, 1000)] int PretrainingEpochs = 10, [property: Range(0.0, 1000.0)] double CodeTriplets = 1, string StudentTap = "pooled", string TeacherTap = "pooled");

    /// <inheritdoc/>
    public bool TeachesTogether => true;

    /// <inheritdoc/>
    public IReadOnlyList<string> StudentTaps => [options.StudentTap];

    /// <inheritdoc/>
    public IReadOnlyList<string> TeacherTaps => [options.TeacherTap];

    /// <inheritdoc/>
    public int PretrainingEpochs => options.PretrainingEpochs;

    /// <inheritdoc/>
    public Module MakeParts(in Setting setting)
    {
        // A lone absent teacher says itself that it is missing.
        IReadOnlyList<Signals> teachers = setting.Teachers is { Count: > 0 } some ? some : [setting.Teacher];
        var features = teachers.Select(teacher => Features(teacher).Size(1)).ToArray();
        Check(teachers, setting.Labels);
        return new LatentMaps(setting.Student[options.StudentTap].Flatten(1).Size(1), features, options.CodeSize, options.Size, setting.Random);
    }

    /// <inheritdoc/>
    public IEnumerable<Parameter> PretrainedParameters(Module parts) => parts is LatentMaps space
        ? space.Autoencoders
        : throw new ArgumentException($"the autoencoders are in what MakeParts returns, got {parts.GetType().Name}", nameof(parts));

    /// <inheritdoc/>
    public Tensor PretrainingLoss(in Lesson lesson)
    {
        var (space, labelsB) = (lesson.Parts<LatentMaps>(), lesson.Batch.Labels);
        return Sum(lesson.Teachers.Select((teacher, i) =>
        {
            var (featuresBP, knownB) = (Features(teacher), Triplets.Known(teacher, labelsB));
            var (codeBH, decodedBP) = space.Reconstruct(i, featuresBP);
            var itselfBB = Tensor.Eye(labelsB.Count, DType.Bool, labelsB.Device);
            var triplets = Mined(Pairwise.SquaredDistances(Pairwise.Directions(codeBH)), labelsB, knownB, itselfBB.LogicalNot());
            return Mean((decodedBP - featuresBP).Square().Mean(1), knownB) + (options.CodeTriplets * triplets);
        }));
    }

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson)
    {
        // B batch, D numbers of the latent space
        var (space, teachers, labelsB) = (lesson.Parts<LatentMaps>(), lesson.Teachers, lesson.Batch.Labels);
        var ownBD = space.OfStudent(lesson.Student[options.StudentTap]);
        return Sum(teachers.Select((teacher, i) =>
        {
            var (taughtBD, knownB) = (space.OfTeacher(i, Features(teacher)), Triplets.Known(teacher, labelsB));
            var apart = options.Compare == Comparison.Pairs
                ? Mean((ownBD - taughtBD.Detach()).Square().Sum(1), knownB)
                : Mined(Pairwise.SquaredDistances(ownBD, taughtBD), labelsB, knownB);
            return (options.TeacherWeights?[i] ?? 1.0 / teachers.Count) * apart;
        }));
    }

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Embed(in Lesson lesson)
    {
        var maps = lesson.Parts<LatentMaps>();
        return [maps.OfStudent(lesson.Student[options.StudentTap]), .. lesson.Teachers.Select((teacher, i) => maps.OfTeacher(i, Features(teacher)))];
    }

    Tensor Features(Signals teacher) => teacher[options.TeacherTap].Flatten(1);

    // Positives and negatives are of classes that the teacher knows. So are anchors: others have no positive.
    Tensor Mined(Tensor distancesBB, Tensor labelsB, Tensor knownB, Tensor? candidatesBB = null)
    {
        var sameBB = Triplets.Same(labelsB);
        var positivesBB = sameBB.LogicalAnd(knownB);
        return new Triplets(distancesBB, distancesBB, candidatesBB is null ? positivesBB : positivesBB.LogicalAnd(candidatesBB), sameBB.LogicalNot().LogicalAnd(knownB), options.Margin)
            .Loss(options.Mining);
    }

    static Tensor Mean(Tensor valuesB, Tensor countedB) => (valuesB * countedB).Sum() / countedB.Sum().Clamp(min: 1);

    static Tensor Sum(IEnumerable<Tensor> terms) => terms.Aggregate((sum, next) => sum + next);

    void Check(IReadOnlyList<Signals> teachers, IReadOnlyList<int> labels)
    {
        if (options.TeacherWeights is { } weights && (weights.Count != teachers.Count || weights.Any(weight => !(weight >= 0)) || weights.Sum() == 0))
        {
            throw new ArgumentException($"latent-triplets weighs {teachers.Count} teachers, {string.Join(", ", teachers.Select(teacher => teacher.Name))}: expected as many 'teacher-weights', "
                + $"each at least 0 and not all 0, got [{string.Join(", ", weights)}]");
        }

        foreach (var (i, teacher) in teachers.Index())
        {
            if (teacher.Classes is not { Count: > 0 } known || labels.Count == 0 || labels.Any(known.Contains)) continue;
            throw new ArgumentException($"latent-triplets: teacher {i + 1} of {teachers.Count}, {teacher.Name}, knows the classes [{string.Join(", ", known)}], and the student has no training image "
                + "of any of them: leave it out, or choose other classes");
        }
    }
}
