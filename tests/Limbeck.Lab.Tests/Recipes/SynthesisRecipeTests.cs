using Limbeck.Lab.Recipes;
using Limbeck.Synthesis;
using Limbeck.Synthesis.Matching;
using Limbeck.Synthesis.Selection;
using Limbeck.Torch.Optim;

namespace Limbeck.Lab.Tests.Recipes;

public sealed class SynthesisRecipeTests : IDisposable
{
    // SYNTHESIS is to be replaced.
    const string Two = """
        name: two
        data: { name: synthetic, validation: 100 }
        defaults: { epochs: 4, images-per-class: 3, evaluate: { networks: 2 } }
        stages:
          teacher: { train: lenet }
          images: { synthesize: mlp, SYNTHESIS }
        seeds: [1, 2]
        """;

    readonly RecipeFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Is_a_method_and_what_is_set_over_its_usual_way()
    {
        var stages = folder.Read(Two.With("SYNTHESIS", "method: { kind: dm, real-batch: 4 }, iterations: 7, image-optimizer: { kind: adam, lr: 0.5 }, choose: { every: 3 }")).Stages;
        var images = stages["images"];
        Assert.Equal(("mlp", true), (images.Model, images.IsSynthesis));
        Assert.Equal(new MethodRecipe("dm", new Dm.Options(RealBatch: 4)), images.Method);
        var usual = SynthesisCatalog.Find("dm").Usual;
        Assert.Equal(usual with { ImagesPerClass = 3, Iterations = 7, ImageOptimizer = new AdamOptions { Lr = 0.5 }, Seed = 5 }, images.LearningOf(5));
        Assert.Equal((3, 2), (images.Choose!.Every, images.Choose.Networks));
        Assert.Equal((2, 1000), (images.Evaluate!.Networks, images.Evaluate.Epochs));
        Assert.Null(stages["teacher"].ImagesPerClass);
        Assert.Equal(4, stages["teacher"].Epochs);
    }

    [Fact]
    public void A_choice_of_real_images_has_no_iterations()
    {
        var stages = folder.Read(Two.With("SYNTHESIS", "method: { kind: random, soft-labels: true }, from: teacher").Replace("defaults: {", "defaults: { iterations: 7,", StringComparison.Ordinal)).Stages;
        Assert.Equal(new MethodRecipe("random", new RandomSelection.Options(SoftLabels: true)), stages["images"].Method);
        Assert.Equal(0, stages["images"].LearningOf(5).Iterations);
    }

    [Theory]
    [InlineData("method: random, images-per-class: 3", true, true)]
    [InlineData("method: random, iterations: 0", true, true)]
    [InlineData("method: random, evaluate: { networks: 2, epochs: 5 }", false, true)]
    [InlineData("method: random, evaluate: { networks: 2, across: null, beside: null, whole: teacher }", true, true)]
    [InlineData("method: random, evaluate: { networks: 2, across: [lenet] }", false, true)]
    [InlineData("method: random, evaluate: { networks: 2, beside: [random] }", false, true)]
    [InlineData("method: random, images-per-class: 4", false, false)]
    [InlineData("method: { kind: random, soft-labels: true }, from: teacher", false, false)]
    [InlineData("method: random, clamp: true", false, false)]
    public void Images_are_known_by_what_makes_them_and_the_stage_by_its_evaluation_too(string synthesis, bool same, bool sameImages)
    {
        var (plain, other) = (Plan("method: random"), Plan(synthesis));
        Assert.Equal((same, sameImages), (plain.Key == other.Key, plain.ImagesKey == other.ImagesKey));
        Assert.NotEqual(plain.Key, plain.ImagesKey);
    }

    [Fact]
    public void What_chooses_images_makes_them()
    {
        var (one, other) = (Plan("method: random, choose: { every: 5 }, evaluate: { epochs: 3 }"), Plan("method: random, choose: { every: 5 }, evaluate: { epochs: 4 }"));
        Assert.NotEqual(one.ImagesKey, other.ImagesKey);
        Assert.Equal(one.ImagesKey, Plan("method: random, choose: { every: 5 }, evaluate: { epochs: 3, across: [lenet], beside: [random] }").ImagesKey);
        Assert.NotEqual(one.ImagesKey, Plan("method: random, choose: { every: 6 }, evaluate: { epochs: 3 }").ImagesKey);
    }

