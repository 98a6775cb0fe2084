using Limbeck.Data;
using Limbeck.Data.Distilled;
using Limbeck.Models;
using Limbeck.Synthesis.Augmentations;
using Limbeck.Tests.Data.Distilled;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;
using Limbeck.Training;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Tests.Training.Synthesizing;

public class SetEvaluationTests
{
    const string Model = "mlp";
    static readonly SetEvaluation.Options Short = new() { Networks = 2, Epochs = 40, Lr = 0.1, Batch = 256, Augmentation = null };

    [Fact]
    public void ASetThatTeachesIsWorthMoreThanOneWithWrongLabels()
    {
        using var real = SyntheticSet.Real(validation: 40);
        using var set = SyntheticSet.Of(real, perClass: 10);
        using var wrong = new DistilledSet(set.Images, Tensor.From<long>([.. set.Classes().Select(label => (label + 1L) % 4)]), [], set.Card);
        var (right, misled) = (Run(set, real), Run(wrong, real));
        Assert.Equal([1, 2], right.Select(score => score.Seed));
        Assert.All(right.Zip(misled), pair => Assert.True(pair.First.Test!.Accuracy > 0.5 && pair.Second.Test!.Accuracy < 0.25, $"{pair.First.Test!.Accuracy} and {pair.Second.Test!.Accuracy}"));
        Assert.All(right, score => Assert.True(score.Validation!.Accuracy > 0.5));
        Assert.Equal(right.Select(score => score.Test!.Loss), Run(set, real).Select(score => score.Test!.Loss));
    }

    // PyTorch's SGD, written out: rate to a tenth behind half of the epochs, momentum kept, decay on everything.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ATrainingIsTheFormula(bool soft)
    {
        const int Epochs = 5;
        using var scope = new Scope();
        using var real = SyntheticSet.Real();
        using var random = new Generator(3);
        using var hard = SyntheticSet.Of(real, perClass: 2, steps: [0.05]);
        using var set = soft ? new DistilledSet(hard.Images, Tensor.Randn([8, 4], random), [0.05], hard.Card) : SyntheticSet.Of(real, perClass: 2, steps: [0.05]);
        using var network = Zoo.Create(Model, 4, set.Shape, seed: 9);
        using var plain = Zoo.Create(Model, 4, set.Shape, seed: 9);
        SetEvaluation.Train(network, set, real, new() { Epochs = Epochs, Augmentation = null }, seed: 1);

        var weights = plain.Parameters().ToArray();
        var moving = weights.Select(weight => weight.Value.ZerosLike()).ToArray();
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            var logBC = plain.Call(set.Images).LogSoftmax(1);
            var targetBC = soft ? set.Labels.Softmax(1) : set.Labels.OneHot(4).To(DType.Float32);
            var gradients = Grad.Of(-(targetBC * logBC).Sum(1).Mean(), [.. weights.Select(weight => weight.Value)]);
            using var off = Grad.Off();
            for (var i = 0; i < weights.Length; i++)
            {
                moving[i] = (moving[i] * 0.9) + gradients[i] + (weights[i].Value * 5e-4);
                weights[i].Assign(weights[i].Value - (moving[i] * (epoch < 3 ? 0.05 : 0.005)));
            }
        }

