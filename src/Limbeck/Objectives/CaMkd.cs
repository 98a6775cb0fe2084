using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>
/// Σ_m w_m T² KL(softmax(t_m/T) || softmax(s/T)) + β Σ_m v_m mean (r_m(s) − t_m)², mean over the batch. w_m = (1 − softmax over teachers of −log p_m(label)) / (M − 1): the better a
/// teacher knows the label, the more it counts. The second sum compares last maps, the student's behind a connector r_m; v_m is like w_m, of the answers that the teacher's own
/// last layer gives to r_m(s). Zhang, Chen and Wang 2022, section 3.
/// </summary>
/// <remarks>
/// The authors' code divides both sums by M once more: its weights of 1 and 50 beside cross-entropy are a weight of 1/M of this loss. It leaves the second sum out in the first epoch, and
/// lets gradients pass through v, so that a student can lower its loss by the choice of teachers; here v is a number. Of n teachers that know a sample's label M is n, the only one has weight
/// 1, and −log p is taken among the classes that all n know.
/// </remarks>
public sealed class CaMkd(CaMkd.Options options) : IObjective
{
    /// <param name="Temperature">Softens the compared outputs, not the weights' softmax; in [0.01, 100]. Default 4: the authors' code.</param>
    /// <param name="FeatureWeight">β, in [0, 1e6]; 0: outputs only, for teachers whose last layer reads no mean of maps. Default 50: the authors' code.</param>
    /// <param name="StudentTap">Where the student's maps are read. Default: the end of the last stage.</param>
    /// <param name="TeacherTap">The maps that each teacher's last layer reads the mean of; channels and size are free. Default: the last stage's.</param>
    public sealed record Options([property: Range(0.01, 100)] double Temperature = 4, [property: Range(0, 1e6)] double FeatureWeight = 50, string? StudentTap = null, string? TeacherTap = null);

    /// <inheritdoc/>
    public bool TeachesTogether => true;

    /// <inheritdoc/>
    public IReadOnlyList<string> StudentTaps => options.FeatureWeight == 0 ? [] : options.StudentTap is { } tap ? [tap] : MapPair.Stages;

    /// <inheritdoc/>
    public IReadOnlyList<string> TeacherTaps => options.FeatureWeight == 0 ? [] : options.TeacherTap is { } tap ? [tap] : MapPair.Stages;

    /// <inheritdoc/>
    public Module? MakeParts(in Setting setting)
    {
        Committee.Check("ca-mkd", setting, fewest: 2);
        if (options.FeatureWeight == 0) return null;
        var (student, random) = (setting.Student, setting.Random);
        foreach (var teacher in setting.Teachers) Classifier.MapsReadBy("ca-mkd with a feature-weight", teacher, TeacherTaps);
        return new PartList<Sequential>(setting.Teachers.Select(teacher => Connector(Pair(student, teacher), random)));
    }

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson)
    {
        // B batch, M teachers, C classes
        var committee = Committee.Of(lesson);
        var answers = Committee.Mean(committee.Divergences(lesson.Student.Logits, options.Temperature), Weights(committee, committee.LogitsBMC));
        if (options.FeatureWeight == 0) return answers;

        var (student, connectors) = (lesson.Student, lesson.Parts<PartList<Sequential>>());
        var pairs = committee.Teachers.Select((teacher, m) => Connected(Pair(student, teacher).AtCommonSize(), connectors[m])).ToList();
        var distancesBM = Tensor.Stack([.. pairs.Select(pair => (pair.Student - pair.Teacher).Square().Mean([1, 2, 3]))], 1);
        var headsBMC = committee.Spread([.. pairs.Select((pair, m) => Answer(committee.Teachers[m], pair.Student.Detach()))]);
        return answers + (options.FeatureWeight * Committee.Mean(distancesBM, Weights(committee, headsBMC)));
    }

    internal static Tensor Weights(Committee committee, Tensor logitsBMC) => committee.Complement(committee.Shares(committee.Surprises(logitsBMC)));

    static MapPair Connected(MapPair pair, Module connector) => pair with { Student = connector.Call(pair.Student) };

    static Tensor Answer(Signals teacher, Tensor mapsBCHW)
    {
        var head = Classifier.Of(teacher);
        return Functional.Linear(mapsBCHW.Mean([2, 3]), head.Weight.Value.Detach(), head.Bias?.Value.Detach());
    }

    static Sequential Connector(MapPair pair, Generator random) =>
        new(new Conv2d(pair.Student.Size(1), pair.Teacher.Size(1), 1, random), new BatchNorm2d(pair.Teacher.Size(1)), new Relu());

    MapPair Pair(Signals student, Signals teacher) => MapPair.Of(student, StudentTaps, teacher, TeacherTaps)[^1];
}
