using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>
/// Several teachers before one batch, each of whom may know only some of the student's classes. A sample is taught by those who know its label: they count, with weights
/// that add up to 1. The others have weight 0, and a sample whose label nobody knows adds 0 to the mean over the batch.
/// </summary>
/// <remarks>
/// A teacher of the classes K says p(c | c ∈ K), and that is all it is asked: it is compared with the student's softmax over K. Who is the surer of two teachers is asked on
/// the classes that all who count know, of which the label is always one: two classes are easier to tell apart than ten. One teacher who knows all classes, and any number of
/// equal ones, give <see cref="SoftTargets"/>.
/// </remarks>
sealed class Committee
{
    // An infinity that stays a number: its exponential is 0, and what is made of it and masked afterwards has a gradient of 0 where that of −∞ would be NaN.
    internal const double LeastLogit = -1e30;

    // B batch, M teachers, C classes of the student
    readonly Tensor least, knownMC, countedBM, commonBC, labelsB;

    Committee(IReadOnlyList<Signals> teachers, Tensor studentBC, Tensor labelsB)
    {
        this.labelsB = labelsB;
        var (device, dtype, classes) = (studentBC.Device, studentBC.DType, studentBC.Size(1));
        least = Tensor.Full([1], LeastLogit, dtype, device);
        knownMC = Tensor.From<bool>([.. teachers.SelectMany(teacher => Knows(teacher, classes))], [teachers.Count, classes]).To(device);
        countedBM = knownMC.Transpose(0, 1).IndexSelect(0, labelsB);
        CountsBM = countedBM.To(dtype);
        var unknownToBC = CountsBM.Matmul(1 - knownMC.To(dtype));
        commonBC = unknownToBC.Eq(0);
        LogitsBMC = Spread([.. teachers.Select(teacher => teacher.Known)], teachers);
        Teachers = teachers;
    }

    internal IReadOnlyList<Signals> Teachers { get; }

    /// <summary>B×M: 1 where the teacher knows the sample's label, 0 elsewhere.</summary>
    internal Tensor CountsBM { get; }

    /// <summary>B×M×C: each teacher's logits at the student's classes, next to minus infinity where it knows none.</summary>
    internal Tensor LogitsBMC { get; }

    /// <summary>The teachers of a lesson.</summary>
    internal static Committee Of(in Lesson lesson) => new(lesson.Teachers is { Count: > 0 } some ? some : [Present(lesson.Teacher)], lesson.Student.Logits, lesson.Batch.Labels);

    /// <summary>Finds before training what no weight could mend. That classes and logits fit each other is seen to before.</summary>
    /// <param name="objective">Who asks, in errors.</param>
    /// <param name="setting">Its teachers, and the labels that will be taught.</param>
    /// <param name="fewest">Teachers that it needs.</param>
    /// <exception cref="ArgumentException">There are too few, or one knows no class that the student has images of.</exception>
    internal static void Check(string objective, in Setting setting, int fewest = 1)
    {
        var teachers = setting.Teachers is { Count: > 0 } some ? some : [Present(setting.Teacher)];
        if (teachers.Count < fewest)
            throw new ArgumentException($"{objective} weighs teachers against one another: it needs at least {fewest}, and got {teachers.Count}, {teachers[0].Name}. Name several in 'from', or take soft-targets");
        var taught = setting.Labels.ToHashSet();
        foreach (var (k, teacher) in teachers.Index())
        {
            if (taught.Count == 0 || teacher.Classes is not { } known || known.Any(taught.Contains)) continue;
            throw new ArgumentException($"{objective}: teacher {k + 1} of {teachers.Count}, {teacher.Name}, knows the classes {string.Join(", ", known)}, and the student has no training image of any of them: leave it out, or choose other classes");
        }
    }

    /// <summary>B×M×C: answers to the classes that each teacher knows, at the places of the student's classes.</summary>
    /// <param name="answersBK">One for each teacher, B×K.</param>
    internal Tensor Spread(IReadOnlyList<Tensor> answersBK) => Spread(answersBK, Teachers);

    /// <summary>Logarithms of weights, B×M: log softmax of the scores over the teachers that count; next to minus infinity for the others.</summary>
    /// <param name="scoresBM">The larger, the more weight. None: the same for all.</param>
    internal Tensor LogShares(Tensor? scoresBM = null) => countedBM.Where(countedBM.Where(scoresBM ?? CountsBM.ZerosLike(), least).LogSoftmax(1), least);

    /// <summary>Weights, B×M: softmax of the scores over the teachers that count, 0 for the others.</summary>
    /// <inheritdoc cref="LogShares"/>
    internal Tensor Shares(Tensor? scoresBM = null) => LogShares(scoresBM).Exp();

    /// <summary>Weights that are the greater the smaller a share is: (1 − share) / (n − 1), for n teachers that count; 1 for the only one.</summary>
    internal Tensor Complement(Tensor sharesBM)
    {
        var countB1 = CountsBM.Sum(1, keepDim: true);
        return CountsBM * (countB1 > 1).Where((1 - sharesBM) / (countB1 - 1).Clamp(min: 1), CountsBM);
    }

