using Limbeck.Lab.Recipes;
using static Limbeck.Lab.Tests.Recipes.RecipeFolder;

namespace Limbeck.Lab.Tests.Recipes;

public sealed class SearchRecipeTests : IDisposable
{
    const string Search = """

        search:
          student:
            trials: 30
            space:
              student.objectives[1].weight: { quniform: [0.05, 1, 0.05], complement: "student.objectives[0].weight" }
              student.objectives[1].temperature: { choice: [1, 2, 5, 10] }
              student.optimizer.lr: { log-uniform: [1e-3, 1] }
        """;

    private readonly RecipeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_read()
    {
        var search = _folder.Read(Good + Search).Search["student"];
        Assert.Equal((SamplerKind.Tpe, 30, 1), (search.Sampler, search.Count, search.Seed));
        Assert.Equal(["student.objectives[1].weight", "student.objectives[1].temperature", "student.optimizer.lr"], search.Space.Keys);
        Assert.Equal([0.05, 1, 0.05], search.Space.GetAt(0).Value.Quniform!);
        Assert.Equal(["1", "2", "5", "10"], search.Space.GetAt(1).Value.Choice!.Select(value => value.ToJsonString()));
    }

    [Fact]
    public void It_is_written_and_read_again()
    {
        var written = RecipeFile.Write(_folder.Read(Good + Search.With("choice: [1, 2, 5, 10]", "choice: [1, 2.5]").With("trials: 30", "prune: { factor: 3 }") + "\n      teacher.optimizer: { choice: [\"adam\", sgd] }"));
        var again = _folder.Read(written);
        Assert.Equal(written, RecipeFile.Write(again));
        Assert.Equal((1, 3), (again.Search["student"].Prune!.After, again.Search["student"].Prune!.Factor));
        Assert.Equal(["\"adam\"", "\"sgd\""], again.Search["student"].Space["teacher.optimizer"].Choice!.Select(value => value.ToJsonString()));
    }

    [Fact]
    public void It_changes_no_stage_key() =>
        Assert.Equal(StagePlan.Of(_folder.Read(Good)).Select(stage => stage.Key), StagePlan.Of(_folder.Read(Good + Search)).Select(stage => stage.Key));

    [Fact]
    public void A_grid_counts_its_points()
    {
        var grid = Search.With("trials: 30", "sampler: grid").With("log-uniform: [1e-3, 1]", "choice: [0.1, 0.01]");
        Assert.Equal(20 * 4 * 2, _folder.Read(Good + grid).Search["student"].Count);
    }

    [Fact]
    public void What_a_trial_sets_is_rounded_as_a_person_would() =>
        Assert.Equal(["a = 0.9", "b = 0.1"], new SearchedValue { Quniform = [0.05, 1, 0.05], Complement = "b" }.Settings("a", 0.9).Select(setting => $"{setting.Path} = {setting.Value}"));

    [Fact]
    public void An_end_that_cannot_stand_there() => Expect("choice: [1, 2, 5, 10]", "choice: [0, 2, 5, 1000]", """
        recipe.yaml:20:53: temperature cannot be '0'
         20 |       student.objectives[1].temperature: { choice: [0, 2, 5, 1000] }
            |                                                     ^
            = expected: a number from 0.01 to 100

        recipe.yaml:20:62: temperature cannot be '1000'
         20 |       student.objectives[1].temperature: { choice: [0, 2, 5, 1000] }
            |                                                              ^^^^
            = expected: a number from 0.01 to 100

        """);

    [Fact]
    public void A_path_that_leads_nowhere() => Expect("student.objectives[1].temperature:", "student.objectives[1].temprature:", """
        recipe.yaml:20:7: unknown key 'temprature' in soft-targets
         20 |       student.objectives[1].temprature: { choice: [1, 2, 5, 10] }
            |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            = expected: one of kind, weight, teacher, temperature, reduction
            = did you mean 'temperature'?

        """);

    [Fact]
    public void An_index_too_far() => Expect("student.objectives[1].temperature:", "student.objectives[2].temperature:", """
        recipe.yaml:20:7: '[2]' leads nowhere: what stands before it is a list of 2
         20 |       student.objectives[2].temperature: { choice: [1, 2, 5, 10] }
            |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            = expected: an index from [0] to [1]

        """);

