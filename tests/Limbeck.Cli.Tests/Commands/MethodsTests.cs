using System.Text.Json;
using Limbeck.Lab.Recipes;
using Limbeck.Lab.Runs;
using Limbeck.Objectives;
using Limbeck.Synthesis;

namespace Limbeck.Cli.Tests.Commands;

public sealed class MethodsTests
{
    // Asked once: the two networks that all are measured between take most of the time.
    static readonly Lazy<IReadOnlyList<JsonElement>> Told = new(() => [.. JsonDocument.Parse(InProcess.Run("methods", "--json").With(0).Out).RootElement.EnumerateArray()]);

    [Fact]
    public void EveryMethodIsToldInFull()
    {
        Assert.Equal(Catalog.All.Select(entry => entry.Kind), Told.Value.Where(IsObjective).Select(NameOf));
        Assert.Equal(SynthesisCatalog.All.Select(entry => entry.Kind), Told.Value.Where(method => !IsObjective(method)).Select(NameOf));
        Assert.Distinct(Told.Value.Select(NameOf));
        foreach (var method in Told.Value)
        {
            Assert.NotEmpty(method.GetProperty("formula").GetString()!);
            foreach (var option in method.GetProperty("options").EnumerateArray())
            {
                var name = $"{NameOf(method)}.{NameOf(option)}";
                Assert.False(string.IsNullOrEmpty(option.GetProperty("summary").GetString()), $"{name} has no comment");
                Assert.All(option.GetProperty("choices").EnumerateObject(), choice => Assert.False(string.IsNullOrEmpty(choice.Value.GetString()), $"{name}: {choice.Name} has no comment"));
            }
        }
    }

    [Fact]
    public void EveryMethodsSnippetIsAGoodRecipe()
    {
        using var folder = new TempFolder();
        foreach (var method in Told.Value)
        {
            var recipe = RecipeFile.Read(folder.Write($"{NameOf(method)}.yaml", method.GetProperty("recipe").GetString()!), Words.Vocabulary);
            Assert.Equal(NameOf(method), IsObjective(method) ? recipe.Stages["student"].Objectives[^1].Kind : recipe.Stages["images"].Method!.Kind);
        }
    }

    [Fact]
    public void OneIsToldWithFormulaOptionsNeedsAndRecipe() => Golden.Verify("methods-soft-targets.txt", InProcess.Run("methods", "soft-targets").With(0).Out);

    [Fact]
    public void AMethodOfDatasetDistillationIsToldWithItsLoop() => Golden.Verify("methods-dsa.txt", InProcess.Run("methods", "dsa").With(0).Out);

    [Fact]
    public void ALoopIsThePapersAndNothingThatItLeavesAlone()
    {
        var loop = Told.Value.Single(method => NameOf(method) == "datm").GetProperty("loop").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!);
        Assert.Equal(["images-per-class", "iterations", "initial", "image-optimizer", "skip-above", "average"], loop.Keys);
        Assert.Equal(("10000", "0.9995"), (loop["iterations"], loop["average"]));
        Assert.Equal("{ kind: sgd, momentum: 0.5, nesterov: false, lr: 100, weight-decay: 0 }", loop["image-optimizer"]);
    }

    // Options that a method shares with others, but not all their defaults.
    [Fact]
    public void AnInheritedOptionHasTheDefaultThatTheMethodGivesIt()
    {
        Assert.Equal(["30", "80"], new[] { "mtt", "datm" }.Select(method => Default(method, "steps")));
        Assert.Equal(["0.01", "0.02"], new[] { "mtt", "dd" }.Select(method => Default(method, "step-size")));

        static string Default(string method, string option) => Told.Value.Single(one => NameOf(one) == method).GetProperty("options").EnumerateArray().Single(one => NameOf(one) == option).GetProperty("default").GetString()!;
    }

    [Fact]
    public void AllAreListedByWhatTheyCompare()
    {
        var listed = InProcess.Run("methods").With(0).Out;
        Assert.All(Catalog.Groups.Where(group => group.Entries.Count > 0), group => Assert.Contains($"\n  {group.Compares} ", "\n" + listed));
        Assert.All(Catalog.All, entry => Assert.Contains($"\n  {entry.Kind} ", listed));
        Assert.All(SynthesisCatalog.All, entry => Assert.Contains($"\n  {entry.Kind} ", listed));
    }

    [Fact]
    public void AMisspeltNameIsAnsweredWithTheNearest() =>
        Assert.Contains("did you mean 'soft-targets'?", InProcess.Run("methods", "soft-target").With(2).Error);

    // The pages in docs/methods are of this very code: LIMBECK_ACCEPT=1 writes them anew.
    [Fact]
    public void TheDocumentationIsUpToDate()
    {
        using var folder = new TempFolder();
        InProcess.Run("methods", "--markdown", folder["pages"]).With(0);
        var committed = Path.Combine(Repository.Root, "docs", "methods");
        if (Environment.GetEnvironmentVariable("LIMBECK_ACCEPT") == "1") Replace(committed, folder["pages"]);
        Assert.Equal(Pages(folder["pages"]), Pages(committed));
    }

    static bool IsObjective(JsonElement method) => method.GetProperty("key").GetString() == "objectives";

    static string NameOf(JsonElement element) => element.GetProperty("name").GetString()!;

    static void Replace(string old, string made)
    {
        if (Directory.Exists(old)) Directory.Delete(old, recursive: true);
        Directory.CreateDirectory(old);
        foreach (var page in Directory.EnumerateFiles(made)) File.Copy(page, Path.Combine(old, Path.GetFileName(page)));
    }

    static SortedDictionary<string, string> Pages(string folder) =>
        new(Directory.EnumerateFiles(folder).ToDictionary(page => Path.GetFileName(page), File.ReadAllText), StringComparer.Ordinal);
}
