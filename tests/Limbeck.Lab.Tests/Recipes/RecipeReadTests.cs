using Limbeck.Evaluation;
using Limbeck.Evaluation.Projections;
using Limbeck.Lab.Recipes;
using Limbeck.Lab.Runs;
using Limbeck.Objectives;
using Limbeck.Torch.Optim;
using Limbeck.Training;
using static Limbeck.Lab.Tests.Recipes.RecipeFolder;

namespace Limbeck.Lab.Tests.Recipes;

public sealed class RecipeReadTests : IDisposable
{
    private readonly RecipeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Stages_are_complete_and_in_order()
    {
        var recipe = _folder.Read(Good);

        Assert.Equal(["teacher", "alone", "student"], recipe.Stages.Keys);
        Assert.All(recipe.Stages.Values, s => Assert.Equal((4, 128, "synthetic", 100), (s.Epochs, s.Batch, s.Data.Name, s.Data.Validation)));
        Assert.All(recipe.Stages.Values, s => Assert.Equal(new SgdOptions { Lr = 0.1 }, s.Optimizer));
        var student = recipe.Stages["student"];
        Assert.Equal(["teacher"], student.From);
        Assert.Equal("resnet-8", student.Model);
        Assert.Equal(
            [
                new("cross-entropy", new ConstantWeight(), new TestVocabulary.CrossEntropyOptions()),
                new("soft-targets", new ConstantWeight(0.9), new TestVocabulary.SoftTargetsOptions()),
            ],
            student.Objectives);
        Assert.Equal([1], recipe.Seeds);
    }

    [Fact]
    public void What_nobody_says_is_as_in_the_library()
    {
        var recipe = _folder.Read("name: short\ndata: { name: synthetic }\nstages: { one: { train: mlp } }");
        Assert.Equal(new FitOptions(), StageJob.Options(Assert.Single(StagePlan.Of(recipe))));
    }

    [Fact]
    public void A_training_without_teachers_may_have_objectives_that_read_none()
    {
        var stage = _folder.Read("name: short\ndata: { name: synthetic }\nstages: { one: { train: mlp, objectives: [{ kind: cross-entropy, weight: 0.5 }] } }").Stages["one"];
        Assert.Equal(new("cross-entropy", new ConstantWeight(0.5), new TestVocabulary.CrossEntropyOptions()), Assert.Single(stage.Objectives));
    }

