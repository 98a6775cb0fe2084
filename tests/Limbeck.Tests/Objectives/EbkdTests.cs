using Limbeck.Objectives;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;

namespace Limbeck.Tests.Objectives;

public class EbkdTests
{
    [Fact]
    public void AgreesWithPlainLoops()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(2);
        var student = stream.Draw(4, 7, 5);
        foreach (var known in new[] { PlainCommittee.Mixed, PlainCommittee.Partial, [null, null, null] })
        {
            var teachers = PlainCommittee.Draw(stream, 6, 7, 5, known);
            var plain = new PlainCommittee(student, teachers);
            Assert.Equal(plain.Loss(3, Weights), new Ebkd(new(3)).Loss(PlainCommittee.Lesson(student, teachers)).Item(), 1e-10);

            double[] Weights(int b)
            {
                var entropies = plain.Counted(b).Select(m => plain.Probabilities(b, m, plain.Common(b)).Values.Sum(p => -p * Math.Log(p))).ToArray();
                return entropies.Sum() == 0 ? plain.Equal(b) : PlainCommittee.Complement([.. entropies.Select(entropy => entropy / entropies.Sum())]);
            }
        }
    }

    [Fact]
    public void TheSurerCountsMoreAndEqualOnesCountEqually()
    {
        using var scope = new Scope();
        var sure = Tensor.From<double>([0, 8, 0, 0], [1, 4]);
        var unsure = Tensor.From<double>([0, 1, 0, 0], [1, 4]);
        var weights = Weights(sure, unsure, sure);
        Assert.Equal(1, weights.Sum(), 1e-12);
        Assert.Equal(weights[0], weights[2], 1e-12);
        Assert.True(weights[0] > 0.45 && weights[1] < 0.05);

        // Certain beyond the precision: their entropies are 0 and cannot be compared.
        Assert.Equal([0.5, 0.5], Weights(1e6 * sure, 1e6 * unsure));
    }

    // A teacher of two classes is not the surer one because two are easier to tell apart.
    [Fact]
    public void SuretyIsComparedOnCommonClasses()
    {
        using var scope = new Scope();
        var logits = new ReferenceStream(3).Draw(2, 1, 4);
        var partial = new Signals(logits.Narrow(1, 0, 2)) { Classes = [0, 1] };
        var weights = Ebkd.Weights(Committee.Of(PlainCommittee.Lesson(logits, [new Signals(logits), partial]))).ToArray<double>();
        Assert.Equal(0.5, weights[0], 1e-12);
    }

    [Fact]
    public void DifferencesConfirmBothOrders()
    {
        using var scope = new Scope();
        var stream = new ReferenceStream(5);
        var student = stream.Draw(2, 5, 5);
        var teachers = PlainCommittee.Draw(stream, 3, 5, 5, PlainCommittee.Partial);
        GradientCheck.First(at => new Ebkd(new()).Loss(PlainCommittee.Lesson(at[0], teachers)), student);
        GradientCheck.Second(at => new Ebkd(new()).Loss(PlainCommittee.Lesson(at[0], teachers)), student);
    }

    static double[] Weights(params Tensor[] logitsBC) => Ebkd.Weights(Committee.Of(PlainCommittee.Lesson(logitsBC[0], [.. logitsBC.Select(one => new Signals(one))]))).ToArray<double>();
}
