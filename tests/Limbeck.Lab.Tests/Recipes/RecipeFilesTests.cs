using Limbeck.Data.Storage;
using Limbeck.Lab.Recipes;
using Limbeck.Lab.Runs;

namespace Limbeck.Lab.Tests.Recipes;

/// <summary>The recipes that come with Limbeck.</summary>
public sealed class RecipeFilesTests
{
    private static readonly string Root = FindRoot();

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, "recipes"), "*.yaml", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith(".base.yaml", StringComparison.Ordinal)).Select(f => Path.GetRelativePath(Root, f))];

    public static TheoryData<string> Papers => [.. Files.Select(row => row.Data).Where(f => f.Contains("papers", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Reads_at_every_scale_and_names_its_source(string file)
    {
        Assert.Equal([Scale.Smoke, Scale.Desk, Scale.Full], RecipeFile.Scales(Path.Combine(Root, file)));
        using var images = new RecipeFolder();
        foreach (var scale in new Scale?[] { null, Scale.Smoke, Scale.Desk, Scale.Full })
        {
            var recipe = RecipeFile.Read(Path.Combine(Root, file), Words.Vocabulary, scale);
            // Images that do not come with Limbeck: any file stands for their folder.
            if (recipe.Stages.Values.Any(stage => stage.Data.Path is not null)) recipe = RecipeFile.Read(Path.Combine(Root, file), Words.Vocabulary, scale, [$"data.path={images.Write("images", "some")}"]);
            Assert.Equal(Path.GetFileNameWithoutExtension(file), recipe.Name);
            Assert.NotEmpty(recipe.Description!);
            Assert.NotEmpty(StagePlan.Of(recipe));
            using var folder = new RecipeFolder();
            Assert.Equal(StagePlan.Of(recipe).Select(s => s.Key), StagePlan.Of(RecipeFile.Read(folder.Write("run.yaml", RecipeFile.Write(recipe)), Words.Vocabulary)).Select(s => s.Key));
            if (!file.Contains("papers")) continue;
            Assert.NotEmpty(recipe.Published);
            Assert.NotEmpty(recipe.Differences);
        }
    }

    /// <summary>What a smoke scale leaves out, it leaves at hours: each of its stages is short and has few images.</summary>
    [Theory]
    [MemberData(nameof(Papers))]
    public void A_smoke_scale_is_small(string file)
    {
        var recipe = RecipeFile.Read(Path.Combine(Root, file), Words.Vocabulary, Scale.Smoke);
        Assert.InRange(recipe.Seeds.Count, 1, 2);
        Assert.All(recipe.Stages.Where(stage => !stage.Value.IsEnsemble), stage =>
        {
            var (name, it) = stage;
            var images = it.Data.Train ?? it.Data.PerClass * 100 ?? (it.Data.Classes is { Count: <= 5 } classes ? 5000 * classes.Count : int.MaxValue);
            if (!it.IsSynthesis) Assert.True(images * it.Epochs <= 60_000, $"{name}: {it.Epochs} epochs of {images} images");
            else Assert.True(images <= 1000 && it.Iterations is <= 10, $"{name}: {it.Iterations} iterations with {images} images");
        });
    }

    /// <summary>On images made here, of the same shape: each objective finds its places in the networks that the recipe pairs. All of a pair's at once, for the networks' answers take the time.</summary>
    [Theory]
    [MemberData(nameof(Papers))]
    public void Every_objective_fits_its_networks(string file)
    {
        using var shelf = new DataShelf(new DataStore());
        var stages = RecipeFile.Read(Path.Combine(Root, file), Words.Vocabulary, Scale.Smoke).Stages;
        // A teacher of other data keeps its other classes.
        var elsewhere = stages.Where(stage => stage.Value.Data.Name != stages.Values.Last().Data.Name).Select(stage => $"stages.{stage.Key}.data={{ name: synthetic, validation: 100 }}");
        var recipe = RecipeFile.Read(Path.Combine(Root, file), Words.Vocabulary, Scale.Smoke, ["data.name=synthetic", "data.validation=100", "data.path=null", "data.size=null", .. elsewhere]);
        Rehearsal.Of(StagePlan.Of(recipe).Where(stage => !stage.Recipe.IsEnsemble).GroupBy(stage => (stage.Recipe.Model, string.Join(' ', stage.Recipe.From)))
            .Select(pair => pair.First() with
            {
                Recipe = pair.First().Recipe with
                {
                    Objectives = [.. pair.SelectMany(stage => stage.Recipe.Objectives)],
                    Metaparameters = pair.Select(stage => stage.Recipe.Metaparameters).FirstOrDefault(options => options is not null),
                },
            }), shelf);
    }

    [Fact]
    public void Quickstart_compares_students_that_differ_in_the_teacher_alone()
    {
        var recipe = RecipeFile.Read(Path.Combine(Root, "recipes/quickstart.yaml"), Words.Vocabulary);
        var (teacher, alone, student) = (recipe.Stages["teacher"], recipe.Stages["alone"], recipe.Stages["student"]);

        Assert.Equal(alone with { Train = null, Distil = student.Distil, From = student.From, Objectives = student.Objectives, Data = student.Data }, student);
        Assert.Equal((alone.Model, alone.Data.Train, alone.Data.Seed), (student.Model, student.Data.Train, student.Data.Seed));
        Assert.All([teacher, alone, student], s => Assert.Equal((2000, 1), (s.Data.Validation, s.Data.Seed)));
        Assert.Null(teacher.Data.Train);
        Assert.Equal(7, StagePlan.Of(recipe).Count);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Limbeck.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
