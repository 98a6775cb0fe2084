using Limbeck.Lab.Recipes;

namespace Limbeck.Lab.Tests.Recipes;

public sealed class EnsembleRecipeTests : IDisposable
{
    // COMMITTEE is to be replaced.
    const string Three = """
        name: three
        data: { name: synthetic, validation: 100 }
        defaults: { epochs: 4, batch: 64 }
        stages:
          one: { train: resnet-8 }
          other: { train: resnet-14, seeds: [2, 5] }
          committee: { ensemble: COMMITTEE }
        seeds: [1, 2, 3]
        """;

    readonly RecipeFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Of_one_stage_all_seeds_are_one_ensemble()
    {
        var committee = Assert.Single(Plan("one"));
        Assert.Equal([("one", 1), ("one", 2), ("one", 3)], committee.From.Select(member => (member.Stage!.Name, member.Stage.Seed)));
        Assert.Equal(("mean(3 resnet-8)", 1), (committee.Model, committee.Seed));
    }

    [Fact]
    public void Of_several_stages_each_seed_has_its_ensemble()
    {
        var committees = Plan("[one, other]");
        Assert.Equal([1, 2, 3, 5], committees.Select(committee => committee.Seed));
        Assert.Equal([(1, 2), (2, 2), (3, 2), (1, 5)], committees.Select(committee => (committee.From[0].Stage!.Seed, committee.From[1].Stage!.Seed)));
        Assert.All(committees, committee => Assert.Equal("mean(resnet-8, resnet-14)", committee.Model));
        Assert.Equal([3], Plan("[one, other], seeds: [3]").Select(committee => committee.Seed));
    }

    [Fact]
    public void Over_says_which_of_both_it_is()
    {
        Assert.Equal("mean(3 resnet-8, 2 resnet-14)", Assert.Single(Plan("[one, other], over: seeds")).Model);
        Assert.Equal(["mean(resnet-8)", "mean(resnet-8)", "mean(resnet-8)"], Plan("one, over: stages").Select(committee => committee.Model));
        Assert.Equal("logit-mean(3 resnet-8)", Assert.Single(Plan("one, mean: logits")).Model);
    }

    [Theory]
    [InlineData("[one], mean: probabilities, over: seeds", true)]
    [InlineData("one, data: { validation: 100 }", true)]
    [InlineData("one, mean: logits", false)]
    [InlineData("other", false)]
    [InlineData("one, data: { validation: 50 }", false)]
    public void Its_key_is_its_members_its_mean_and_what_it_is_scored_on(string committee, bool same) => Assert.Equal(same, Plan("one")[0].Key == Plan(committee)[0].Key);

    [Fact]
    public void A_member_that_is_trained_otherwise_changes_it_and_a_name_does_not()
    {
        var text = Three.With("COMMITTEE", "one");
        var key = Key(text);
        Assert.Equal(key, Key(text.With("committee:", "board:").With("name: three", "name: four")));
        Assert.NotEqual(key, Key(text.With("train: resnet-8", "train: resnet-8, epochs: 5")));
        Assert.Equal(key, Key(RecipeFile.Write(folder.Read(text))));

        string Key(string recipe) => StagePlan.Of(folder.Read(recipe))[^1].Key;
    }

    [Fact]
    public void Shared_settings_are_not_its_own()
    {
        var written = RecipeFile.Write(folder.Read(Three.With("COMMITTEE", "one")));
        Assert.EndsWith("  committee: {ensemble: [one]}\nseeds: [1, 2, 3]\n", written.Replace("\r", ""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[one, nobody]", "no stage is called 'nobody'")]
    [InlineData("one, epochs: 3", "'epochs' in an ensemble, which trains nothing")]
    [InlineData("one, train: resnet-8", "'train' in an ensemble, which trains nothing")]
    [InlineData("one, load: other", "'load' in an ensemble, which trains nothing")]
    [InlineData("one, objectives: [cross-entropy]", "'objectives' in an ensemble, which trains nothing")]
    [InlineData("one, seeds: [1, 2]", "committee takes every seed of its members")]
    [InlineData("[one, one]", "'one' stands twice in ensemble")]
    [InlineData("[]", "committee is an ensemble of nothing")]
    [InlineData("committee", "committee needs itself")]
    [InlineData("one }\n  board: { ensemble: committee", "board is an ensemble of an ensemble, committee")]
    [InlineData("one }\n  odd: { train: resnet-8, over: seeds", "'over' in a stage that is no ensemble")]
    [InlineData("one }\n  odd: { train: resnet-8, mean: logits", "'mean' in a stage that is no ensemble")]
    public void What_it_cannot_be_is_said(string committee, string expected) => Assert.Contains(expected, folder.Errors(Three.With("COMMITTEE", committee)));

    [Fact]
    public void It_teaches_like_any_stage()
    {
        const string Student = "one }\n  student: { distil: resnet-8, from: committee, objectives: [soft-targets] }";
        var student = StagePlan.Of(folder.Read(Three.With("COMMITTEE }", Student))).First(stage => stage.Name == "student");
        Assert.Equal("mean(3 resnet-8)", Assert.Single(student.From).Stage!.Model);
    }

    PlannedStage[] Plan(string committee) => [.. StagePlan.Of(folder.Read(Three.With("COMMITTEE", committee))).Where(stage => stage.Name == "committee")];
}
