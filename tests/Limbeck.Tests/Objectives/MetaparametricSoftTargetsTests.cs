using Limbeck.Objectives;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Objectives;

public class MetaparametricSoftTargetsTests
{
    // The reference's "hinton" weighs the divergence by λ, this the labels.
    [Theory]
    [InlineData("gorpinich", false)]
    [InlineData("hinton", true)]
    public void AgreesWithReferenceValues(string form, bool scaled)
    {
        using var scope = new Scope();
        var known = ReferenceCase.Of("metaparameters");
        var (lambda, temperature) = (known.Constant("lambda"), known.Constant("T"));
        var options = new MetaparametricSoftTargets.Options(scaled ? 1 - lambda : lambda, temperature, Scaled: scaled);
        using var parts = Parts(options, out _);
        var labels = Sample.Labelled(6, 3) with { Labels = Tensor.From<long>([.. Enumerable.Range(0, 6).Select(i => ((2L * i) + 1) % 3)]) };
        foreach (var (parameter, exact) in parts.Parameters().Zip([options.Labels, temperature])) parameter.Assign(Tensor.Full([1], exact, DType.Float64));
        known.Check($"{form}_train_loss", inputs =>
            new MetaparametricSoftTargets(options).Loss(new Lesson(new Signals(inputs["X"].Matmul(inputs["w"])), new Signals(inputs["F"]), labels, parts)));
    }

    [Fact]
    public void IsTheSumOfBothAtFixedShares()
    {
        using var scope = new Scope();
        var (student, teacher) = Sample.Logits(71, 6, 4, 5);
        using var parts = Parts(new(0.25, 4), out var objective);
        var lesson = new Lesson(new Signals(student), new Signals(teacher), Sample.Labelled(4, 5), parts);
        var expected = (0.25 * new CrossEntropy().Loss(lesson).Item()) + (0.75 * new SoftTargets(new()).Loss(lesson).Item());
        Assert.Equal(expected, objective.Loss(lesson).Detach().Item(), 1e-12);
        Assert.Equal([(0.0, 1.0), (0.1, 10.0)], objective.Metaparameters(parts).Select(meta => (meta.Lowest, meta.Highest)));
        Assert.Empty(new MetaparametricSoftTargets(new(Learned: false)).Metaparameters(parts));
        Assert.Equal(new Dictionary<string, double> { ["labels"] = 0.25, ["temperature"] = 4 }, objective.Readings(parts));
    }

    [Fact]
    public void DifferencesConfirmBothOrdersInLogitsAndMetaparameters()
    {
        using var scope = new Scope();
        var (student, teacher) = Sample.Logits(72, 3, 3, 4);
        using var parts = Parts(new(0.3, 2), out var objective);
        var numbers = new FlatParameters(parts);
        Torch.Tests.GradientCheck.First(Loss, student, numbers.Gather());
        Torch.Tests.GradientCheck.Second(Loss, student, numbers.Gather());

        Tensor Loss(Tensor[] at) => numbers.With(at[1], () => objective.Loss(new Lesson(new Signals(at[0]), new Signals(teacher), Sample.Labelled(3, 4), parts)));
    }

    [Fact]
    public void NothingTrainsThemWhereTheyAreFixed()
    {
        using var scope = new Scope();
        using var parts = Parts(new(Learned: false), out _);
        Assert.DoesNotContain(parts.Parameters(), parameter => parameter.Trainable);
    }

    [Fact]
    public void ADrawnStartIsInsideOfTheBounds()
    {
        using var scope = new Scope();
        using var random = new Generator(1);
        var any = new Signals(Tensor.Zeros([2, 3]));
        var objective = new MetaparametricSoftTargets(new(Drawn: true));
        var starts = Enumerable.Range(0, 200).Select(_ =>
        {
            using var parts = objective.MakeParts(new Setting(any, any, 2, random));
            return objective.Readings(parts);
        }).ToList();
        Assert.All(starts, start => Assert.InRange(start["temperature"], 0.1, 10));
        Assert.Equal(0.5, starts.Average(start => start["labels"]), 0.08);
        Assert.Equal(0, starts.Average(start => Math.Log10(start["temperature"])), 0.15);
    }

    static Module Parts(MetaparametricSoftTargets.Options options, out MetaparametricSoftTargets objective)
    {
        using var scope = new Scope();
        var any = new Signals(Tensor.Zeros([2, 3], DType.Float64));
        objective = new(options);
        return Sample.Parts(objective, any, any)!;
    }
}
