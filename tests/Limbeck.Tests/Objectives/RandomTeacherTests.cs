using Limbeck.Objectives;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;

namespace Limbeck.Tests.Objectives;

public class RandomTeacherTests
{
    [Fact]
    public void ABatchHasOneTeacherAndAllHaveTheirTurn()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(2);
        var student = stream.Draw(4, 6, 5);
        var teachers = PlainCommittee.Draw(stream, 6, 6, 5, [null, null, null]);
        var alone = teachers.Select(teacher => Sample.Evaluate(new SoftTargets(new(4)), student, teacher.Logits).Loss).ToArray();
        using var random = new Generator(1);
        var turns = Enumerable.Range(0, 300).Select(_ => Loss(student, teachers, random)).GroupBy(loss => Array.FindIndex(alone, known => Math.Abs(known - loss) < 1e-10)).ToList();
        Assert.Equal([0, 1, 2], turns.Select(turn => turn.Key).Order());
        Assert.All(turns, turn => Assert.InRange(turn.Count(), 70, 130)); // 100 ± 3.7 standard deviations
    }

    // Whoever comes first in the drawn order and knows the label.
    [Fact]
    public void WhoKnowsTheLabelStandsInForWhoDoesNot()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(3);
        var student = stream.Draw(4, 7, 5);
        var teachers = PlainCommittee.Draw(stream, 6, 7, 5, PlainCommittee.Mixed);
        var plain = new PlainCommittee(student, teachers);
        var possible = Orders([0, 1, 2, 3]).Select(order => plain.Loss(4, b => [.. plain.Counted(b).Select(m => m == order.First(plain.Counted(b).Contains) ? 1.0 : 0)])).ToList();
        using var random = new Generator(1);
        var found = Enumerable.Range(0, 200).Select(_ => Loss(student, teachers, random)).ToList();
        Assert.All(found, loss => Assert.Contains(possible, known => Math.Abs(known - loss) < 1e-10));
        Assert.All(possible, known => Assert.Contains(found, loss => Math.Abs(known - loss) < 1e-10));

        static IEnumerable<int[]> Orders(int[] rest) => rest.Length == 0 ? [[]] : rest.SelectMany(first => Orders([.. rest.Where(other => other != first)]).Select(others => (int[])[first, .. others]));
    }

    [Fact]
    public void TheSameSeedDrawsTheSameTeacher()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(4);
        var student = stream.Draw(4, 6, 5);
        var teachers = PlainCommittee.Draw(stream, 6, 6, 5, [null, null, null]);
        Assert.Equal(Draws(), Draws());

        double[] Draws()
        {
            using var random = new Generator(9);
            return [.. Enumerable.Range(0, 10).Select(_ => Loss(student, teachers, random))];
        }
    }

    [Fact]
    public void DifferencesConfirmBothOrders()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(5);
        var student = stream.Draw(2, 5, 5);
        var teachers = PlainCommittee.Draw(stream, 3, 5, 5, PlainCommittee.Partial);
        GradientCheck.First(Drawn, student);
        GradientCheck.Second(Drawn, student);

        Tensor Drawn(Tensor[] at)
        {
            using var random = new Generator(2);
            return new RandomTeacher(new()).Loss(PlainCommittee.Lesson(at[0], teachers, random));
        }
    }

    static double Loss(Tensor student, IReadOnlyList<Signals> teachers, Generator random) => new RandomTeacher(new()).Loss(PlainCommittee.Lesson(student, teachers, random)).Item();
}
