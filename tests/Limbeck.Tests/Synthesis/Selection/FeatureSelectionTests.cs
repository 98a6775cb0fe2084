using Limbeck.Models;
using Limbeck.Synthesis;
using Limbeck.Synthesis.Selection;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Tests.Synthesis.Selection;

[LeakFree]
public class FeatureSelectionTests
{
    [Theory]
    [InlineData("herding", "pooled")]
    [InlineData("k-centre", "pooled")]
    [InlineData("herding", "stage1")]
    public void TakesTheImagesThatItsRuleChooses(string kind, string place)
    {
        using var scope = new Scope();
        using var data = new Stripes();
        using var random = new Generator(4);
        using var teacher = data.Ingredients.MakeNetwork(random);
        teacher.Train(false);
        Func<Tensor, int, int[]> rule = kind == "herding" ? ClassSelection.Herding : ClassSelection.KCentre;
        var chosen = ClassSelection.PerClass(rule, Features.Of(teacher, data.Images, place), data.Images.Labels, data.Images.Classes, 3);
        using var expected = Distillate.Of(data.Images, chosen);

        using var learned = Distillate.Start(data.Images, 3, InitialImages.Noise, seed: 1);
        using var method = SynthesisCatalog.Find(kind).Create(new FeatureSelection.Options(place), data.Ingredients with { Teacher = teacher });
        Synthesizer.Run(new SynthesisJob(method, learned, new() { Iterations = 0 }));
        Assert.True(learned.Images.Value.SameAs(expected.Images.Value));
        Assert.Equal(expected.Labels, learned.Labels);
    }

    [Fact]
    public void RefusesToChooseWithoutANetwork()
    {
        using var data = new Stripes();
        Assert.Contains("needs a trained network: name one with 'from'", Assert.Throws<ArgumentException>(() => SynthesisCatalog.Find("herding").CreateDefault(data.Ingredients)).Message);
    }

    [Fact]
    public void RefusesClassesOfDifferentSizes()
    {
        using var scope = new Scope();
        using var data = new Stripes();
        using var random = new Generator(4);
        using var teacher = data.Ingredients.MakeNetwork(random);
        // Stripes' labels go round: two images of class 0, one of each other.
        using var learned = Distillate.Of(data.Images, [0, 1, 2, 3]);
        using var method = new FeatureSelection(new(), data.Ingredients with { Teacher = teacher }, ClassSelection.Herding);
        Assert.Contains("as many images of every class", Assert.Throws<ArgumentException>(() => method.Prepare(learned, random)).Message);
    }
}
