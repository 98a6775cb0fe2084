using Limbeck.Data;
using Limbeck.Objectives;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;
using static Limbeck.Tests.Objectives.Reference.PlainRows;

namespace Limbeck.Tests.Objectives;

public class LatentTripletsTests
{
    static readonly long[] Labels = [0, 1, 2, 0, 1, 0, 2];
    static readonly int[] Some = [2, 0];

    [Theory]
    [InlineData(TripletMining.BatchAll)]
    [InlineData(TripletMining.BatchHard)]
    public void AgreesWithPlainLoops(TripletMining mining)
    {
        using var scope = new Scope();
        var (lesson, space) = Lesson(new LatentTriplets(new(Size: 3, CodeSize: 2, Margin: 0.7, Mining: mining, TeacherWeights: [0.5, 2])), 51);
        using var parts = space;
        var own = Through(parts, "student", Of(lesson.Student["pooled"])).Select(Direction).ToArray();
        var expected = 0.0;
        foreach (var (i, weight) in new[] { (0, 0.5), (1, 2.0) })
        {
            var taught = Through(parts, $"{i}.aligner", Through(parts, $"{i}.encoder", Of(lesson.Teachers[i]["pooled"]))).Select(Direction).ToArray();
            var terms = new List<double>();
            for (var a = 0; a < 7; a++)
            {
                var positives = Enumerable.Range(0, 7).Where(p => Labels[p] == Labels[a] && Knows(i, p)).Select(p => Square(own[a], taught[p])).ToList();
                var negatives = Enumerable.Range(0, 7).Where(n => Labels[n] != Labels[a] && Knows(i, n)).Select(n => Square(own[a], taught[n])).ToList();
                if (positives.Count == 0) continue;
                if (mining == TripletMining.BatchHard) terms.Add(positives.Max() - negatives.Min() + 0.7);
                else terms.AddRange(from positive in positives from negative in negatives select positive - negative + 0.7);
            }

            expected += weight * terms.Average(term => Math.Max(0, term));
        }

        Assert.Equal(expected, new LatentTriplets(new(Size: 3, CodeSize: 2, Margin: 0.7, Mining: mining, TeacherWeights: [0.5, 2])).Loss(lesson).Detach().Item(), 1e-10);
    }

    [Fact]
    public void PairsAgreeWithPlainLoops()
    {
        using var scope = new Scope();
        var objective = new LatentTriplets(new(Size: 3, CodeSize: 2, Compare: LatentTriplets.Comparison.Pairs));
        var (lesson, space) = Lesson(objective, 52);
        using var parts = space;
        var own = Through(parts, "student", Of(lesson.Student["pooled"])).Select(Direction).ToArray();
        var expected = 0.0;
        for (var i = 0; i < 2; i++)
        {
            var taught = Through(parts, $"{i}.aligner", Through(parts, $"{i}.encoder", Of(lesson.Teachers[i]["pooled"]))).Select(Direction).ToArray();
            expected += Enumerable.Range(0, 7).Where(a => Knows(i, a)).Average(a => Square(own[a], taught[a])) / 2;
        }

        Assert.Equal(expected, objective.Loss(lesson).Detach().Item(), 1e-10);
    }

    [Fact]
    public void AutoencodersLearnByReconstructionAndTriplets()
    {
        using var scope = new Scope();
        var objective = new LatentTriplets(new(Size: 3, CodeSize: 2, Margin: 0.7, CodeTriplets: 1.5));
        var (lesson, space) = Lesson(objective, 53);
        using var parts = space;
        var expected = 0.0;
        for (var i = 0; i < 2; i++)
        {
            var features = Of(lesson.Teachers[i]["pooled"]);
            var codes = Through(parts, $"{i}.encoder", features);
            var decoded = Through(parts, $"{i}.decoder", codes);
            var directions = codes.Select(Direction).ToArray();
            var known = Enumerable.Range(0, 7).Where(a => Knows(i, a)).ToList();
            var terms = from a in known
                        from p in known
                        where p != a && Labels[p] == Labels[a]
                        from n in known
                        where Labels[n] != Labels[a]
                        select Math.Max(0, Square(directions[a], directions[p]) - Square(directions[a], directions[n]) + 0.7);
            expected += known.Average(a => Square(features[a], decoded[a]) / features[a].Length) + (1.5 * terms.Average());
        }

        Assert.Equal(expected, objective.PretrainingLoss(lesson).Detach().Item(), 1e-10);
        AssertTrained(parts, objective.PretrainingLoss(lesson), name => name.Contains("coder", StringComparison.Ordinal));
        Assert.Equal(parts.NamedParameters().Where(named => named.Path.Contains("coder", StringComparison.Ordinal)).Select(named => named.Value).ToHashSet(), objective.PretrainedParameters(parts).ToHashSet());
    }