    [Theory]
    [InlineData("method: mtt", true)]
    [InlineData("method: { kind: datm, steps: 5 }", true)]
    [InlineData("method: { datm: { steps: 5 } }", true)]
    [InlineData("method: dm", false)]
    [InlineData("method: { kind: dm, real-batch: 64 }", false)]
    public void Experts_that_all_stages_share_are_trained_for_those_that_match_them(string method, bool matched)
    {
        var shared = Two.With("SYNTHESIS", method).With("images-per-class: 3", "images-per-class: 3, experts: { count: 2 }, expert-augmentation: { strategy: none }");
        var images = folder.Read(shared).Stages["images"];
        Assert.Equal((matched, matched), (images.Experts is not null, images.ExpertAugmentation is not null));
    }

    [Fact]
    public void Is_written_as_it_is_read()
    {
        var recipe = folder.Read(Two.With("SYNTHESIS", "method: random, threads: 2, step-size-optimizer: { kind: sgd, lr: 0.3 }, choose: { networks: 1 }"));
        var written = RecipeFile.Write(recipe);
        Assert.Equal(StagePlan.Of(recipe).Select(stage => (stage.Key, stage.ImagesKey)), StagePlan.Of(folder.Read(written)).Select(stage => (stage.Key, stage.ImagesKey)));
        Assert.Contains("threads: 2", written, StringComparison.Ordinal);
        Assert.Equal(1, written.Split("batch: 128").Length - 1);
    }

    [Theory]
    [InlineData("images-per-class: 2", "images synthesizes without 'method'")]
    [InlineData("method: rendom", "no kind of method is called 'rendom'")]
    [InlineData("method: { kind: random, soft: true }", "unknown key 'soft' in random")]
    [InlineData("method: random, images-per-class: 0", "images-per-class")]
    [InlineData("method: random, epochs: 3", "'epochs' in a stage that synthesizes images")]
    [InlineData("method: random, objectives: [cross-entropy]", "'objectives' in a stage that synthesizes images")]
    [InlineData("method: dm, experts: { count: 2 }", "'experts' with a method that matches no experts: dm")]
    [InlineData("method: random, train: mlp", "images both synthesizes and has 'train'")]
    [InlineData("method: random, from: [teacher, other] }\n  other: { train: lenet", "images has 2 teachers")]
    [InlineData("method: random, from: images", "images needs itself")]
    [InlineData("method: random, evaluate: { networks: 0 }", "networks")]
    [InlineData("method: random, evaluate: { across: [lenets] }", "no model is called 'lenets'")]
    [InlineData("method: random, evaluate: { beside: [rendom] }", "rendom")]
    [InlineData("method: random, evaluate: { beside: [unaugmented], augmentation: null }", "leave one of them out")]
    [InlineData("method: random, evaluate: { whole: images }", "trains no network on real images without a teacher")]
    [InlineData("method: random, evaluate: { whole: none }", "no stage is called 'none'")]
    [InlineData("method: random, choose: { every: 5 }, data: { validation: 0 }", "chooses by validation images, and there are none")]
    [InlineData("method: random }\n  odd: { train: lenet, iterations: 3", "'iterations' in a stage that synthesizes nothing")]
    [InlineData("method: random }\n  odd: { train: lenet, method: random", "'method' in a stage that synthesizes nothing")]
    public void What_it_cannot_be_is_said(string synthesis, string expected) => Assert.Contains(expected, folder.Errors(Two.With("SYNTHESIS", synthesis)));

    [Fact]
    public void The_schema_knows_its_keys()
    {
        var schema = RecipeSchema.Write(TestVocabulary.Instance);
        Assert.All(["\"synthesize\"", "\"images-per-class\"", "\"soft-labels\"", "\"choose\"", "\"teacher-weight\""], key => Assert.Contains(key, schema, StringComparison.Ordinal));
    }

    PlannedStage Plan(string synthesis) => StagePlan.Of(folder.Read(Two.With("SYNTHESIS", synthesis))).First(stage => stage.Name == "images");
}
