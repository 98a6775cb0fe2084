using Limbeck.Lab.Methods;
using Limbeck.Lab.Recipes;
using Limbeck.Lab.Runs;
using Limbeck.Objectives;
using Limbeck.Synthesis;

namespace Limbeck.Lab.Tests.Methods;

/// <summary>Runs the recipes that <c>limbeck methods NAME</c> prints, all of them, on few images.</summary>
public sealed class SnippetTests : IDisposable
{
    // One thread: work as small as this waits for the others longer than it runs. A small rate: what a teacher of two steps says is of any size.
    static readonly string[] Fewer = ["defaults.threads=1", "defaults.optimizer.lr=1e-3", "defaults.epochs=1", "defaults.batch=16", "data.classes=[0, 1]", "data.train=32", "data.validation=16"];

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("limbeck-snippets-");

    public void Dispose() => folder.Delete(recursive: true);

    // In one run, since all have the same teachers: that takes a third of the time of a run for each.
    [Fact]
    public void EverySnippetRunsAsItStands()
    {
        var recipes = Method.Of(Catalog.All).ToDictionary(method => method.Name, Read);
        var first = recipes.Values.First();
        Assert.All(recipes.Values, recipe => Assert.Equal(RecipeFile.Write(Only(first, "teacher")), RecipeFile.Write(Only(recipe, "teacher"))));
        var teachers = recipes.Values.SelectMany(recipe => recipe.Stages).Where(stage => stage.Key != "student").DistinctBy(stage => stage.Key).ToList();
        var together = first with { Stages = new OrderedDictionary<string, StageRecipe>([.. teachers, .. recipes.Select(one => KeyValuePair.Create(one.Key, one.Value.Stages["student"]))]) };

        var result = new Runner(folder.FullName).Run(RunFolder.Create(folder.FullName, together, null, DateTimeOffset.Now));
        Assert.All(result.Stages.Skip(teachers.Count), stage =>
        {
            var losses = Assert.Single(stage.Seeds[0].Fit.Epochs).Terms;
            Assert.Contains(stage.Name, losses.Keys);
            Assert.All(losses, loss => Assert.True(double.IsFinite(loss.Value), $"{stage.Name}: {loss.Key} is {loss.Value}"));
        });
    }

    // Two images, two classes, one update; experts as long as the method's starts want them.
    [Fact]
    public void EverySnippetOfDatasetDistillationRunsAsItStands()
    {
        string[] few = ["data.classes=[0, 1]", "data.train=64", "data.validation=16", "defaults.images-per-class=1", "defaults.evaluate={ networks: 1, epochs: 1 }", "defaults.threads=1"];
        foreach (var method in SynthesisMethod.Of(SynthesisCatalog.All))
        {
            var path = Path.Combine(folder.FullName, $"{method.Name}.yaml");
            File.WriteAllText(path, method.Recipe);
            string[] less = [.. few, .. method.Loop["iterations"] == "0" ? (string[])[] : ["stages.images.iterations=1"], .. method.NeedsExperts ? (string[])["stages.images.experts.count=1"] : []];
            var recipe = RecipeFile.Read(path, Words.Vocabulary, null, less);
            var result = new Runner(folder.FullName).Run(RunFolder.Create(folder.FullName, recipe, null, DateTimeOffset.Now));
            Assert.Equal((method.Name, 1), (recipe.Stages["images"].Method!.Kind, result.Stages[^1].Seeds.Count));
        }
    }

    static Recipe Only(Recipe recipe, string stage) => recipe with { Name = stage, Stages = new() { [stage] = recipe.Stages[stage] } };

    Recipe Read(Method method)
    {
        var path = Path.Combine(folder.FullName, $"{method.Name}.yaml");
        File.WriteAllText(path, method.Recipe);
        return RecipeFile.Read(path, Words.Vocabulary, null, Fewer);
    }
}
