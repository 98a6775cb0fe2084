using Limbeck.Objectives;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Objectives;

public class CommitteeTests
{
    // The labels of Sample.Labelled are 1, 4, 2, 0, 3 and again.
    const int Batch = 5, Classes = 5;

    [Fact]
    public void CountsThoseWhoKnowTheLabel()
    {
        using var scope = new Scope();
        var (_, teachers, committee) = Make(PlainCommittee.Partial);
        Assert.Equal(3, teachers.Count);
        Assert.Equal([0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0], committee.CountsBM.ToArray<double>());
    }

    [Fact]
    public void WeightsAddUpToOneWhereSomebodyKnowsTheLabel()
    {
        using var scope = new Scope();
        var (_, _, committee) = Make(PlainCommittee.Partial);
        var scores = new ReferenceStream(3).Draw(4, Batch, 3);
        foreach (var weights in new[] { committee.Shares(), committee.Shares(scores), committee.Complement(committee.Shares(scores)) })
        {
            Assert.Equal([1, 1, 1, 1, 0], weights.Sum(1).ToArray<double>().Select(sum => Math.Round(sum, 12)));
            Assert.Equal(0, (weights * (1 - committee.CountsBM)).Abs().Max().Item());
        }
    }

    [Fact]
    public void TheOnlyOneHasAllTheWeight()
    {
        using var scope = new Scope();
        var (_, _, committee) = Make(PlainCommittee.Partial);
        Assert.Equal([0, 1, 0], committee.Complement(committee.Shares(new ReferenceStream(3).Draw(4, Batch, 3))).ToArray<double>()[..3]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void PartsOfOneDistributionGiveItBack(bool byLogits)
    {
        using var scope = new Scope();
        var truth = new ReferenceStream(5).Draw(3, Batch, Classes);
        var shift = new ReferenceStream(6).Draw(10, 4, Batch, 1);
        var teachers = PlainCommittee.Mixed.Select((known, m) => known is null
            ? new Signals(truth + shift.Select(0, m))
            : new Signals(truth.IndexSelect(1, Tensor.From<long>([.. known.Select(one => (long)one)])) + shift.Select(0, m)) { Classes = known }).ToList();
        var committee = Committee.Of(PlainCommittee.Lesson(truth, teachers));
        var weights = committee.LogShares(new ReferenceStream(7).Draw(3, Batch, 4));
        var opinion = byLogits ? committee.MixedLogits(weights, 2) : committee.MixedProbabilities(weights, 2);
        Assert.True(opinion.SupportBC.All());
        Assert.True(opinion.LogProbabilities(opinion.ScoresBC).AllClose((truth / 2).LogSoftmax(1), rtol: 0, atol: 1e-12));
        Assert.Equal(0, opinion.Divergence(truth, 2).Item(), 1e-12);
    }

    [Fact]
    public void NobodySpeaksOfASampleThatNobodyKnows()
    {
        using var scope = new Scope();
        var (student, _, committee) = Make(PlainCommittee.Partial);
        foreach (var opinion in new[] { committee.MixedLogits(committee.LogShares(), 4), committee.MixedProbabilities(committee.LogShares(), 4) })
        {
            Assert.Equal([0, 0, 0, 0, 0], opinion.SupportBC.Select(0, 4).To(DType.Float64).ToArray<double>());
            student.RequiresGrad = true;
            var gradient = Grad.Of(opinion.Divergence(student, 4), [student])[0];
            Assert.True(gradient.IsFinite().All());
            Assert.Equal(0, gradient.Select(0, 4).Abs().Max().Item());
            Assert.True(gradient.Select(0, 3).Abs().Max().Item() > 0);
        }
    }

    [Fact]
    public void EqualTeachersOfAllClassesAreSoftTargets()
    {
        using var scope = new Scope();
        var (student, teacher) = Sample.Logits(4, 9, Batch, Classes);
        var (expected, slope) = Sample.Evaluate(new SoftTargets(new(3)), student, teacher);
        foreach (var count in new[] { 1, 3 })
        {
            foreach (var objective in new IObjective[]
                     {
                         new AveragedTeachers(new(3)), new AveragedTeachers(new(3, AveragedTeachers.Averaging.Logits)), new AveragedTeachers(new(3, AveragedTeachers.Averaging.Losses)),
                         new RandomTeacher(new(3)), new Ebkd(new(3)), new CaMkd(new(3, FeatureWeight: 0)), new Aekd(new(3)),
                     })
            {
                using var random = new Generator(1);
                var leaf = student.Detach().Clone();
                leaf.RequiresGrad = true;
                var loss = objective.Loss(PlainCommittee.Lesson(leaf, [.. Enumerable.Repeat(new Signals(teacher), count)], random));
                Assert.Equal(expected, loss.Detach().Item(), 1e-12);
                Assert.All(slope.Zip(Grad.Of(loss, [leaf])[0].ToArray<double>()), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
            }
        }
    }

    // Where class groups are disjoint nobody has a say beside the one who knows: weights by sample have nothing to weigh.
    [Fact]
    public void TeachersOfDisjointClassesLeaveNothingToWeigh()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(8);
        var student = stream.Draw(3, Batch, Classes);
        var teachers = PlainCommittee.Draw(stream, 3, Batch, Classes, [[0, 1], [2], [3, 4]]);
        using var random = new Generator(1);
        double[] losses =
        [
            .. new IObjective[] { new AveragedTeachers(new()), new AveragedTeachers(new(Average: AveragedTeachers.Averaging.Losses)), new RandomTeacher(new()), new Ebkd(new()), new CaMkd(new(FeatureWeight: 0)) }
                .Select(objective => objective.Loss(PlainCommittee.Lesson(student, teachers, random)).Item()),
        ];
        Assert.True(losses[0] > 0.1);
        Assert.All(losses, loss => Assert.Equal(losses[0], loss, 1e-12));
    }

    [Fact]
    public void RefusesWhatNoWeightCouldMend()
    {
        using var scope = new Scope();
        Assert.Contains("no training image of any of them", Refusal([[0, 1], [3, 4]], labels: [0, 1, 2]), StringComparison.Ordinal);
        Assert.Contains("teacher 2 of 2, a network, knows the classes 3, 4", Refusal([[0, 1], [3, 4]], labels: [0, 1, 2]), StringComparison.Ordinal);
        Assert.Contains("needs at least 2, and got 1", Refusal([null], fewest: 2), StringComparison.Ordinal);
        Assert.Equal("", Refusal([null, [0, 4], [1]], labels: [0, 1, 2]));

        static string Refusal(IReadOnlyList<int[]?> known, IReadOnlyList<int>? labels = null, int fewest = 1)
        {
            using var random = new Generator(1);
            var teachers = known.Select(some => new Signals(Tensor.Zeros([2, some?.Length ?? Classes])) { Classes = some }).ToList();
            var setting = new Setting(new Signals(Tensor.Zeros([2, Classes])), default, 10, random) { Teachers = teachers, Labels = labels ?? [] };
            try
            {
                Committee.Check("ebkd", setting, fewest);
                return "";
            }
            catch (ArgumentException refused)
            {
                return refused.Message;
            }
        }
    }

    static (Tensor Student, IReadOnlyList<Signals> Teachers, Committee Committee) Make(IReadOnlyList<int[]?> known)
    {
        var stream = new ReferenceStream(1);
        var student = stream.Draw(3, Batch, Classes);
        var teachers = PlainCommittee.Draw(stream, 3, Batch, Classes, known);
        return (student, teachers, Committee.Of(PlainCommittee.Lesson(student, teachers)));
    }
}
