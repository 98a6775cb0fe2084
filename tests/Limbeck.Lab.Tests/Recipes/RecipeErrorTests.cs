using Limbeck.Lab.Recipes;
using static Limbeck.Lab.Tests.Recipes.RecipeFolder;

namespace Limbeck.Lab.Tests.Recipes;

/// <summary>What the user sees of the usual mistakes, to the letter.</summary>
public sealed class RecipeErrorTests : IDisposable
{
    private readonly RecipeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_typo_in_a_key() => Expect("epochs: 4", "epocs: 4", """
        recipe.yaml:4:3: unknown key 'epocs' in defaults
         4 |   epocs: 4
           |   ^^^^^
           = expected: one of data, method, images-per-class, iterations, initial, image-optimizer, label-optimizer, step-size-optimizer, temperature-optimizer, clamp, skip-above, average, experts, expert-augmentation, … (25 in all)
           = did you mean 'epochs'?

        """);

    [Fact]
    public void A_wrong_type() => Expect("epochs: 4", "epochs: four", """
        recipe.yaml:4:11: epochs cannot be 'four'
         4 |   epochs: four
           |           ^^^^
           = expected: a whole number from 1 to 1000000

        """);

    [Fact]
    public void A_fraction_for_a_whole_number() => Expect("epochs: 4", "epochs: 4.5", """
        recipe.yaml:4:11: epochs cannot be '4.5'
         4 |   epochs: 4.5
           |           ^^^
           = expected: a whole number from 1 to 1000000

        """);

    [Fact]
    public void A_term_of_a_teacher_that_does_not_teach() => Expect("kind: soft-targets,", "kind: soft-targets, teacher: alone,", """
        recipe.yaml:14:40: 'alone' is no teacher of this stage
         14 |       - { kind: soft-targets, teacher: alone, weight: 0.9, temperature: 4 }
            |                                        ^^^^^
            = expected: teacher

        """);

    [Fact]
    public void A_value_out_of_range() => Expect("temperature: 4", "temperature: 400", """
        recipe.yaml:14:57: temperature cannot be '400'
         14 |       - { kind: soft-targets, weight: 0.9, temperature: 400 }
            |                                                         ^^^
            = expected: a number from 0.01 to 100

        """);

    [Fact]
    public void A_quoted_number() => Expect("lr: 0.1", "lr: \"0.1\"", """
        recipe.yaml:5:31: lr cannot be '0.1'
         5 |   optimizer: { kind: sgd, lr: "0.1" }
           |                               ^^^^^
           = expected: a number from 1e-12 to 1000000

        """);

    [Fact]
    public void No_is_not_false() => Expect("lr: 0.1", "lr: 0.1, nesterov: no", """
        recipe.yaml:5:46: nesterov cannot be 'no'
         5 |   optimizer: { kind: sgd, lr: 0.1, nesterov: no }
           |                                              ^^
           = expected: true or false
           = did you mean 'false'?

        """);

    [Fact]
    public void An_unknown_model() => Expect("train: resnet-8", "train: resnet8", """
        recipe.yaml:8:19: no model is called 'resnet8'
         8 |   alone: { train: resnet8 }
           |                   ^^^^^^^
           = expected: one of plain-cnn-2, plain-cnn-4, plain-cnn-6, plain-cnn-8, plain-cnn-10, resnet-8, resnet-14, resnet-20, resnet-26, resnet-32, resnet-38, resnet-44, resnet-50, resnet-56, … (25 in all)
           = did you mean 'resnet-8'?

        """);

    [Fact]
    public void An_unknown_kind() => Expect("kind: soft-targets", "kind: soft-target", """
        recipe.yaml:14:17: no kind of objectives[1] is called 'soft-target'
         14 |       - { kind: soft-target, weight: 0.9, temperature: 4 }
            |                 ^^^^^^^^^^^
            = expected: one of cross-entropy, soft-targets
            = did you mean 'soft-targets'?

        """);