        foreach (var (expected, got) in plain.Parameters().Zip(network.Parameters())) Assert.True(expected.Value.AllClose(got.Value, rtol: 1e-4, atol: 1e-6));
    }

    [Fact]
    public void ATeacherAloneReplacesTheLabels()
    {
        using var scope = new Scope();
        using var real = SyntheticSet.Real();
        using var set = SyntheticSet.Of(real, perClass: 5);
        using var turned = new DistilledSet(set.Images, Tensor.From<long>([.. set.Classes().Select(label => 3L - label)]), [], set.Card);
        using var network = Zoo.Create(Model, 4, set.Shape, seed: 2);
        Fit.Train(network, real, new() { Epochs = 3, Batch = 16, Optimizer = new Torch.Optim.SgdOptions { Lr = 0.05 } });
        var options = Short with { TeacherWeight = 1, Temperature = 2, Networks = 1 };
        var (one, other) = (Run(set, real, options, new Teacher(network)), Run(turned, real, options, new Teacher(network)));
        Assert.Equal(one[0].Test!.Loss, other[0].Test!.Loss);
        Assert.Contains("there is no teacher", Assert.Throws<FitException>(() => Run(set, real, options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StepsAreWholePassesAndTheRateIsTheSetsOwn()
    {
        Assert.Equal([4, 10, 1000], [new SetEvaluation.Options { Steps = 10, Batch = 4 }.EpochsOf(10), new SetEvaluation.Options { Steps = 10 }.EpochsOf(256), new SetEvaluation.Options().EpochsOf(7)]);
        using var real = SyntheticSet.Real();
        Assert.Equal(0.03, Rate([0.02, 0.04], null), 12);
        Assert.Equal(0.01, Rate([], null), 12);
        Assert.Equal(0.2, Rate([0.02], 0.2), 12);

        double Rate(double[] steps, double? asked)
        {
            var rates = new List<double>();
            using var set = SyntheticSet.Of(real, perClass: 1, steps);
            SetEvaluation.Run(set, real, Model, new() { Networks = 1, Epochs = 1, Lr = asked }, tell: happened => rates.AddRange(happened is EpochDone done ? [done.LearningRate] : []));
            return Assert.Single(rates);
        }
    }

    // The first step of one network, with the draw of its seed and step: by hand.
    [Fact]
    public void EachBatchIsAugmentedByADrawOfItsSeedAndStep()
    {
        using var scope = new Scope();
        using var real = SyntheticSet.Real();
        using var set = SyntheticSet.Of(real, perClass: 2, steps: [0.05]);
        using var network = Zoo.Create(Model, 4, set.Shape, seed: 9);
        using var plain = Zoo.Create(Model, 4, set.Shape, seed: 9);
        using var other = Zoo.Create(Model, 4, set.Shape, seed: 9);
        var augmentation = new DifferentiableAugmentation.Options("crop_scale_rotate");
        SetEvaluation.Train(network, set, real, new() { Epochs = 1, Augmentation = augmentation }, seed: 6);
        SetEvaluation.Train(other, set, real, new() { Epochs = 1, Augmentation = null }, seed: 6);

        var order = Shuffle.Order(set.Count, 6, 0);
        var shown = set.Images.IndexSelect(0, Tensor.From<long>([.. order.Select(image => (long)image)]));
        var labels = set.Labels.IndexSelect(0, Tensor.From<long>([.. order.Select(image => (long)image)]));
        using var source = new Generator(Shuffle.Source(6, 0, 0).NextInt64());
        var changed = new DifferentiableAugmentation(augmentation).Draw(set.Shape, source, set.Count).Apply(shown);
        var weights = plain.Parameters().ToArray();
        var loss = -plain.Call(changed).LogSoftmax(1).Gather(1, labels.Unsqueeze(1)).Mean();
        var gradients = Grad.Of(loss, [.. weights.Select(weight => weight.Value)]);
        var (got, without) = (network.Parameters().ToArray(), other.Parameters().ToArray());
        for (var i = 0; i < weights.Length; i++)
        {
            using var off = Grad.Off();
            var expected = weights[i].Value - ((gradients[i] + (weights[i].Value * 5e-4)) * 0.05);
            Assert.True(expected.AllClose(got[i].Value, rtol: 1e-4, atol: 1e-6));
            Assert.False(expected.AllClose(without[i].Value, rtol: 1e-4, atol: 1e-6));
        }
    }

    [Fact]
    public void TheControlHasTheSameClassesAndRealImages()
    {
        using var scope = new Scope();
        using var real = SyntheticSet.Real();
        using var set = SyntheticSet.Of(real, perClass: 3, steps: [0.5]);
        using var control = RandomImages.Like(set, real.Train, seed: 5);
        Assert.Equal(set.Classes().Order(), control.Classes());
        Assert.Equal(("random", 0L, 5, null), (control.Card.Method, control.Card.Iterations, control.Card.Seed, control.StepSize));
        var all = real.Train.Render(0, real.Train.Count).Images.Flatten(1);
        Assert.All(Enumerable.Range(0, 12), image => Assert.Equal(0, (all - control.Images.Flatten(1).Narrow(0, image, 1)).Square().Sum(1).Min().Item()));
        using var again = RandomImages.Like(set, real.Train, seed: 5);
        Assert.True(again.Images.SameAs(control.Images));
        using var large = SyntheticSet.Of(real, perClass: 40);
        var few = real.Train.TakePerClass(2, seed: 1);
        Assert.Contains("needs 40 real images of class pattern 0", Assert.Throws<FitException>(() => RandomImages.Like(large, few, seed: 1)).Message, StringComparison.Ordinal);
    }

    // A batch norm that is asked in training mode would answer otherwise.
    [Fact]
    public void TheControlOfSoftLabelsIsLabelledByTheTeacher()
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        using var real = SyntheticSet.Real();
        using var hard = SyntheticSet.Of(real, perClass: 2);
        using var set = new DistilledSet(hard.Images, hard.Labels.OneHot(4).To(DType.Float32) * 3, [], hard.Card);
        using var teacher = Zoo.Create("plain-cnn-2", 4, set.Shape, seed: 2);
        using var control = RandomImages.Like(set, real.Train, seed: 5, teacher);
        Assert.True(teacher.Training);
        teacher.Train(false);
        Assert.True(control.Labels.AllClose(teacher.Call(control.Images), rtol: 1e-5, atol: 1e-6));
        using var plain = RandomImages.Like(hard, real.Train, seed: 5, teacher);
        Assert.False(plain.HasSoftLabels);
        Assert.True(plain.Images.SameAs(control.Images));
        Assert.Equal([true, false, true, true], [RandomImages.CanBeLike(hard, new(), null), RandomImages.CanBeLike(set, new(), null), RandomImages.CanBeLike(set, new(), teacher), RandomImages.CanBeLike(set, new() { HardLabels = true }, null)]);
    }

    [Fact]
    public void WhatDoesNotFitIsRefusedBeforeTraining()
    {
        using var scope = new Scope();
        using var real = SyntheticSet.Real();
        using var set = SyntheticSet.Of(real, perClass: 1);
        Refuses("normalised with means 0.4", set.Card with { Normalization = new([0.4], [0.25]) }, set.Images);
        Refuses("classes a, b, c, d, and", set.Card with { ClassNames = ["a", "b", "c", "d"] }, set.Images);
        Refuses("images of 1x8x8", set.Card, Tensor.Zeros([4, 1, 8, 8]));

        void Refuses(string why, DistilledCard card, Tensor images)
        {
            using var wrong = new DistilledSet(images, set.Labels, [], card);
            Assert.Contains(why, Assert.Throws<FitException>(() => Run(wrong, real)).Message, StringComparison.Ordinal);
        }
    }

    static IReadOnlyList<SetScore> Run(DistilledSet set, DataSplit real, SetEvaluation.Options? options = null, Teacher? teacher = null) =>
        SetEvaluation.Run(set, real, Model, options ?? Short, seed: 1, teacher);
}