    [Fact]
    public void What_is_to_be_measured_is_a_list_of_kinds()
    {
        var recipe = _folder.Read(Good + "\nmeasure: [fgsm, { weight-noise: { draws: 5 } }, { kind: latent-space, projection: pca }]\ndifferences: fewer epochs");

        Assert.Equal([new Fgsm.Options(), new WeightNoise.Options { Draws = 5 }, new LatentSpace.Options { Projection = Projection.Pca }], recipe.Measure);
        Assert.Equal(["fewer epochs"], recipe.Differences);
        var again = _folder.Read(RecipeFile.Write(recipe));
        Assert.Equal(recipe.Measure, again.Measure);
        Assert.Equal(recipe.Differences, again.Differences);
        Assert.Contains("measure has a kind twice", _folder.Errors(Good + "\nmeasure: [fgsm, { fgsm: { points: 3 } }]"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stage_patches_the_defaults_field_by_field()
    {
        var recipe = _folder.Read(Good.With("train: resnet-8", "train: resnet-8, optimizer: { momentum: 0.5 }, data: { train: 10 }, clip: 1, epochs: 9"));

        var alone = recipe.Stages["alone"];
        Assert.Equal(new SgdOptions { Lr = 0.1, Momentum = 0.5 }, alone.Optimizer);
        Assert.Equal((9, 1.0, 100, 10), (alone.Epochs, alone.Clip, alone.Data.Validation, alone.Data.Train));
        Assert.Null(recipe.Stages["teacher"].Clip);
    }

    [Fact]
    public void A_number_in_a_list_of_lists_has_a_place_of_its_own()
    {
        const string Text = """
            name: aligned
            data: { name: synthetic }
            stages:
              teacher: { train: conv-tiny }
              student:
                distil: conv-very-tiny
                from: teacher
                objectives: [cross-entropy, { kind: layer-alignment, coefficients: given, lambda: [[1, 2, 3, 4], [5, 6, 7, 8], [0, 0, 0, 1], [1, 1, 1, 1]] }]
            """;
        var recipe = RecipeFile.Read(_folder.Write("aligned.yaml", Text), Words.Vocabulary, null, ["stages.student.objectives[1].lambda[0][2]=0.25"]);
        var options = Assert.IsType<LayerAlignment.Options>(recipe.Stages["student"].Objectives[1].Options);
        Assert.Equal([1, 2, 0.25, 4], options.Lambda![0]);
        Assert.Equal([5, 6, 7, 8], options.Lambda[1]);

        var error = Assert.Throws<RecipeException>(() => RecipeFile.Read(_folder.Write("aligned.yaml", Text), Words.Vocabulary, null, ["stages.student.objectives[1].lambda[3][0]=-1"])).Message;
        Assert.Contains("lambda[3][0] cannot be '-1'", error);
        error = Assert.Throws<RecipeException>(() => RecipeFile.Read(_folder.Write("aligned.yaml", Text), Words.Vocabulary, null, ["stages.student.objectives[1].coefficients=uniform"])).Message;
        Assert.Contains("'coefficients: given'", error);
    }

    [Fact]
    public void Another_kind_replaces_the_whole_map()
    {
        var text = Good.With("train: resnet-8", "train: resnet-8, optimizer: { kind: adam }");
        var recipe = _folder.Read(text, null, "stages.teacher.optimizer.kind=adamw");

        Assert.Equal(new AdamOptions(), recipe.Stages["alone"].Optimizer);
        Assert.Equal(new AdamWOptions(), recipe.Stages["teacher"].Optimizer);
    }

    [Fact]
    public void A_bare_kind_can_be_patched_like_the_map_that_it_is_short_for()
    {
        var text = Good.With("epochs: 4", "schedule: cosine").With("train: resnet-8", "train: resnet-8, schedule: { floor: 0.1 }");
        var recipe = _folder.Read(text, null, "stages.student.objectives[0].weight=2");

        Assert.Equal(new CosineOptions { Floor = 0.1 }, recipe.Stages["alone"].Schedule);
        Assert.Equal(new ConstantWeight(2), recipe.Stages["student"].Objectives[0].Weight);
    }

    [Fact]
    public void Kinds_may_be_written_in_three_ways()
    {
        var recipe = _folder.Read(Good.With("validation: 100", "augment: [flip, { crop: { padding: 2 } }, { kind: cutout, length: 8 }]"));

        Assert.Equal(
            [new FlipOptions(), new CropOptions { Padding = 2 }, new CutoutOptions { Length = 8 }], recipe.Data!.Augment);
    }

    [Fact]
    public void Weights_may_be_schedules()
    {
        var recipe = _folder.Read(Good
            .With("weight: 0.9", "weight: { kind: linear, from: 4, to: 1, epochs: 10 }")
            .With("- cross-entropy", "- { cross-entropy: { weight: { kind: warm-up, epochs: 2 } } }"));

        var objectives = recipe.Stages["student"].Objectives;
        Assert.Equal(new WarmUpWeight(Epochs: 2), objectives[0].Weight);
        Assert.Equal(new LinearWeight(4, 1, 10), objectives[1].Weight);

        objectives = _folder.Read(Good
            .With("weight: 0.9", "weight: { until: { epoch: 3 } }")
            .With("- cross-entropy", "- { cross-entropy: { weight: { kind: from, epoch: 3, value: 2 } } }")).Stages["student"].Objectives;
        Assert.Equal(new FromWeight(3, 2), objectives[0].Weight);
        Assert.Equal(new UntilWeight(3), objectives[1].Weight);
        Assert.Contains("until lacks 'epoch'", _folder.Errors(Good.With("weight: 0.9", "weight: until")));
    }

    [Fact]
    public void A_recipe_with_weight_schedules_is_written_as_it_is_read()
    {
        var recipe = _folder.Read(Good.With("- cross-entropy", "- { kind: cross-entropy, weight: { linear: { from: 4, to: 0 } } }").With("weight: 0.9", "weight: { from: { epoch: 2 } }"));
        Assert.Equal(recipe.Stages["student"].Objectives, _folder.Read(RecipeFile.Write(recipe)).Stages["student"].Objectives);
    }

    [Theory]
    [InlineData("1e-4", 1e-4)]
    [InlineData("1E-4", 1e-4)]
    [InlineData(".5", 0.5)]
    [InlineData("010", 10)]
    [InlineData("+1.", 1)]
    public void Numbers_are_decimal(string text, double expected) =>
        Assert.Equal(expected, _folder.Read(Good.With("lr: 0.1", "lr: " + text)).Stages["alone"].Optimizer.Lr);

    [Theory]
    [InlineData(".inf")]
    [InlineData("NaN")]
    [InlineData("0x10")]
    [InlineData("1_000")]
    [InlineData("one")]
    [InlineData("''")]
    public void Nothing_else_is_a_number(string text) =>
        Assert.Contains("expected: a number from", _folder.Errors(Good.With("lr: 0.1 }", "lr: " + text + "\n  }")));

    [Theory]
    [InlineData("no")]
    [InlineData("010")]
    [InlineData("1e3")]
    [InlineData("'null'")]
    public void Texts_stay_as_written(string text) =>
        Assert.Equal(text.Trim('\''), _folder.Read(Good.With("name: tiny", "name: " + text)).Name);

    [Fact]
    public void Whole_numbers_may_have_an_exponent() =>
        Assert.Equal(20000, _folder.Read(Good.With("validation: 100", "train: 2e4")).Data!.Train);

    [Fact]
    public void A_file_extends_another_and_that_one_a_third()
    {
        _folder.Write("base/root.yaml", Good);
        _folder.Write("base/middle.yaml", "extends: root.yaml\ndefaults: { epochs: 5, batch: 32 }\n");
        var recipe = _folder.Read("extends: base/middle.yaml\nname: top\ndefaults: { epochs: 6 }\nstages: { alone: { train: mlp } }\n");

        var alone = recipe.Stages["alone"];
        Assert.Equal(("top", "mlp", 6, 32), (recipe.Name, alone.Model, alone.Epochs, alone.Batch));
        Assert.Equal(["teacher", "alone", "student"], recipe.Stages.Keys);
        Assert.Equal(["middle.yaml", "root.yaml"], RecipeFile.Bases(_folder.Write("top.yaml", "extends: base/middle.yaml")).Select(Path.GetFileName));
        Assert.Empty(RecipeFile.Bases(_folder.Write("alone.yaml", Good)));
    }

    [Fact]
    public void An_empty_scale_is_that_of_the_file_it_extends()
    {
        _folder.Write("base.yaml", Good + "\nscales: { smoke: { defaults: { epochs: 1 } } }\n");
        var top = _folder.Write("top.yaml", "extends: base.yaml\nname: top\nscales:\n  smoke:\n  full:\n");
        Assert.Equal([1, 4], new Scale?[] { Scale.Smoke, Scale.Full }.Select(scale => RecipeFile.Read(top, Words.Vocabulary, scale).Stages["alone"].Epochs));
    }

    [Fact]
    public void An_error_in_a_base_points_into_the_base()
    {
        _folder.Write("base.yaml", Good.With("epochs: 4", "epochs: none"));
        Assert.StartsWith("base.yaml:4:11: epochs cannot be 'none'", _folder.Errors("extends: base.yaml\nname: top"));
    }

    [Fact]
    public void Files_that_extend_each_other_are_refused()
    {
        _folder.Write("other.yaml", "extends: recipe.yaml");
        Assert.Contains("other.yaml:1:10: these files extend each other", _folder.Errors("extends: other.yaml"));
    }

    [Theory]
    [InlineData(null, 4, 3)]
    [InlineData(Scale.Smoke, 1, 1)]
    [InlineData(Scale.Full, 4, 3)]
    public void A_scale_is_a_patch(Scale? scale, int epochs, int seeds)
    {
        const string Scales = "\nseeds: [1, 2, 3]\nscales:\n  smoke: { defaults: { epochs: 1 }, seeds: [1] }\n  full:\n";
        var recipe = _folder.Read(Good + Scales, scale);
        Assert.Equal((epochs, seeds), (recipe.Stages["student"].Epochs, recipe.Seeds.Count));
    }

    [Fact]
    public void A_scale_that_the_recipe_lacks_is_an_error() =>
        Assert.Contains("the recipe has no scale 'desk'", _folder.Errors(Good, Scale.Desk));

    [Fact]
    public void A_model_may_be_made_of_two()
    {
        var vocabulary = TestVocabulary.Instance with { ModelJoint = "+on-" };
        var file = _folder.Write("two.yaml", Good.With("distil: resnet-8", "distil: resnet-8+on-mlp"));
        Assert.Equal("resnet-8+on-mlp", RecipeFile.Read(file, vocabulary).Stages["student"].Distil);
        foreach (var wrong in new[] { "resnet-8+on-mlq", "resnet-8+on-", "resnet-8+on-mlp+on-mlp" })
        {
            var bad = _folder.Write("bad.yaml", Good.With("distil: resnet-8", $"distil: {wrong}"));
            Assert.Contains($"no model is called '{wrong}'", Assert.Throws<RecipeException>(() => RecipeFile.Read(bad, vocabulary)).Message);
        }

        Assert.Throws<RecipeException>(() => RecipeFile.Read(file, TestVocabulary.Instance));
    }

    [Fact]
    public void Overrides_come_last()
    {
        var recipe = _folder.Read(Good + "\nscales: { smoke: { defaults: { epochs: 1 } } }\n", Scale.Smoke,
            "defaults.epochs=7", "stages.student.objectives[1].weight=2", "stages.student.objectives[1].temperature=2.5",
            "~stages.student.objectives[0]", "seeds=[4, 5]", "stages.extra={train: lenet}", "~defaults.optimizer", "defaults.clip=1", "defaults.clip=");

        var student = recipe.Stages["student"];
        Assert.Equal((7, null), (student.Epochs, student.Clip));
        Assert.Equal([new("soft-targets", new ConstantWeight(2), new TestVocabulary.SoftTargetsOptions(2.5))], student.Objectives);
        Assert.Equal([4, 5], recipe.Seeds);
        Assert.Equal("lenet", recipe.Stages["extra"].Train);
        Assert.Equal(new FitOptions().Optimizer, student.Optimizer);
    }

    [Fact]
    public void Paths_start_from_the_file_that_names_them()
    {
        var checkpoint = _folder.Write("models/t.safetensors", "weights");
        var folder = Path.GetDirectoryName(Path.GetDirectoryName(checkpoint))!;
        _folder.Write("base.yaml", Good.With("from: teacher", "from: models/t.safetensors").With("name: synthetic", "name: synthetic, path: data"));
        var top = _folder.Write("models/deeper/top.yaml", "extends: ../../base.yaml\n");

        var recipe = RecipeFile.Read(top, TestVocabulary.Instance, null, ["data.path=here"]);
        Assert.Equal(checkpoint, Assert.Single(recipe.Stages["student"].From));
        Assert.Equal(Path.GetFullPath("here"), recipe.Data!.Path);
        Assert.Equal(Path.Combine(folder, "data"), RecipeFile.Read(top, TestVocabulary.Instance).Data!.Path);
    }
}
