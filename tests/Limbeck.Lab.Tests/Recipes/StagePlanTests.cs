using FsCheck;
using FsCheck.Fluent;
using Limbeck.Lab.Recipes;
using static Limbeck.Lab.Tests.Recipes.RecipeFolder;

namespace Limbeck.Lab.Tests.Recipes;

public sealed class StagePlanTests : IDisposable
{
    private readonly RecipeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Parents_come_first_whatever_the_order_of_the_file()
    {
        const string Teacher = "  teacher: { train: resnet-20 }\n";
        var plan = StagePlan.Of(_folder.Read(Good.With(Teacher, "") + "\n" + Teacher));
        Assert.Equal(["alone", "teacher", "student"], plan.Select(s => s.Name));
        Assert.Same(plan[1], Assert.Single(plan[2].From).Stage);
    }

    [Fact]
    public void A_student_takes_the_teacher_of_its_seed_or_the_first()
    {
        var plan = StagePlan.Of(_folder.Read(Good.With("resnet-20 }", "resnet-20, seeds: [7, 2] }"), null, "seeds=[1, 2]"));
        Assert.Equal(
            [("teacher", 7), ("teacher", 2), ("alone", 1), ("alone", 2), ("student", 1), ("student", 2)], plan.Select(s => (s.Name, s.Seed)));
        Assert.Equal([7, 2], plan.Where(s => s.Name == "student").Select(s => s.From[0].Stage!.Seed));
    }

    [Theory]
    [InlineData("name: tiny", "name: other\ndescription: words\npublished: { student: { test: 1, source: me } }")]
    [InlineData("name: tiny", "name: tiny\nmeasure: [fgsm, weight-noise, latent-space]\ndifferences: [words]")]
    [InlineData("epochs: 4\n", "epochs: 4\n  threads: 1\n  batch: 128\n  schedule: one-cycle\n")]
    [InlineData("lr: 0.1", "weight-decay: 0, momentum: 0.90, lr: 1e-1")]
    [InlineData("name: synthetic, validation: 100", "prefetch: 9, validation: 1e2, name: synthetic, augment: []")]
    [InlineData("- cross-entropy", "- { cross-entropy: { weight: { value: 1.0, kind: constant } } }")]
    [InlineData("weight: 0.9, temperature: 4", "reduction: batch-mean, weight: 0.9")]
    [InlineData("from: teacher", "from: [teacher]")]
    [InlineData("lr: 0.1 }\n", "lr: 0.1 }\n  schedule: { kind: one-cycle, rise: 0.3 }\n")]
    public void What_cannot_change_the_result_does_not_change_the_key(string old, string changed) =>
        Assert.Equal(Keys(Good), Keys(Good.With(old, changed)));

    [Theory]
    [InlineData("epochs: 4", "epochs: 5", "teacher alone student")]
    [InlineData("resnet-20", "resnet-26", "teacher student")]
    [InlineData("train: resnet-8", "train: resnet-14", "alone")]
    [InlineData("temperature: 4", "temperature: 5", "student")]
    [InlineData("weight: 0.9", "weight: { kind: linear, from: 0.9, to: 0.9 }", "student")]
    [InlineData("validation: 100", "validation: 100, seed: 2", "teacher alone student")]
    [InlineData("{ train: resnet-8 }", "{ train: resnet-8, load: teacher }", "alone")]
    [InlineData("name: tiny", "seeds: [2]\nname: tiny", "teacher alone student")]
    public void What_changes_the_result_changes_its_key_and_those_after_it(string old, string changed, string stages)
    {
        var (before, after) = (Keys(Good), Keys(Good.With(old, changed)));
        Assert.Equal(stages.Split(' '), before.Keys.Where(stage => before[stage] != after[stage]));
    }