    [Fact]
    public void A_missing_kind() => Expect("kind: sgd, lr", "lr", """
        recipe.yaml:5:14: optimizer lacks 'kind'
         5 |   optimizer: { lr: 0.1 }
           |              ^
           = expected: one of sgd, dot, adam, adamw, lamb, rmsprop

        """);

    [Fact]
    public void A_stage_of_two_kinds() => Expect("distil: resnet-8", "distil: resnet-8\n    train: resnet-8", """
        recipe.yaml:10:5: student both trains and distils
         10 |     distil: resnet-8
            |     ^^^^^^
            = keep 'train' or 'distil'

        """);

    [Fact]
    public void A_stage_without_its_teacher() => Expect("    from: teacher\n", "", """
        recipe.yaml:10:5: student distils without 'from'
         10 |     distil: resnet-8
            |     ^^^^^^
            = expected: the teacher: a stage or a checkpoint

        """);

    [Fact]
    public void An_objective_of_a_teacher_in_a_stage_without_one() =>
        Expect("alone: { train: resnet-8 }", "alone: { train: resnet-8, objectives: [cross-entropy, { kind: soft-targets }] }", """
        recipe.yaml:8:65: 'soft-targets' reads a teacher, and alone trains without one
         8 |   alone: { train: resnet-8, objectives: [cross-entropy, { kind: soft-targets }] }
           |                                                                 ^^^^^^^^^^^^
           = write 'distil' in place of 'train', with 'from'

        """);

    [Theory]
    [InlineData("name: image-folder", "needs 'path'")]
    [InlineData("name: synthetic, size: 32", "size is for images of an image-folder: those of synthetic have one size")]
    public void Images_from_a_folder(string data, string expected) =>
        Assert.Contains(expected, _folder.Errors($"name: a\ndata: {{ {data} }}\nstages: {{ one: {{ train: mlp }} }}"), StringComparison.Ordinal);

    [Fact]
    public void An_unknown_stage() => Expect("from: teacher", "from: techer", """
        recipe.yaml:11:11: no stage is called 'techer'
         11 |     from: techer
            |           ^^^^^^
            = expected: one of teacher, alone, student
            = did you mean 'teacher'?

        """);

    [Fact]
    public void A_checkpoint_that_is_not_there() => Expect("from: teacher", "from: models/teacher.safetensors", """
        recipe.yaml:11:11: no checkpoint models/teacher.safetensors
         11 |     from: models/teacher.safetensors
            |           ^^^^^^^^^^^^^^^^^^^^^^^^^^
            = expected: a stage of this recipe, or a file that exists, relative to the file that names it

        """);

    [Fact]
    public void Stages_that_need_each_other() => Expect("teacher: { train: resnet-20 }", "teacher: { distil: resnet-20, from: student, objectives: [soft-targets] }", """
        recipe.yaml:11:11: these stages need each other: teacher <- student <- teacher
         11 |     from: teacher
            |           ^^^^^^^
            = break the circle here

        """);

    [Fact]
    public void A_stage_that_needs_itself() => Expect("from: teacher", "from: [teacher, student]", """
        recipe.yaml:11:21: student needs itself
         11 |     from: [teacher, student]
            |                     ^^^^^^^
            = expected: another stage, or a checkpoint

        """);

    [Fact]
    public void A_tab() => Expect("  epochs: 4", "\tepochs: 4", """
        recipe.yaml:4:1: a tab indents this line
         4 | →epochs: 4
           | ^
           = YAML is indented by spaces: put two in its place

        """);

    [Fact]
    public void A_bracket_left_open() => Expect("{ name: synthetic, validation: 100 }", "{ name: synthetic, validation: 100", """
        recipe.yaml:2:15: not YAML: after this, a bracket is not closed or a key is empty
         2 | data: { name: synthetic, validation: 100
           |               ^
           = check indentation, quotes, brackets and commas here and in the line before

        """);

    [Fact]
    public void A_key_left_empty() => Assert.Contains("a key is empty", _folder.Errors(Good.With("- cross-entropy", "- : cross-entropy")));