    /// <summary>B×M: T² KL(softmax(t/T) || softmax(s/T)) from each teacher to the student, both over the classes that the teacher knows.</summary>
    internal Tensor Divergences(Tensor studentBC, double temperature) => temperature * temperature *
        Divergence.KullbackLeiblerTerms(LogProbabilities(LogitsBMC, temperature), LogProbabilities(studentBC.Unsqueeze(1), temperature)).Sum(2);

    /// <summary>B×M×C: log softmax over the classes that each teacher knows; next to minus infinity elsewhere.</summary>
    /// <param name="logitsBMC">Of the teachers; or B×1×C, of the student.</param>
    /// <param name="temperature">T.</param>
    internal Tensor LogProbabilities(Tensor logitsBMC, double temperature) => knownMC.Where(logitsBMC / temperature, least).LogSoftmax(2);

    /// <summary>B×M×C: log softmax over the classes that all teachers know who count for the sample; next to minus infinity elsewhere. What teachers are compared by.</summary>
    internal Tensor OnCommonGround(Tensor logitsBMC) => commonBC.Unsqueeze(1).Where(logitsBMC, least).LogSoftmax(2);

    /// <summary>B×M: −log p(label) of each teacher, among the classes that all know who count.</summary>
    internal Tensor Surprises(Tensor logitsBMC) => -OnCommonGround(logitsBMC).Gather(2, labelsB.Reshape(-1, 1, 1).Expand(-1, Teachers.Count, 1)).Squeeze(2);

    /// <summary>What the committee says as one, by its members' probabilities: q_c ∝ Σ_m w_m r_m(c) / Σ_m w_m, both over those of the counted who know c.</summary>
    /// <remarks>
    /// r_m is p_m brought to the common scale: divided by its sum over the classes that all know who count. So members that each say a part of one distribution give that one
    /// back, whatever their weights; members who know all classes give Σ w_m p_m.
    /// </remarks>
    /// <param name="logSharesBM">log w.</param>
    /// <param name="temperature">T, by which logits are divided.</param>
    internal Opinion MixedProbabilities(Tensor logSharesBM, double temperature)
    {
        var (saysBMC, ratiosBMC) = OnOneScale(temperature);
        var weightsBMC = saysBMC.Where(logSharesBM.Unsqueeze(2), least);
        return new(saysBMC.Where(weightsBMC + ratiosBMC, least).LogSumExp(1) - weightsBMC.LogSumExp(1), Supported(saysBMC));
    }

    /// <summary>Likewise by their logits: log q_c = Σ_m w_m log r_m(c) / Σ_m w_m + constant. Members who know all classes give softmax(Σ w_m t_m / T).</summary>
    /// <inheritdoc cref="MixedProbabilities"/>
    internal Opinion MixedLogits(Tensor logSharesBM, double temperature)
    {
        var (saysBMC, ratiosBMC) = OnOneScale(temperature);
        var weightsBMC = logSharesBM.Exp().Unsqueeze(2) * saysBMC;
        var supportedBC = Supported(saysBMC);
        var totalBC = supportedBC.Where(weightsBMC.Sum(1), CountsBM.OnesLike().Narrow(1, 0, 1));
        return new((weightsBMC * saysBMC.Where(ratiosBMC, least.ZerosLike())).Sum(1) / totalBC, supportedBC);
    }

    /// <summary>Σ_m w_m L_m, mean over the batch.</summary>
    internal static Tensor Mean(Tensor lossesBM, Tensor weightsBM) => (weightsBM * lossesBM).Sum(1).Mean();

    // Where a teacher that counts knows a class, and log r there.
    (Tensor SaysBMC, Tensor RatiosBMC) OnOneScale(double temperature)
    {
        var softBMC = LogitsBMC / temperature;
        var commonBM1 = commonBC.Unsqueeze(1).Where(softBMC, least).LogSumExp(2, keepDim: true);
        return (countedBM.Unsqueeze(2).LogicalAnd(knownMC), softBMC - commonBM1);
    }

    Tensor Supported(Tensor saysBMC) => saysBMC.To(CountsBM.DType).Sum(1) > 0;

    Tensor Spread(IReadOnlyList<Tensor> answersBK, IReadOnlyList<Signals> teachers) => knownMC.Where(Tensor.Stack([.. answersBK.Select((answerBK, m) => AtItsClasses(answerBK, teachers[m].Classes))], 1), least);

    // Classes that it does not know get its first answer, for the mask to cover.
    Tensor AtItsClasses(Tensor answerBK, IReadOnlyList<int>? known)
    {
        if (known is null) return answerBK;
        var columns = new long[knownMC.Size(1)];
        foreach (var (column, one) in known.Index()) columns[one] = column;
        return answerBK.IndexSelect(1, Tensor.From<long>(columns).To(answerBK.Device));
    }

    static IEnumerable<bool> Knows(Signals teacher, long classes) => Enumerable.Range(0, (int)classes).Select(one => teacher.Classes?.Contains(one) ?? true);

    // Says what is missing where there is no teacher.
    static Signals Present(Signals teacher)
    {
        _ = teacher.Known;
        return teacher;
    }
}
