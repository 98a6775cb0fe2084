using Limbeck.Lab.Recipes;
using Limbeck.Synthesis;

namespace Limbeck.Lab.Tests.Recipes;

public sealed class VaryTests : IDisposable
{
    const string Two = """
        name: two
        data: { name: synthetic }
        defaults: { epochs: 4, optimizer: { kind: sgd, lr: 0.05 } }
        stages:
          big: { train: lenet }
          small:
            train: mlp
            vary:
              - slow: { optimizer: { lr: 0.01 } }
                fast: { optimizer: { lr: 0.1 } }
              - short:
                long: { epochs: 8 }
          after: { distil: mlp, from: small-fast-long, objectives: [soft-targets] }
        seeds: [1]
        """;

    readonly RecipeFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Makes_a_stage_of_each_combination_in_the_place_of_its_own()
    {
        var stages = folder.Read(Two).Stages;
        Assert.Equal(["big", "small-slow-short", "small-slow-long", "small-fast-short", "small-fast-long", "after"], stages.Keys);
        Assert.Equal((0.1, 4), (stages["small-fast-short"].Optimizer.Lr, stages["small-fast-short"].Epochs));
        Assert.Equal((0.01, 8), (stages["small-slow-long"].Optimizer.Lr, stages["small-slow-long"].Epochs));
    }

    [Fact]
    public void Scales_and_changes_on_the_command_line_are_of_all_combinations()
    {
        var changed = folder.Read(Two + "\nscales: { smoke: { stages: { small: { train: lenet } } } }", Scale.Smoke, "stages.small.batch=7", "stages.small.vary[1].long.epochs=9").Stages;
        Assert.All(changed.Where(stage => stage.Key.StartsWith("small", StringComparison.Ordinal)), stage => Assert.Equal(("lenet", 7), (stage.Value.Model, stage.Value.Batch)));
        Assert.Equal(9, changed["small-slow-long"].Epochs);
    }

    [Fact]
    public void A_method_is_varied_like_any_map()
    {
        var stages = folder.Read(Two.With("train: mlp", "synthesize: mlp\n    method: mtt").With("optimizer: { lr: 0.01 }", "method: { steps: 3 }").With("optimizer: { lr: 0.1 }", "method: { steps: 5 }")
            .With("long: { epochs: 8 }", "long: { iterations: 8 }").With("from: small-fast-long", "from: big")).Stages;
        Assert.Equal([3, 3, 5, 5], stages.Values.Select(stage => stage.Method?.Options).OfType<Mtt.Options>().Select(options => options.Steps));
    }

    [Theory]
    [InlineData("epochs: 8", "epochs: 0", "epochs")]
    [InlineData("long: { epochs: 8 }", "long: 8", "long in vary cannot be '8'")]
    [InlineData("from: small-fast-long", "from: small", "small-slow-short")]
    [InlineData("  after:", "  small-slow-long: { train: mlp }\n  after:", "there are two stages called 'small-slow-long'")]
    [InlineData("long: { epochs: 8 }", "long: { epochz: 8 }", "unknown key 'epochz'")]
    public void What_it_cannot_be_is_said(string old, string changed, string expected) => Assert.Contains(expected, folder.Errors(Two.With(old, changed)));

    [Fact]
    public void A_stage_that_is_left_out_takes_its_published_numbers_along()
    {
        var recipe = Two + """

            published:
              big: { test: 80, source: paper }
              small-slow-short: { test: 60, source: paper }
            """;
        Assert.Equal(["big"], folder.Read(recipe, null, "~stages.small", "~stages.after").Published.Keys);
        Assert.Equal(["small-slow-short"], folder.Read(recipe, null, "~stages.big").Published.Keys);
        Assert.Equal(["big", "small-slow-short"], folder.Read(recipe, null, "~stages.after").Published.Keys);
        Assert.Contains("no stage is called 'small-slow-shrt'", folder.Errors(recipe.With("small-slow-short:", "small-slow-shrt:"), null, "~stages.big"));
    }

    [Fact]
    public void It_is_a_list_of_maps() => Assert.Contains("vary cannot be", folder.Errors("name: x\ndata: { name: synthetic }\nseeds: [1]\nstages: { a: { train: mlp, vary: fast } }"));

    [Fact]
    public void A_mistake_in_all_combinations_is_told_once() =>
        Assert.Equal(1, folder.Errors(Two.With("train: mlp", "train: mlpp")).Split("mlpp'").Length - 1);

    [Fact]
    public void The_schema_knows_it() => Assert.Contains("\"vary\"", RecipeSchema.Write(TestVocabulary.Instance), StringComparison.Ordinal);
}