    [Fact]
    public void A_duplicate_key() => Expect("  epochs: 4\n", "  epochs: 4\n  epochs: 5\n", """
        recipe.yaml:5:3: 'epochs' stands here twice
         5 |   epochs: 5
           |   ^^^^^^
           = keep one: the first is in line 4

        """);

    [Fact]
    public void A_tag() => Expect("train: resnet-8", "train: !!python/object:os.system resnet-8", """
        recipe.yaml:8:19: recipes know no tags
         8 |   alone: { train: !!python/object:os.system resnet-8 }
           |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
           = leave it out: the types are known, and nothing in a recipe runs code

        """);

    [Fact]
    public void An_alias() => Expect("  teacher: { train: resnet-20 }", "  teacher: &t { train: resnet-20 }\n  second: *t", """
        recipe.yaml:7:12: recipes know no anchors
         7 |   teacher: &t { train: resnet-20 }
           |            ^^^
           = leave it out: values are shared through 'defaults' and 'extends'

        recipe.yaml:8:11: recipes know no aliases
         8 |   second: *t
           |           ^^
           = write the value out, or share it through 'defaults' or 'extends'

        """);

    [Fact]
    public void A_missing_base() => Expect("name: tiny", "name: tiny\nextends: base.yaml", """
        recipe.yaml:2:10: no file base.yaml to extend
         2 | extends: base.yaml
           |          ^^^^^^^^^
           = expected: a recipe file, relative to this one

        """);

    [Fact]
    public void What_only_the_record_knows() => Expect("validation: 100", "train: 50, per-class: 5", """
        recipe.yaml:2:37: train and per-class both say how many images are kept: give one of them
         2 | data: { name: synthetic, train: 50, per-class: 5 }
           |                                     ^^^^^^^^^

        """);

    [Fact]
    public void A_kind_of_augmentation_that_stands_twice() =>
        Assert.Contains("recipe.yaml:2:26: augment has a kind twice", _folder.Errors(Good.With("validation: 100", "augment: [crop, { crop: { padding: 2 } }]")));

    [Fact]
    public void Milestones_that_do_not_ascend() =>
        Assert.Contains("milestones must ascend", _folder.Errors(Good.With("epochs: 4", "schedule: { kind: multi-step, milestones: [3, 2] }")));

    [Fact]
    public void Missing_keys() => Assert.Equal("""
        recipe.yaml:1:1: the recipe lacks 'name'
         1 | description: nothing
           | ^
           = expected: Short name: letters, digits, dots, dashes and underscores. Run folders carry it.

        recipe.yaml:1:1: the recipe lacks 'stages'
         1 | description: nothing
           | ^
           = expected: Stages by name, in the order of the file: letters, digits, dashes and underscores.

        """, _folder.Errors("description: nothing"));

    [Fact]
    public void A_published_number_of_no_stage() => Expect("name: tiny", "name: tiny\npublished: { studnt: { test: 101 } }", """
        recipe.yaml:2:14: no stage is called 'studnt'
         2 | published: { studnt: { test: 101 } }
           |              ^^^^^^
           = expected: one of teacher, alone, student
           = did you mean 'student'?

        recipe.yaml:2:14: studnt lacks 'source'
         2 | published: { studnt: { test: 101 } }
           |              ^^^^^^
           = expected: Where it stands: author, year, table or figure.

        recipe.yaml:2:30: test cannot be '101'
         2 | published: { studnt: { test: 101 } }
           |                              ^^^
           = expected: a number from 0 to 100

        """);

