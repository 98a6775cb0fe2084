using Limbeck.Data;
using Limbeck.Data.Distilled;
using Limbeck.Synthesis;
using Limbeck.Synthesis.Unrolling;
using Limbeck.Tests.Synthesis;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;
using Limbeck.Training;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Tests.Training.Synthesizing;

[LeakFree]
public class OrderedStepsTests
{
    [Theory]
    [InlineData(false, 0, 0)]
    [InlineData(true, 0, 0)]
    [InlineData(true, 0.4, 0)]
    [InlineData(false, 0, 0.5)]
    public void TheyLeadWhereTheImagesWereLearnedToLead(bool soft, double teacherWeight, double momentum)
    {
        using var scope = new Scope();
        using var data = new Stripes();
        using var real = new DataSplit(data.Images, null, data.Images);
        using var learned = Distillate.Start(data.Images, 2, InitialImages.Real, seed: 1);
        using var teacher = Stripes.Teacher();
        using var method = new Dd(new() { PerStep = 1, Passes = 3, StepSize = 0.2, Momentum = momentum }, data.Ingredients);
        using var random = new Generator(5);
        method.Prepare(learned, random);
        if (soft) learned.SoftenLabels(Tensor.Randn([6, 3], random), learned: false);
        learned.StepSizes!.Free.Assign(Tensor.Randn([6], random));
        learned.Momenta?.Free.Assign(Tensor.Randn([6], random));
        using var set = Pack(learned);
        using var network = Stripes.Network(random);
        var flat = new FlatParameters(network);
        var start = flat.Gather();

        IInnerLoss loss = teacherWeight > 0 ? new JointLoss(new(teacherWeight, 3), teacher) : new LabelLoss();
        var expected = new Unroll(flat, loss, new()).Run(start, UnrollInputs.Of(learned), method.StepsFor(learned), theta => theta.Sum());
        var options = new SetEvaluation.Options { TeacherWeight = teacherWeight, Temperature = 3 };
        var fit = SetEvaluation.Train(network, set, real, options, seed: 1, teacherWeight > 0 ? new Teacher(teacher) : null);
        Assert.InRange((flat.Gather() - expected.ThetaP).Norm().Item() / (expected.ThetaP - start).Norm().Item(), 0, 1e-5);
        Assert.Equal(expected.InnerLosses.Mean().Item(), fit.Epochs[^1].Loss, 1e-5);
        Assert.Equal((1, 1), (fit.Last.Epoch, SetEvaluation.EpochsOf(set, options)));
    }

    [Fact]
    public void AnOrdinaryTrainingIsAnotherOne()
    {
        using var scope = new Scope();
        using var data = new Stripes();
        using var real = new DataSplit(data.Images, null, data.Images);
        using var learned = Distillate.Start(data.Images, 2, InitialImages.Real, seed: 1);
        using var method = new Dd(new() { FixedSeed = 8 }, data.Ingredients);
        using var random = new Generator(5);
        method.Prepare(learned, random);
        using var set = Pack(learned);
        var usual = new SetEvaluation.Options { InOrder = false, Epochs = 7, Augmentation = null };
        using var network = Stripes.Network(random);
        Assert.Equal(7, SetEvaluation.Train(network, set, real, usual, seed: 1).Epochs.Count);
        Assert.Equal((8, 3), (SetEvaluation.WeightsOf(set, new(), 3), SetEvaluation.WeightsOf(set, usual, 3)));
        using var plain = new DistilledSet(set.Images, set.Labels, [], set.Card);
        Assert.Contains("a set by dd has none", Assert.Throws<FitException>(() => SetEvaluation.Train(network, plain, real, new() { InOrder = true }, seed: 1)).Message, StringComparison.Ordinal);
    }

    static DistilledSet Pack(Distillate learned)
    {
        using var scope = new Scope();
        return new DistilledSet(learned.Images.Value, learned.LabelLogits?.Value ?? learned.LabelsN(), learned.StepSizes!.Read(), new()
        {
            Method = "dd", Dataset = "stripes", ClassNames = ["rows", "columns", "neither"], Normalization = learned.Normalization, Network = "convnet", WeightsSeed = learned.WeightsSeed,
        }, Tensor.Stack([.. learned.Order!.Select(rows => Tensor.From<long>(rows))]), momenta: learned.Momenta?.Read());
    }
}
