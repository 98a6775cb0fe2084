using Limbeck.Lab.Recipes;
using Limbeck.Lab.Runs;

namespace Limbeck.Lab.Tests.Runs;

/// <summary>A folder with a recipe in it.</summary>
sealed class TinyPlan : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("limbeck-plan-");

    internal TinyPlan(string recipe) => File.WriteAllText(Path.Combine(folder.FullName, "recipe.yaml"), recipe);

    internal string this[string name] => Path.Combine(folder.FullName, name);

    internal Recipe Recipe => RecipeFile.Read(this["recipe.yaml"], Words.Vocabulary);

    internal IReadOnlyList<PlannedStage> Stages => StagePlan.Of(Recipe);

    internal RunFolder NewRun(string runs) => RunFolder.Create(this[runs], Recipe, scale: null, DateTimeOffset.Now);

    public void Dispose() => folder.Delete(recursive: true);
}