    [Fact]
    public void Overrides() => Assert.Equal("""
        command line:2:16: unknown key 'epoch' in student
         2 | stages.student.epoch=3
           |                ^^^^^
           = expected: one of train, distil, synthesize, from, objectives, load, ensemble, over, mean, beam, seeds, data, method, images-per-class, … (36 in all)
           = did you mean 'epochs'?

        command line:3:26: '[2]' leads nowhere: what stands before it is a list of 2
         3 | stages.student.objectives[2].weight=1
           |                          ^^^
           = expected: an index from [0] to [1]

        command line:4:23: lr cannot be 'high'
         4 | defaults.optimizer.lr=high
           |                       ^^^^
           = expected: a number from 1e-12 to 1000000

        command line:5:11: there is no 'cilp' to delete
         5 | ~defaults.cilp
           |           ^^^^
           = expected: one of epochs, optimizer

        command line:6:8: studnt neither trains nor distils
         6 | stages.studnt.epochs=3
           |        ^^^^^^
           = expected: train: MODEL, or distil: MODEL with from and objectives, or ensemble: STAGES, or synthesize: MODEL with method
           = did you mean 'student'?

        command line:7:1: 'epochs 3' changes nothing
         7 | epochs 3
           | ^^^^^^^^
           = expected: key=value as in stages.student.objectives[0].weight=2, or ~key to delete

        command line:8:1: name cannot be a map
         8 | name.first=x
           | ^^^^
           = expected: text

        command line:9:11: '1' stands twice in seeds
         9 | seeds=[1, 1]
           |           ^
           = keep one

        """, _folder.Errors(Good, null,
        "stages.student.epochs=3", "stages.student.epoch=3", "stages.student.objectives[2].weight=1", "defaults.optimizer.lr=high", "~defaults.cilp", "stages.studnt.epochs=3", "epochs 3", "name.first=x", "seeds=[1, 1]"));

    [Fact]
    public void What_all_stages_lack_is_told_once() => Assert.Equal("""
        command line:2:10: data lacks 'name'
         2 | defaults.data.train=4
           |          ^^^^
           = expected: Name of the dataset.

        """, _folder.Errors(Good, null, "~data", "defaults.data.train=4"));

    [Fact]
    public void A_mistake_in_a_scale_that_was_not_chosen() =>
        Assert.Equal("""
        recipe.yaml:17:31: epochs cannot be '0'
         17 |   full: { defaults: { epochs: 0 } }
            |                               ^
            = expected: a whole number from 1 to 1000000

        recipe.yaml:18:3: unknown key 'dsk' in scales
         18 |   dsk: {}
            |   ^^^
            = expected: one of smoke, desk, full
            = did you mean 'desk'?

        """, _folder.Errors(Good + "\nscales:\n  smoke: { defaults: { epochs: 1 } }\n  full: { defaults: { epochs: 0 } }\n  dsk: {}\n", Scale.Smoke));

    [Fact]
    public void Everything_is_told_at_once_and_once() =>
        Assert.Equal("""
        recipe.yaml:4:11: epochs cannot be 'many'
         4 |   epochs: many
           |           ^^^^
           = expected: a whole number from 1 to 1000000

        recipe.yaml:7:21: no model is called 'resnet-21'
         7 |   teacher: { train: resnet-21 }
           |                     ^^^^^^^^^
           = expected: one of plain-cnn-2, plain-cnn-4, plain-cnn-6, plain-cnn-8, plain-cnn-10, resnet-8, resnet-14, resnet-20, resnet-26, resnet-32, resnet-38, resnet-44, resnet-50, resnet-56, … (25 in all)
           = did you mean 'resnet-20'?

        recipe.yaml:11:11: no stage is called 'alone-'
         11 |     from: alone-
            |           ^^^^^^
            = expected: one of teacher, alone, student
            = did you mean 'alone'?

        """, _folder.Errors(Good.With("epochs: 4", "epochs: many").With("resnet-20", "resnet-21").With("from: teacher", "from: alone-")));

    [Fact]
    public void Errors_are_values_too()
    {
        var error = Assert.Single(Assert.Throws<RecipeException>(() => _folder.Read(Good.With("epochs", "epocs"))).Errors);
        Assert.Equal((4, 3, 5, "  epocs: 4"), (error.Line, error.Column, error.Length, error.SourceLine));
        Assert.Equal("did you mean 'epochs'?", error.Hint);
    }

    private void Expect(string old, string changed, string expected) => Assert.Equal(expected, _folder.Errors(Good.With(old, changed)));
}