    [Theory]
    [InlineData(LatentTriplets.Comparison.Triplets)]
    [InlineData(LatentTriplets.Comparison.Pairs)]
    public void TripletsTrainTheAlignmentAndPairsDoNot(LatentTriplets.Comparison compare)
    {
        using var scope = new Scope();
        var objective = new LatentTriplets(new(Size: 3, CodeSize: 2, Compare: compare));
        var (lesson, space) = Lesson(objective, 54);
        using var parts = space;
        AssertTrained(parts, objective.Loss(lesson), name => name.StartsWith("student", StringComparison.Ordinal) || (compare == LatentTriplets.Comparison.Triplets && name.Contains("aligner", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(LatentTriplets.Comparison.Triplets)]
    [InlineData(LatentTriplets.Comparison.Pairs)]
    public void DifferencesConfirmBothOrders(LatentTriplets.Comparison compare)
    {
        using var scope = new Scope();
        var objective = new LatentTriplets(new(Size: 3, CodeSize: 2, Margin: 0.7, Compare: compare));
        var (lesson, space) = Lesson(objective, 55);
        using var parts = space;
        GradientCheck.First(Loss, lesson.Student["pooled"]);
        GradientCheck.Second(Loss, lesson.Student["pooled"]);

        Tensor Loss(Tensor[] at) => objective.Loss(new Lesson(Pooled(at[0]), default, lesson.Batch, parts) { Teachers = lesson.Teachers });
    }

    [Fact]
    public void WhereAllFallsOnOnePointEveryTripletCostsTheMargin()
    {
        using var scope = new Scope();
        var objective = new LatentTriplets(new(Size: 3, CodeSize: 2, Margin: 0.3));
        var (lesson, space) = Lesson(objective, 56);
        using var parts = space;
        foreach (var (name, parameter) in parts.NamedParameters())
        {
            if (name.EndsWith("2.weight", StringComparison.Ordinal)) parameter.Assign(parameter.Value.ZerosLike());
            if (name.EndsWith("2.bias", StringComparison.Ordinal)) parameter.Assign(parameter.Value.OnesLike());
        }

        Assert.Equal(0.3, objective.Loss(lesson).Detach().Item(), 1e-12);
    }

    [Fact]
    public void LearningDrawsTheClassesTogetherAndDoesNotCollapse()
    {
        using var scope = new Scope();
        var objective = new LatentTriplets(new(Size: 4, CodeSize: 3));
        var stream = new ReferenceStream(57);
        var centres = stream.Draw(2, 3, 5).IndexSelect(0, Tensor.From<long>(Labels));
        Signals[] teachers = [Pooled(centres + stream.Draw(0.3, 7, 5)), Pooled(-centres + stream.Draw(0.3, 7, 5)) with { Classes = Some }];
        var lesson = new Lesson(Pooled(centres.Narrow(1, 0, 3) + stream.Draw(0.3, 7, 3)), default, Labelled()) { Teachers = teachers };
        using var parts = (LatentMaps)Sample.Parts(objective, lesson.Student, teachers)!;
        lesson = new Lesson(lesson.Student, default, lesson.Batch, parts) { Teachers = teachers };
        Parameter[] all = [.. parts.Parameters().Except(objective.PretrainedParameters(parts))];
        var before = objective.Loss(lesson).Detach().Item();
        for (var step = 0; step < 300; step++)
        {
            using var inner = new Scope();
            var gradients = Grad.Of(objective.Loss(lesson), [.. all.Select(parameter => parameter.Value)]);
            foreach (var (parameter, gradient) in all.Zip(gradients)) parameter.Assign(parameter.Value.Detach() - (0.3 * gradient));
        }

        Assert.True(before > 0.1, $"{before}");
        Assert.InRange(objective.Loss(lesson).Detach().Item(), 0, 0.05);
        var (own, taught) = (Of(parts.OfStudent(lesson.Student["pooled"])), Of(parts.OfTeacher(0, teachers[0]["pooled"])));
        Assert.True(Square(own[0], taught[3]) + 0.15 < Square(own[0], taught[1]), "images of two classes are as near as those of one");
    }

    [Fact]
    public void ATeacherHasNoSayOnClassesThatItDoesNotKnow()
    {
        using var scope = new Scope();
        var objective = new LatentTriplets(new(Size: 3, CodeSize: 2));
        var (lesson, space) = Lesson(objective, 58);
        using var parts = space;
        var unknown = Tensor.From<double>([.. Labels.Select(label => label == 1 ? 1.0 : 0)], [7, 1]);
        var other = lesson.Teachers[1];
        Signals[] changed = [lesson.Teachers[0], Pooled(other["pooled"] + (3 * unknown)) with { Classes = Some }];
        var moved = new Lesson(lesson.Student, default, lesson.Batch, parts) { Teachers = changed };
        Assert.Equal(objective.Loss(lesson).Detach().Item(), objective.Loss(moved).Detach().Item(), 1e-12);
        Assert.Equal(objective.PretrainingLoss(lesson).Detach().Item(), objective.PretrainingLoss(moved).Detach().Item(), 1e-12);

        // A batch of a class that the only teacher does not know.
        var foreign = lesson.Batch with { Labels = Tensor.From<long>([1, 1, 1, 1, 1, 1, 1]) };
        using var alone = (LatentMaps)Sample.Parts(objective, lesson.Student, [other])!;
        Assert.Equal(0, objective.Loss(new Lesson(lesson.Student, default, foreign, alone) { Teachers = [other] }).Detach().Item());
    }

    [Fact]
    public void ImagesInTheSpaceHaveLengthOne()
    {
        using var scope = new Scope();
        var (lesson, space) = Lesson(new LatentTriplets(new(Size: 3, CodeSize: 2)), 59);
        using var parts = space;
        Tensor[] images = [parts.OfStudent(lesson.Student["pooled"]), parts.OfTeacher(0, lesson.Teachers[0]["pooled"]), parts.OfTeacher(1, lesson.Teachers[1]["pooled"]), parts.Code(1, lesson.Teachers[1]["pooled"])];
        Assert.Equal([3L, 3, 3, 2], images.Select(image => image.Size(1)));
        Assert.All(images.SelectMany(Of), row => Assert.Equal(1, Dot(row, row), 1e-12));
    }

    [Fact]
    public void SaysWhatDoesNotFit()
    {
        using var scope = new Scope();
        var (student, teacher) = (Pooled(Tensor.Zeros([2, 3], DType.Float64)), Pooled(Tensor.Zeros([2, 5], DType.Float64)));
        Assert.Contains("weighs 2 teachers", Refused(new(TeacherWeights: [1]), teacher, teacher));
        Assert.Contains("each at least 0 and not all 0, got [0, 0]", Refused(new(TeacherWeights: [0, 0]), teacher, teacher));
        Assert.Contains("teacher 2 of 2", Refused(new(), teacher, teacher with { Classes = [7, 8] }));

        string Refused(LatentTriplets.Options options, params Signals[] teachers) =>
            Assert.Throws<ArgumentException>(() => Sample.Parts(new LatentTriplets(options), student, teachers)).Message;
    }

    // A teacher of all classes with 5 features, one of two classes with 4, a student with 3.
    static (Lesson Lesson, LatentMaps Parts) Lesson(LatentTriplets objective, uint seed)
    {
        var stream = new ReferenceStream(seed);
        var student = Pooled(stream.Draw(2, 7, 3));
        Signals[] teachers = [Pooled(stream.Draw(2, 7, 5)), Pooled(stream.Draw(2, 7, 4)) with { Classes = Some }];
        var parts = (LatentMaps)Sample.Parts(objective, student, teachers)!;
        return (new Lesson(student, default, Labelled(), parts) { Teachers = teachers }, parts);
    }

    static Batch Labelled() => Sample.Labelled(7, 3) with { Labels = Tensor.From<long>(Labels) };

    // Its logits are read by nobody, but their number is that of the classes.
    static Signals Pooled(Tensor featuresBP) => Sample.Signals(Tensor.Zeros([featuresBP.Size(0), 4], DType.Float64), null, ("pooled", [featuresBP]));

    static bool Knows(int teacher, int sample) => teacher == 0 || Some.Contains((int)Labels[sample]);

    // Linear, ReLU, linear.
    static double[][] Through(LatentMaps parts, string name, double[][] rows)
    {
        var known = parts.State().ToDictionary(entry => entry.Key, entry => entry.Value);
        return Layer(2, [.. Layer(0, rows).Select(row => row.Select(x => Math.Max(0, x)).ToArray())]);

        double[][] Layer(int number, double[][] inputs)
        {
            var (weight, bias) = (Of(known[$"{name}.{number}.weight"]), known[$"{name}.{number}.bias"].Detach().ToArray<double>());
            return [.. inputs.Select(row => weight.Select((unit, o) => Dot(unit, row) + bias[o]).ToArray())];
        }
    }

    static void AssertTrained(LatentMaps parts, Tensor loss, Func<string, bool> expected)
    {
        var gradients = Grad.OfUsed([loss], [.. parts.Parameters().Select(parameter => parameter.Value)]);
        Assert.All(parts.NamedParameters().Zip(gradients), pair => Assert.Equal(expected(pair.First.Path), pair.Second is not null));
    }
}
