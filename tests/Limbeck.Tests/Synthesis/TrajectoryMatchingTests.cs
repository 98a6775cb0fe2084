using Limbeck.Synthesis;
using Limbeck.Synthesis.Unrolling;
using Limbeck.Torch;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;

namespace Limbeck.Tests.Synthesis;

[LeakFree]
public class TrajectoryMatchingTests
{
    [Fact]
    public void ADatmWindowGrowsToItsEnd()
    {
        using var data = new Stripes();
        using var experts = new Straight(1, 30);
        using var method = new Datm(new() { FirstStart = 1, EarlyStart = 10, LastStart = 20, GrowsUntil = 1000 }, data.Ingredients with { Experts = experts });
        Assert.Equal([10, 10, 15, 19, 20, 20], new[] { 0, 99, 500, 999, 1000, 100_000 }.Select(method.End));
    }

    [Theory]
    [InlineData(DType.Float64, 1, 1e-10)]
    [InlineData(DType.Float64, 2, 1e-10)]
    [InlineData(DType.Float64, 3, 1e-10)]
    [InlineData(DType.Float32, 1, 1e-6)]
    [InlineData(DType.Float32, 2, 1e-6)]
    [InlineData(DType.Float32, 3, 1e-6)]
    public void UnderAugmentationTheAdjointIsTheFullUnroll(DType dtype, int seed, double tolerance)
    {
        using var scope = new Scope();
        using var data = new Stripes();
        using var experts = new Straight(2, 30);
        using var teacher = Stripes.Teacher();
        teacher.To(Device.Cpu, dtype);
        using var real = Distillate.Start(data.Images, 2, InitialImages.Real, seed: 1);
        using var learned = new Distillate(real.Images.Value.To(dtype), real.Labels, real.Classes, real.Normalization);
        var from = data.Ingredients with { Experts = experts, Teacher = teacher };
        // In single precision the temperature's gradient is what is left of terms that cancel: both ways are 1e-5 of it off.
        var options = new Mtt.Options { Steps = 12, Batch = 4, TeacherWeight = 0.3, LearnTemperature = dtype == DType.Float64 };
        var (exact, found) = (Step(GradientMethod.FullUnroll), Step(GradientMethod.Adjoint));
        Assert.Equal(learned.Parts.Select(part => part.Name).Order(), found.Gradients.Keys.Order());
        var errors = exact.Gradients.ToDictionary(part => part.Key, part => (part.Value - found.Gradients[part.Key]).Norm().Item() / part.Value.Norm().Item());
        Assert.True(errors.Values.All(error => error <= tolerance), string.Join(", ", errors.Select(error => $"{error.Key} {error.Value:G3} of {exact.Gradients[error.Key].Norm().Item():G3}")));

        SynthesisStep Step(GradientMethod method)
        {
            using ISynthesis mtt = new Mtt(options with { Gradient = method }, from);
            using var random = new Generator(seed);
            mtt.Prepare(learned, random);
            return mtt.Step(learned, 0, random);
        }
    }

    [Fact]
    public void WhatAllStepsAtOnceNeedIsMeasuredAndRefused()
    {
        using var scope = new Scope();
        using var data = new Stripes();
        using var experts = new Straight(2, 30);
        using var learned = Distillate.Start(data.Images, 2, InitialImages.Real, seed: 1);
        var options = new Mtt.Options { Steps = 40, Memory = 1 };
        var refused = Assert.Throws<ArgumentException>(() => Step(options with { Gradient = GradientMethod.FullUnroll })).Message;
        Assert.Contains("the graphs of 40 steps at once take about", refused, StringComparison.Ordinal);
        Assert.Contains("may take 1: take gradient: adjoint", refused, StringComparison.Ordinal);
        var (none, some) = (Step(options), Step(options with { KeptGraphs = null }));
        Assert.All(none.Images.Zip(some.Images), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * none.Images.Max(Math.Abs)));
        Assert.InRange(some.Peak - none.Peak, 1 << 18, 1 << 20);   // As many as fit into 1 MiB, and no more.

        (float[] Images, long Peak) Step(Mtt.Options how)
        {
            using var inner = new Scope();
            using ISynthesis mtt = new Mtt(how, data.Ingredients with { Experts = experts });
            using var random = new Generator(1);
            mtt.Prepare(learned, random);
            mtt.Step(learned, 0, random);
            using var meter = new MemoryMeter();
            return (mtt.Step(learned, 1, random).Gradients["images"].ToArray<float>(), meter.Peak);
        }
    }

    [Fact]
    public void SoftLabelsBeginWithTheAnswersOfThoseWhoAreRight()
    {
        using var scope = new Scope();
        using var data = new Stripes();
        using var experts = new Straight(5, 3);
        using var learned = Distillate.Start(data.Images, 4, InitialImages.Real, seed: 1);
        using var method = new Datm(new() { EarlyStart = 1, LastStart = 2, ExpertEpochs = 1, LabelEpoch = 0 }, data.Ingredients with { Experts = experts });
        using (var random = new Generator(1)) ((ISynthesis)method).Prepare(learned, random);

        using var draws = new Generator(3);
        var answers = new List<float[]>();
        for (var expert = 0; expert < 5; expert++)
        {
            using var network = Stripes.Network(draws);
            answers.Add(network.Call(learned.Images).Detach().ToArray<float>());
        }

        var found = learned.LabelLogits!.Value.Detach().ToArray<float>();
        for (var image = 0; image < learned.Count; image++)
        {
            var rows = answers.Select(answer => answer[(image * 3)..((image * 3) + 3)]).ToList();
            var right = rows.Where(row => Array.IndexOf(row, row.Max()) == learned.Labels[image]).ToList();
            if (right.Count == 0) right = rows;
            for (var k = 0; k < 3; k++) Assert.Equal(right.Average(row => row[k]), found[(image * 3) + k], 1e-5);
        }
    }

    [Fact]
    public void WhatIsMissingIsSaidBeforeAnythingStarts()
    {
        using var data = new Stripes();
        using var experts = new Straight(2, 5);
        var known = data.Ingredients with { Experts = experts };
        Refused("trajectories of experts", () => Make(new Mtt.Options(), data.Ingredients));
        Refused("epoch 6, 7, 8, 9, 10, …: they were kept at 0 to 5", () => Make(new Mtt.Options(), known));
        Refused("there is no teacher", () => Make(new Mtt.Options { LastStart = 3, TeacherWeight = 0.5 }, known));
        Refused("same network", () => Make(new Mtt.Options { LastStart = 3 }, known with { MakeNetwork = _ => Stripes.Teacher() }));
        Refused("early-start is 9", () => Make(new Datm.Options { EarlyStart = 9, LastStart = 3 }, known));

        using var scope = new Scope();
        using var random = new Generator(1);
        using ISynthesis method = new Mtt(new() { LastStart = 3 }, known);
        using var wide = new Distillate(Tensor.Zeros([1, 1, 8, 9]), [0], 3, new([0], [1]));
        Refused("images are 1x8x9", () => method.Prepare(wide, random));
        using var fewer = new Distillate(Tensor.Zeros([1, 1, 8, 8]), [0], 2, new([0], [1]));
        Refused("images have 2 classes", () => method.Prepare(fewer, random));

        static void Make(object options, Ingredients from) => SynthesisCatalog.All.Single(entry => entry.Options == options.GetType()).Create(options, from).Dispose();
        static void Refused(string why, Action make) => Assert.Contains(why, Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);
    }
}
