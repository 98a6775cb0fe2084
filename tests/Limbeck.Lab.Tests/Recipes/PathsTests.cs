using Limbeck.Lab.Recipes;
using static Limbeck.Lab.Tests.Recipes.RecipeFolder;

namespace Limbeck.Lab.Tests.Recipes;

public sealed class PathsTests : IDisposable
{
    private const string Text = """
        name: takd
        data: { name: synthetic, validation: 100 }
        defaults: { epochs: 4, optimizer: { kind: sgd, lr: 0.1 } }
        paths:
          teacher: plain-cnn-10
          assistants: [plain-cnn-8, plain-cnn-4]
          student: plain-cnn-2
          objectives: [cross-entropy, { kind: soft-targets, temperature: 5 }]
          epochs: 6
          data: { train: 500 }
          teacher-settings: { epochs: 3, data: { train: null }, seeds: [7] }
        seeds: [1, 2]
        """;

    private readonly RecipeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_subset_of_the_assistants_is_a_path_and_a_shared_beginning_is_one_stage()
    {
        var recipe = _folder.Read(Text);
        Assert.Equal(["10", "8", "4", "2", "10-8", "10-4", "10-8-4", "10-2", "10-8-2", "10-4-2", "10-8-4-2"], recipe.Stages.Keys);
        Assert.Equal(4, recipe.Paths!.Count);
        Assert.Equal(recipe.Paths.Count, recipe.Stages.Keys.Count(name => name.StartsWith("10-", StringComparison.Ordinal) && name.EndsWith("-2", StringComparison.Ordinal)));
        foreach (var (name, stage) in recipe.Stages)
        {
            var sizes = name.Split('-');
            Assert.Equal($"plain-cnn-{sizes[^1]}", stage.Model);
            Assert.Equal(sizes.Length == 1 ? [] : [string.Join('-', sizes[..^1])], stage.From);
            Assert.Equal(sizes.Length == 1 ? 0 : 2, stage.Objectives.Count);
        }
    }

    [Theory]
    [InlineData("plain-cnn-8, plain-cnn-6, plain-cnn-4", 3, 8)]
    [InlineData("plain-cnn-8, plain-cnn-6, plain-cnn-4", 2, 7)]
    [InlineData("plain-cnn-8, plain-cnn-6, plain-cnn-4", 1, 4)]
    [InlineData("plain-cnn-8", 3, 2)]
    public void A_path_leads_over_no_more_assistants_than_it_may(string assistants, int most, int count)
    {
        var recipe = _folder.Read(Text.With("plain-cnn-8, plain-cnn-4", assistants), null, $"paths.at-most={most}");
        string[] ends = [.. recipe.Stages.Keys.Where(name => name.StartsWith("10-", StringComparison.Ordinal) && name.EndsWith("-2", StringComparison.Ordinal))];
        Assert.Equal(count, ends.Length);
        Assert.Equal(count, recipe.Paths!.Count);
        Assert.All(recipe.Stages, stage => Assert.True(stage.Key.Split('-').Length - (stage.Value.Model == "plain-cnn-2" ? 2 : 1) <= most));
    }

    [Fact]
    public void Settings_of_the_paths_go_over_the_defaults_and_the_teachers_over_both()
    {
        var stages = _folder.Read(Text.With("lr: 0.1", "lr: 0.3")).Stages;
        Assert.Equal((3, null, 0.3), (stages["10"].Epochs, stages["10"].Data.Train, stages["10"].Optimizer.Lr));
        Assert.Equal([7], stages["10"].Seeds!);
        Assert.All(stages.Where(stage => stage.Key != "10"), stage => Assert.Equal((6, 500, 0.3), (stage.Value.Epochs, stage.Value.Data.Train, stage.Value.Optimizer.Lr)));
        Assert.All(stages.Values, stage => Assert.Equal(100, stage.Data.Validation));
    }