    [Fact]
    public void A_complement_that_cannot_stand_there() => Expect("quniform: [0.05, 1, 0.05]", "uniform: [0, 2]", """
        recipe.yaml:19:68: value cannot be '-1'
         19 |       student.objectives[1].weight: { uniform: [0, 2], complement: "student.objectives[0].weight" }
            |                                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            = expected: a number from 0 to 1000000000

        """);

    [Fact]
    public void Numbers_between_for_a_whole_one() => Expect("student.optimizer.lr: { log-uniform: [1e-3, 1] }", "student.epochs: { uniform: [1, 9] }", """
        recipe.yaml:21:34: epochs cannot be '3.5464790894703255'
         21 |       student.epochs: { uniform: [1, 9] }
            |                                  ^
            = expected: a whole number from 1 to 1000000

        """);

    [Fact]
    public void A_stage_that_the_searched_one_does_not_need() => Expect("student.optimizer.lr", "alone.optimizer.lr", """
        recipe.yaml:21:7: 'alone.optimizer.lr' changes nothing of student
         21 |       alone.optimizer.lr: { log-uniform: [1e-3, 1] }
            |       ^^^^^^^^^^^^^^^^^^
            = expected: a path that begins with one of student, teacher

        """);

    [Fact]
    public void An_unknown_stage() => Expect("  student:\n    trials", "  studnet:\n    trials", """
        recipe.yaml:16:3: no stage is called 'studnet'
         16 |   studnet:
            |   ^^^^^^^
            = expected: one of teacher, alone, student
            = did you mean 'student'?

        """);

    [Fact]
    public void No_validation_images() => Expect("trials: 30", "trials: 3", """
        recipe.yaml:16:3: student has no validation images to search by, and test images choose nothing
         16 |   student:
            |   ^^^^^^^
            = expected: data: { validation: COUNT } with images to spare

        """, "data.validation=0");

    [Theory]
    [InlineData("choice: [1, 2, 5, 10]", "choice: []", "choice has nothing to choose from")]
    [InlineData("choice: [1, 2, 5, 10]", "choice: [1, 2, 1.0]", "a choice stands here twice")]
    [InlineData("choice: [1, 2, 5, 10]", "choice: [1, 2], uniform: [1, 2]", "2 things to choose from")]
    [InlineData("choice: [1, 2, 5, 10]", "complement: teacher.epochs", "nothing to choose from")]
    [InlineData("choice: [1, 2, 5, 10]", "integer: [1]", "a range is [low, high]")]
    [InlineData("choice: [1, 2, 5, 10]", "integer: [3, 3]", "the low end, 3, is not below the high end, 3")]
    [InlineData("quniform: [0.05, 1, 0.05]", "quniform: [0.05, 1]", "quniform is [low, high, step]")]
    [InlineData("quniform: [0.05, 1, 0.05]", "quniform: [0.05, 1, 0]", "the step of quniform is above 0")]
    [InlineData("quniform: [0.05, 1, 0.05]", "quniform: [0, 1, 1e-9]", "more than 1000000 values")]
    [InlineData("log-uniform: [1e-3, 1]", "log-uniform: [0, 1]", "the low end of log-uniform is above 0")]
    [InlineData("trials: 30", "sampler: grid", "student.optimizer.lr has no countable values for a grid")]
    [InlineData("trials: 30", "prune: { factor: 1 }", "factor cannot be '1'")]
    [InlineData("student.optimizer.lr: {", "student.objectives[0].weight: {", "student.objectives[0].weight is set twice")]
    [InlineData("student.optimizer.lr: { log-uniform: [1e-3, 1] }", "student.from: { choice: [student] }", "student needs itself")]
    public void Other_mistakes(string old, string changed, string expected) => Assert.Contains(expected, _folder.Errors((Good + Search).With(old, changed)), StringComparison.Ordinal);

    [Fact]
    public void A_grid_has_no_count_of_trials() =>
        Assert.Contains("trials in a grid search", _folder.Errors((Good + Search).With("trials: 30", "trials: 30\n    sampler: grid")), StringComparison.Ordinal);

    private void Expect(string old, string changed, string expected, params string[] overrides) =>
        Assert.Equal(expected.ReplaceLineEndings("\n"), _folder.Errors((Good + Search).With(old, changed), null, overrides));
}