    [Fact]
    public void Which_of_several_teachers_a_term_reads_counts_by_its_place()
    {
        const string Second = "  teacher: { train: resnet-20 }\n  second: { train: resnet-26 }\n";
        var two = Good.With("  teacher: { train: resnet-20 }\n", Second).With("from: teacher", "from: [teacher, second]");
        var (all, first, second) = (Key(two), Key(two.With("kind: soft-targets", "kind: soft-targets, teacher: teacher")), Key(two.With("kind: soft-targets", "kind: soft-targets, teacher: second")));
        Assert.Equal(3, new[] { all, first, second }.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(second, Key(two.With("kind: soft-targets", "kind: soft-targets, teacher: second").Replace("second", "other", StringComparison.Ordinal)));

        string Key(string text) => Keys(text)["student"];
    }

    [Fact]
    public void A_checkpoint_counts_by_its_content_and_not_by_its_place()
    {
        _folder.Write("a.safetensors", "weights");
        _folder.Write("b/b.safetensors", "weights");
        _folder.Write("c.safetensors", "other weights");
        var keys = new[] { "a.safetensors", "b/b.safetensors", "c.safetensors" }
            .Select(file => Keys(Good.With("from: teacher", "from: " + file))["student"]).ToList();
        Assert.Equal(keys[0], keys[1]);
        Assert.NotEqual(keys[0], keys[2]);
    }

    [Fact]
    public void Data_count_by_what_the_files_in_the_folder_hold()
    {
        var keys = new List<string>();
        foreach (var (folder, content) in new[] { ("one", "123"), ("two", "123"), ("three", "456") })
        {
            _folder.Write(folder + "/train.bin", content);
            keys.Add(Keys(Good.With("name: synthetic", $"name: synthetic, path: {folder}"))["alone"]);
        }
        Assert.Equal(keys[0], keys[1]);
        Assert.NotEqual(keys[0], keys[2]);
    }

    [Fact]
    public void The_key_of_today_is_the_key_of_tomorrow() =>
        Assert.Equal("39daef53d5b85239f988ee3530b9e1d322ba62807649ea6ed1af58668f7e60f0", Keys(Good)["student"]);

    [Fact]
    public void A_resolved_recipe_reads_back_to_the_same_keys() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(Overrides(), overrides =>
        {
            var recipe = _folder.Read(Good, null, [.. overrides]);
            var text = RecipeFile.Write(recipe);
            var again = _folder.Read(text);
            Assert.Equal(StagePlan.Of(recipe).Select(s => s.Key), StagePlan.Of(again).Select(s => s.Key));
            Assert.Equal(text, RecipeFile.Write(again));
        }));

    [Fact]
    public void A_resolved_recipe_is_a_text_for_people() => Assert.Equal("""
        name: tiny
        description: "yes: a # of \"things\""
        data:
          name: synthetic
          path: null
          size: null
          validation: 100
          tuning: null
          train: null
          per-class: null
          order: null
          classes: null
          augment: []
          normalize: true
          zca: null
          seed: 1
          prefetch: 2
        stages:
          teacher:
            train: resnet-20
            epochs: 4
            batch: 128
            optimizer: {kind: sgd, momentum: 0.9, nesterov: false, lr: 0.1, weight-decay: 0}
            schedule: {kind: constant, warmup: 0}
            evaluate-every: 1
          student:
            distil: resnet-8
            from: [teacher]
            objectives:
            - {kind: cross-entropy, weight: {kind: constant, value: 1}}
            - {kind: soft-targets, weight: {kind: constant, value: 0.9}, temperature: 4, reduction: batch-mean}
            epochs: 4
            batch: 128
            optimizer: {kind: sgd, momentum: 0.9, nesterov: false, lr: 0.1, weight-decay: 0}
            schedule: {kind: constant, warmup: 0}
            evaluate-every: 1
        seeds: [1]
        published: {student: {test: 10, sd: null, at: null, source: "no"}}

        """, RecipeFile.Write(_folder.Read(Good, null,
        "description=\"yes: a # of \\\"things\\\"\"", "published.student={test: 1e1, source: 'no'}", "~stages.alone", "defaults.schedule=constant")));

    /// <summary>Any of these overrides, with any numbers.</summary>
    private static Arbitrary<List<string>> Overrides()
    {
        var number = ArbMap.Default.GeneratorFor<NormalFloat>().Select(x => (Math.Abs(x.Get) % 50) + 0.01);
        var whole = Gen.Choose(1, 100_000);
        var text = ArbMap.Default.GeneratorFor<string>().Select(t => System.Text.Json.JsonSerializer.Serialize(t ?? ""));
        return Gen.OneOf(
            number.Select(x => $"defaults.optimizer.lr={x:R}"),
            number.Select(x => $"stages.student.objectives[1].temperature={x:R}"),
            number.Select(x => $"stages.student.objectives[0].weight={{kind: linear, from: {x:R}, to: 1}}"),
            number.Select(x => $"defaults.schedule={{kind: cosine, warmup: {x:R}}}"),
            whole.Select(n => $"defaults.epochs={n}"),
            whole.Select(n => $"stages.teacher.data={{train: {n}, classes: [0, {n}]}}"),
            whole.Select(n => $"seeds=[{n}, 0]"),
            text.Select(t => $"description={t}"),
            Gen.Elements(
                "defaults.optimizer={kind: adamw}", "data.augment=[flip, {cutout: {length: 3}}]", "stages.alone.load=teacher",
                "defaults.schedule=one-cycle", "data.normalize=false", "data.train=9", "stages.alone.data.train=", "stages.student.clip=2"))
            .ListOf().ToArbitrary();
    }

    private Dictionary<string, string> Keys(string text) => StagePlan.Of(_folder.Read(text)).ToDictionary(s => s.Name, s => s.Key);
}
