using Limbeck.Synthesis;
using Limbeck.Synthesis.Matching;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Tests.Synthesis.Matching;

[LeakFree]
public class CafeTests
{
    [Fact]
    public void AWindowKnowsHowFarItsLastAccuraciesAreApart()
    {
        using var window = new AccuracyWindow(3);
        window.Add(0.9);
        window.Add(0.2);
        Assert.Null(window.Spread);
        window.Add(0.3);
        Assert.Equal(0.7, window.Spread!.Value, 12);
        window.Add(0.25);
        Assert.Equal((0.1, 4), (Math.Round(window.Spread!.Value, 12), window.Count));
        window.Clear();
        Assert.Equal((0, null), (window.Count, window.Spread));
    }

    // Accuracy is read when all else of an iteration is drawn: the same images, whatever made the network new.
    [Fact]
    public void ANetworkAtRestIsDrawnAnew()
    {
        using var scope = new Scope();
        using var data = new Stripes();
        var resting = Run(data, new(RealBatch: 4, Window: 2, Rest: 1, Move: 1, Epochs: 2));
        Assert.True(resting.SameAs(Run(data, new(RealBatch: 4, Rest: 0, Move: 1, Matches: 2, Epochs: 2))));
        Assert.False(resting.SameAs(Run(data, new(RealBatch: 4, Rest: 0, Move: 1, Matches: 3, Epochs: 2))));
    }

    [Fact]
    public void ItLearnsUntilItsAccuracyMovesOrTheLimitIsThere()
    {
        using var scope = new Scope();
        using var data = new Stripes();
        Assert.Equal(7, Updates(new(RealBatch: 4, Move: 1, Epochs: 7)));
        Assert.Equal(7, Updates(new(RealBatch: 4, Move: 0.999, Epochs: 7, Rate: 1e-9)));
        Assert.InRange(Updates(new(RealBatch: 4, Window: 2, Move: 0, Epochs: 60, Rate: 0.5)), 2, 30);

        long Updates(Cafe.Options options)
        {
            using var learned = Distillate.Start(data.Images, 1, InitialImages.Real, seed: 1);
            using var method = new Cafe(options, data.Ingredients);
            using var random = new Generator(2);
            method.Prepare(learned, random);
            method.Step(learned, 0, random);
            method.Step(learned, 1, random);
            return (long)method.State.First(entry => entry.Key == "updates").Value.Item();
        }
    }

    static Tensor Run(Stripes data, Cafe.Options options)
    {
        using var learned = Distillate.Start(data.Images, 1, InitialImages.Real, seed: 1);
        using var method = new Cafe(options, data.Ingredients);
        Synthesizer.Run(new SynthesisJob(method, learned, new() { Iterations = 6, ImageOptimizer = new SgdOptions { Lr = 0.1 } }));
        return learned.Images.Value.Detach().Clone();
    }
}