    [Fact]
    public void A_network_alone_is_trained_as_on_a_path()
    {
        var stages = _folder.Read(Text).Stages;
        Assert.Equal(stages["2"] with { Train = null, Distil = "plain-cnn-2", From = stages["10-2"].From, Objectives = stages["10-2"].Objectives, Data = stages["10-2"].Data }, stages["10-2"]);
        Assert.DoesNotContain("2", _folder.Read(Text, null, "paths.lone=false").Stages.Keys);
    }

    [Fact]
    public void A_stage_without_a_network_of_its_own_changes_the_paths()
    {
        var stages = _folder.Read(Text + "\nstages: { 10-4: { epochs: 9, objectives: [soft-targets] }, other: { train: lenet } }\npublished: { 10-4-2: { test: 73.51, source: them } }").Stages;
        Assert.Equal(("plain-cnn-4", 9, "soft-targets"), (stages["10-4"].Distil, stages["10-4"].Epochs, Assert.Single(stages["10-4"].Objectives).Kind));
        Assert.Equal(("lenet", 4), (stages["other"].Train, stages["other"].Epochs));
    }

    [Fact]
    public void They_are_the_stages_that_one_would_write_by_hand()
    {
        const string Byhand = """
            name: other
            data: { name: synthetic, validation: 100 }
            defaults: { epochs: 6, optimizer: { kind: sgd, lr: 0.1 } }
            stages:
              t: { train: plain-cnn-10, epochs: 3, seeds: [7] }
              a: { distil: plain-cnn-4, from: t, objectives: [cross-entropy, { kind: soft-targets, temperature: 5 }], data: { train: 500 } }
              s: { distil: plain-cnn-2, from: a, objectives: [cross-entropy, { kind: soft-targets, temperature: 5 }], data: { train: 500 } }
            seeds: [1, 2]
            """;
        Assert.Equal(Keys(Byhand, "t", "a", "s"), Keys(Text, "10", "10-4", "10-4-2"));
    }

    [Fact]
    public void A_resolved_recipe_has_stages_only()
    {
        var recipe = _folder.Read(Text, null, "paths.beam=1");
        var written = RecipeFile.Write(recipe);
        Assert.DoesNotContain("paths", written);
        var again = _folder.Read(written);
        Assert.Equal(StagePlan.Of(recipe).Select(stage => stage.Key), StagePlan.Of(again).Select(stage => stage.Key));
        Assert.Equal(recipe.Stages.Select(stage => (stage.Key, stage.Value.Beam)), again.Stages.Select(stage => (stage.Key, stage.Value.Beam)));
    }

    [Fact]
    public void A_beam_is_the_business_of_the_paths_alone_and_of_no_key()
    {
        var (plain, beam) = (_folder.Read(Text), _folder.Read(Text, null, "paths.beam=1"));
        Assert.All(beam.Stages, stage => Assert.Equal(stage.Key.Contains('-') ? 1 : null, stage.Value.Beam));
        Assert.Equal(StagePlan.Of(plain).Select(stage => stage.Key), StagePlan.Of(beam).Select(stage => stage.Key));
    }

