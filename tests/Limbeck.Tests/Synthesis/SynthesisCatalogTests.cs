using System.ComponentModel.DataAnnotations;
using Limbeck.Synthesis;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;

namespace Limbeck.Tests.Synthesis;

/// <summary>What every method keeps to.</summary>
[LeakFree]
public class SynthesisCatalogTests
{
    // Those that only choose images have no gradient.
    public static TheoryData<string> Kinds => [.. SynthesisCatalog.All.Where(entry => entry.Usual.Iterations > 0).Select(entry => entry.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AStepIsAFunctionOfImagesAndDraws(string kind)
    {
        using var scope = new Scope();
        using var data = new Stripes();
        using var experts = new Straight(2, 60);
        var entry = SynthesisCatalog.Find(kind);
        using var learned = Distillate.Start(data.Images, 2, InitialImages.Real, seed: 1);
        var (first, again) = (Step(), Step());
        Assert.True(double.IsFinite(first.Loss.Item()));
        Assert.Equal(0, first.Loss.Dim);
        Assert.True(first.Loss.SameAs(again.Loss));
        Assert.NotEqual(0, first.Gradients[learned.Images.Trainable ? "images" : learned.Own.Keys.First()].Norm().Item());
        Assert.Equal(first.Gradients.Keys.Order(), learned.Parts.Where(part => part.Value.Trainable).Select(part => part.Name).Order());
        foreach (var (part, gradient) in first.Gradients)
        {
            Assert.Equal(learned.Parts.First(own => own.Name == part).Value.Value.Shape, gradient.Shape);
            Assert.False(gradient.RequiresGrad);
            Assert.True(gradient.SameAs(again.Gradients[part]), part);
        }

        SynthesisStep Step()
        {
            using var method = entry.CreateDefault(data.Ingredients with { Experts = experts });
            using (var random = new Generator(1)) method.Prepare(learned, random);
            using var draws = new Generator(2);
            return method.Step(learned, 0, draws);
        }
    }

    [Fact]
    public void EveryEntryIsComplete()
    {
        Assert.Equal(SynthesisCatalog.All.Count, SynthesisCatalog.All.Select(entry => entry.Kind).Distinct().Count());
        foreach (var entry in SynthesisCatalog.All)
        {
            Assert.NotEmpty(entry.Summary);
            Assert.NotEmpty(entry.Source);
            Validator.ValidateObject(entry.Usual, new(entry.Usual), validateAllProperties: true);
        }

        Assert.Contains("There are: ", Assert.Throws<KeyNotFoundException>(() => SynthesisCatalog.Find("alchemy")).Message, StringComparison.Ordinal);
    }
}
