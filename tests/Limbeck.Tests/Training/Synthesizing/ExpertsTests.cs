using Limbeck.Synthesis;
using Limbeck.Tests.Data;
using Limbeck.Tests.Synthesis;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;
using Limbeck.Training;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Tests.Training.Synthesizing;

[LeakFree]
public class ExpertsTests
{
    static readonly ExpertOptions options = new() { Count = 3, Epochs = 4, Batch = 12, Optimizer = new SgdOptions { Lr = 0.05, Momentum = 0 } };

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.6, 0.6)]
    [InlineData(0, 0.6)]
    public void AStudentOnTheRealImagesGoesWhereItsExpertWent(double weightOfExpert, double weightOfStudent)
    {
        // The experts step once an epoch on all images: M epochs are N = M steps of a student that sees these very images.
        using var scope = new Scope();
        using var folder = new TempFolder();
        using var data = new Stripes();
        using var teacher = Stripes.Teacher();
        var given = data.Ingredients with { Teacher = teacher };
        using var experts = Experts.Train(new ExpertJob(given, options with { TeacherWeight = weightOfExpert }, folder.Path));
        using ISynthesis method = new Mtt(new() { Steps = 2, ExpertEpochs = 2, LastStart = 3, Augmentation = "none", StepSize = 0.05, TeacherWeight = weightOfStudent }, given with { Experts = experts });
        using var real = Distillate.Of(data.Images, Enumerable.Range(0, 12));
        using var random = new Generator(1);
        method.Prepare(real, random);
        for (var iteration = 0; iteration < 4; iteration++)
        {
            var loss = method.Step(real, iteration, random).Loss.Item();
            // With another loss than its expert's, a student cannot get there.
            if (weightOfExpert == weightOfStudent) Assert.InRange(loss, 0, 1e-8);
            else Assert.InRange(loss, 1e-4, 10);
        }
    }

    [Fact]
    public void ImagesLearnToLeadCloserAndAResumedRunToTheSameBits()
    {
        using var scope = new Scope();
        using var folder = new TempFolder();
        using var data = new Stripes();
        using var experts = Experts.Train(new ExpertJob(data.Ingredients, options, folder.Path));
        var synthesis = new SynthesisOptions { Iterations = 30, ImagesPerClass = 1, Initial = InitialImages.Noise, ImageOptimizer = new SgdOptions { Lr = 20, Momentum = 0.5 } };
        var inner = new Mtt.Options { Steps = 4, ExpertEpochs = 1, LastStart = 4, StepSize = 0.02, Batch = 2 };
        using var whole = Distillate.Start(data.Images, 1, InitialImages.Noise, seed: 2);
        using var method = new Mtt(inner, data.Ingredients with { Experts = experts });
        var result = Synthesizer.Run(new SynthesisJob(method, whole, synthesis));
        Assert.True(result.Losses.TakeLast(5).Average() < 0.9 * result.Losses.Take(5).Average(), string.Join(", ", result.Losses));

        var checkpoint = folder["checkpoint.safetensors"];
        using var stop = new CancellationTokenSource();
        using (var begun = Distillate.Start(data.Images, 1, InitialImages.Noise, seed: 2))
        {
            Assert.Throws<OperationCanceledException>(() => Synthesizer.Run(new SynthesisJob(method, begun, synthesis)
            {
                Checkpoint = checkpoint,
                WatchEvery = 11,
                Watch = (iteration, _) => { if (iteration == 11) stop.Cancel(); },
            }, stop.Token));
        }

        using var resumed = Distillate.Start(data.Images, 1, InitialImages.Noise, seed: 2);
        Assert.Equal(result.Losses, Synthesizer.Run(new SynthesisJob(method, resumed, synthesis) { Checkpoint = checkpoint }).Losses);
        Assert.All(whole.State().Zip(resumed.State()), pair => Assert.True(pair.First.Value.SameAs(pair.Second.Value), pair.First.Key));
    }

    [Fact]
    public void OnesThatAreThereAreNotTrainedAgainAndOthersComeOutTheSame()
    {
        using var scope = new Scope();
        using var folder = new TempFolder();
        using var data = new Stripes();
        var job = new ExpertJob(data.Ingredients, options with { Batch = 5, FirstKept = 1 }, folder.Path)
        {
            Key = "k",
            Augment = (images, random) => { var shift = Tensor.Randn([images, 1, 1, 1], random); return imagesBCHW => imagesBCHW + shift; },
        };
        float[][] first;
        using (var experts = Experts.Train(job))
        {
            Assert.Equal([1, 2, 3, 4], experts.Epochs);
            Assert.Equal("convnet-d2-w4", experts.Network);
            first = [.. Enumerable.Range(0, 3).Select(expert => experts.Snapshot(expert, 4).ToArray<float>())];
        }

        Assert.NotEqual(first[0], first[1]);
        File.Delete(ExpertFolder.PathOf(folder.Path, 1));
        var told = new List<ExpertEpochDone>();
        using var again = Experts.Train(job with { Tell = happened => told.Add((ExpertEpochDone)happened) });
        Assert.Equal([(2, 1), (2, 2), (2, 3), (2, 4)], told.Select(done => (done.Expert, done.Epoch)));
        Assert.True(told[^1].Loss < told[0].Loss);
        for (var expert = 0; expert < 3; expert++) Assert.Equal(first[expert], again.Snapshot(expert, 4).ToArray<float>());
        Assert.Throws<ArgumentOutOfRangeException>(() => again.Snapshot(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => again.Snapshot(3, 4));
    }

    [Fact]
    public void SideBySideTheyAreTheSame()
    {
        using var scope = new Scope();
        using var oneFolder = new TempFolder();
        using var allFolder = new TempFolder();
        using var data = new Stripes();
        using var one = Experts.Train(new ExpertJob(data.Ingredients, options, oneFolder.Path));
        using var all = Experts.Train(new ExpertJob(data.Ingredients, options, allFolder.Path) { AtOnce = 3 });
        for (var expert = 0; expert < 3; expert++) Assert.True(one.Snapshot(expert, 4).SameAs(all.Snapshot(expert, 4)));

        using var thirdFolder = new TempFolder();
        var diverging = options with { Optimizer = new SgdOptions { Lr = 1000, Momentum = 0.9 }, Epochs = 60 };
        Assert.Contains("smaller learning rate", Assert.Throws<DivergedException>(() => Experts.Train(new ExpertJob(data.Ingredients, diverging, thirdFolder.Path) { AtOnce = 2 })).Message, StringComparison.Ordinal);
        Assert.Empty(thirdFolder.Files());
    }

    [Fact]
    public void FilesThatDoNotFitAreNamed()
    {
        using var scope = new Scope();
        using var folder = new TempFolder();
        using var data = new Stripes();
        var job = new ExpertJob(data.Ingredients, options with { Count = 2 }, folder.Path) { Key = "k" };
        Experts.Train(job).Dispose();
        var second = ExpertFolder.PathOf(folder.Path, 1);
        var whole = File.ReadAllBytes(second);

        Refused("other settings", job with { Key = "other" });
        File.WriteAllBytes(second, whole[..^100]);
        Refused("expert-0002", job);
        File.WriteAllBytes(second, [.. whole[..^4], 0, 0, 0xC0, 0x7F]);
        using (var broken = new ExpertFolder(folder.Path, 2, "k"))
            Assert.Contains("NaN", Assert.Throws<FitException>(() => { foreach (var epoch in broken.Epochs) broken.Snapshot(1, epoch); }).Message, StringComparison.Ordinal);
        File.Delete(second);
        Refused("it was kept at epochs 0 to 3", job with { Options = options with { Count = 2, Epochs = 3 } });
        Assert.Contains("train it first", Assert.Throws<FitException>(() => new ExpertFolder(folder.Path, 3)).Message, StringComparison.Ordinal);

        static void Refused(string why, ExpertJob job) => Assert.Contains(why, Assert.Throws<FitException>(() => Experts.Train(job)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFlatMinimumsGradientIsGsams()
    {
        using var scope = new Scope();
        // ½ (θ₁² + 9 θ₂²): g = (1, 9) at (1, 1), of length √82.
        var curvature = Tensor.From<double>([1, 9]);
        var found = FlatMinimum.Slope(theta => curvature * theta, Tensor.From<double>([1, 1]), radius: 0.5, balance: 0.3).ToArray<double>();
        double[] here = [1, 9], up = [1 + (0.5 / Math.Sqrt(82)), 9 * (1 + (4.5 / Math.Sqrt(82)))];
        var along = ((here[0] * up[0]) + (here[1] * up[1])) / ((up[0] * up[0]) + (up[1] * up[1]));
        for (var k = 0; k < 2; k++) Assert.Equal(up[k] - (0.3 * (here[k] - (along * up[k]))), found[k], 1e-10);
    }

    [Fact]
    public void FlatExpertsAreOthers()
    {
        using var scope = new Scope();
        using var plainFolder = new TempFolder();
        using var flatFolder = new TempFolder();
        using var data = new Stripes();
        using var plain = Experts.Train(new ExpertJob(data.Ingredients, options with { Count = 1 }, plainFolder.Path));
        using var flat = Experts.Train(new ExpertJob(data.Ingredients, options with { Count = 1, FlatRadius = 0.01 }, flatFolder.Path));
        Assert.True(plain.Snapshot(0, 0).SameAs(flat.Snapshot(0, 0)));
        var apart = (plain.Snapshot(0, 4) - flat.Snapshot(0, 4)).Norm().Item() / (plain.Snapshot(0, 4) - plain.Snapshot(0, 0)).Norm().Item();
        Assert.InRange(apart, 1e-4, 0.5);
    }
}