    [Theory]
    [InlineData("plain-cnn-10 plain-cnn-4", "10 4")]
    [InlineData("resnet-110 resnet-14", "110 14")]
    [InlineData("wrn-40-2 wrn-16-2", "40-2 16-2")]
    [InlineData("resnet-8 resnet-8x4", "8 8x4")]
    [InlineData("lenet resnet-8", "lenet resnet-8")]
    [InlineData("resnet-8 resnet-8", "resnet-8 resnet-8")]
    [InlineData("", "")]
    public void A_size_is_what_tells_names_apart(string models, string sizes) =>
        Assert.Equal(sizes.Split(' ', StringSplitOptions.RemoveEmptyEntries), ModelSizes.Of(models.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Fact]
    public void A_typo_in_a_key() => Expect("epochs: 6", "epocs: 6", """
        recipe.yaml:9:3: unknown key 'epocs' in paths
         9 |   epocs: 6
           |   ^^^^^
           = expected: one of teacher, assistants, student, at-most, objectives, data, teacher-settings, lone, beam, epochs, batch, optimizer, schedule, adaptive-weights, … (18 in all)
           = did you mean 'epochs'?

        """);

    [Fact]
    public void A_wrong_value_is_told_once() => Expect("temperature: 5", "temperature: 500", """
        recipe.yaml:8:66: temperature cannot be '500'
         8 |   objectives: [cross-entropy, { kind: soft-targets, temperature: 500 }]
           |                                                                  ^^^
           = expected: a number from 0.01 to 100

        """);

    [Fact]
    public void What_stages_of_the_paths_lack_is_told_at_the_paths() => Expect("  student: plain-cnn-2\n", "", """
        recipe.yaml:4:1: paths lacks 'student'
         4 | paths:
           | ^^^^^
           = expected: Model where every path ends.

        """);

    [Fact]
    public void An_unknown_assistant() => Assert.Contains("recipe.yaml:6:29: no model is called 'plain-cnn-5'", _folder.Errors(Text.With("plain-cnn-4", "plain-cnn-5")));

    [Fact]
    public void Paths_that_are_no_map() => Assert.Contains("recipe.yaml:2:8: paths cannot be 'all'", _folder.Errors("name: x\npaths: all"));

    [Fact]
    public void A_stage_of_a_name_that_the_paths_have() => Expect("seeds: [1, 2]", "stages: { 10-8: { train: lenet } }", """
        recipe.yaml:12:11: the paths have a stage '10-8' too
         12 | stages: { 10-8: { train: lenet } }
            |           ^^^^
            = call this one otherwise, or leave its network out to change the paths' stage

        """);

    [Fact]
    public void An_assistant_that_is_the_student_too() => Expect("plain-cnn-4]", "plain-cnn-2]", """
        recipe.yaml:7:12: the paths have two stages called '2'
         7 |   student: plain-cnn-2
           |            ^^^^^^^^^^^
           = stages are called after what tells the networks' names apart: take each network once

        """);

    [Fact]
    public void More_paths_than_anybody_means()
    {
        var many = string.Join(", ", Enumerable.Range(2, 9).Select(n => $"resnet-{(6 * n) + 2}"));
        Assert.Contains("9 assistants make 512 paths: name at most 8", _folder.Errors(Text.With("plain-cnn-8, plain-cnn-4", many)));
    }

    [Fact]
    public void A_beam_without_validation_images() => Expect("validation: 100 }", "validation: 0 }\nscales: { smoke: { paths: { beam: 2 } } }", """
        recipe.yaml:3:29: a beam chooses by validation accuracy, and there are no validation images
         3 | scales: { smoke: { paths: { beam: 2 } } }
           |                             ^^^^
           = expected: validation above 0 in data
           = it is 0 in line 2 of recipe.yaml

        """);

    [Fact]
    public void A_beam_where_nothing_is_learned_from() => Assert.Contains("recipe.yaml:8:29: 'beam' in alone, which learns from no stage", _folder.Errors(Good.With("train: resnet-8 }", "train: resnet-8, beam: 1 }")));

    [Fact]
    public void Beams_that_wait_for_each_other()
    {
        // 8 -> 4 -> 2 and 4 -> 8 -> 2: who came to 4 is known after who came to 8, and the other way round.
        const string Crossed = """
            name: crossed
            data: { name: synthetic, validation: 100 }
            stages:
              a: { train: resnet-8 }
              b: { distil: lenet, from: a, objectives: [soft-targets], beam: 1 }
              c: { train: lenet }
              d: { distil: resnet-8, from: c, objectives: [soft-targets], beam: 1 }
              e: { distil: mlp, from: b, objectives: [soft-targets], beam: 1 }
              f: { distil: mlp, from: d, objectives: [soft-targets], beam: 1 }
            """;
        Assert.Contains("these stages need each other: b <- d <- b", _folder.Errors(Crossed));
        Assert.Equal(6, _folder.Read(Crossed, null, "~stages.b.beam").Stages.Count);
    }

    private string[] Keys(string text, params string[] stages) =>
        [.. StagePlan.Of(_folder.Read(text)).Where(stage => stages.Contains(stage.Name)).Select(stage => stage.Key)];

    private void Expect(string old, string changed, string expected) => Assert.Equal(expected, _folder.Errors(Text.With(old, changed)));
}
