using System.Text.Json;
using System.Text.Json.Nodes;
using Limbeck.Lab.Recipes.Binding;
using Limbeck.Lab.Recipes.Syntax;

namespace Limbeck.Lab.Recipes;

/// <summary>Recipes as YAML files.</summary>
/// <remarks>
/// A file is read in this order, and each step is a patch over the one before: what it <c>extends</c>, itself, the chosen one of its
/// <c>scales</c>, the command line's overrides. A patch merges maps key by key and replaces everything else; a map of another <c>kind</c>
/// is replaced whole.
/// Then stages with <c>vary</c> become one for each combination, and <c>paths</c> become stages, and <c>data</c> and <c>defaults</c> go under every stage in the same way.
/// </remarks>
public static class RecipeFile
{
    /// <summary>Reads a recipe, resolves it and checks all of it.</summary>
    /// <param name="path">The YAML file.</param>
    /// <param name="vocabulary">The names that it may use.</param>
    /// <param name="scale">Which of the recipe's scales to take; null for the recipe as it stands. The other scales are checked too.</param>
    /// <param name="overrides">Changes: <c>stages.student.epochs=3</c>, <c>stages.student.objectives[0].weight=2</c>, <c>~defaults.clip</c>.</param>
    /// <exception cref="RecipeException">Anything is wrong with it: all mistakes together, each with its place.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Recipe Read(string path, Vocabulary vocabulary, Scale? scale = null, IReadOnlyList<string>? overrides = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(vocabulary);
        var contract = RecipeContract.For(vocabulary);
        var findings = new Findings();
        var tree = RecipeTree.Load(path, findings);
        if (tree is null) findings.ThrowIfAny();
        var patches = RecipeTree.Scales(tree!, findings);
        var bare = tree!.Without("scales");
        if (scale is { } wanted && !patches.ContainsKey(wanted))
        {
            var at = tree.Entries.TryGetValue("scales", out var scales) ? scales.Key : tree.At;
            findings.Add(at, $"the recipe has no scale '{wanted.ToString().ToLowerInvariant()}'");
        }

        var chosen = scale is { } s && patches.TryGetValue(s, out var patch) ? Patch.Over(bare, patch) : bare;
        var json = Bind(LeftOut.Settle(chosen, Override.Apply(chosen, overrides ?? [], findings)), contract, vocabulary, findings);
        foreach (var (_, other) in patches.Where(p => p.Key != scale)) Bind(Patch.Over(bare, other), contract, vocabulary, findings);
        findings.ThrowIfAny();
        return json.Deserialize<Recipe>(contract)!;
    }

    /// <summary>The scales that a recipe has, from the smallest on.</summary>
    /// <exception cref="RecipeException">The file is not YAML, or its scales are no map.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<Scale> Scales(string path)
    {
        var findings = new Findings();
        var tree = RecipeTree.Load(path, findings);
        var scales = tree is null ? [] : RecipeTree.Scales(tree, findings).Keys.Order().ToArray();
        findings.ThrowIfAny();
        return scales;
    }

    /// <summary>The files that a recipe extends, and that those extend, the nearest first.</summary>
    /// <exception cref="RecipeException">One of them is not there, or not YAML, or they extend each other.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<string> Bases(string path)
    {
        var (findings, chain) = (new Findings(), new List<string>());
        RecipeTree.Load(path, findings, chain);
        findings.ThrowIfAny();
        return chain[1..];
    }

    /// <summary>The recipe as YAML, resolved: every stage in full and every default written out. Reading it again gives the same stage keys.</summary>
    public static string Write(Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var json = JsonSerializer.SerializeToNode(recipe with { Defaults = null, Paths = null }, RecipeContract.Writing)!.AsObject();
        foreach (var stage in json["stages"]!.AsObject().Select(s => s.Value!.AsObject()))
        {
            if (JsonNode.DeepEquals(stage["data"], json["data"])) stage.Remove("data");
            if (stage["ensemble"] is JsonArray { Count: > 0 } || stage["synthesize"] is not null) RemoveSettings(stage);
            RemoveEmpty(stage);
        }
        RemoveEmpty(json);
        return YamlText.Write(json);
    }

    /// <summary>Keys that say nothing where a recipe or a stage lacks them. In data, null may have to overrule the recipe's.</summary>
    private static void RemoveEmpty(JsonObject map)
    {
        foreach (var (key, _) in map.Where(e => e.Value is null or JsonArray { Count: 0 } or JsonObject { Count: 0 }).ToList())
            map.Remove(key);
    }

    /// <summary>How a network is trained: an ensemble is not, and one that learns from synthetic images as they ask. Only these may say their number of threads.</summary>
    private static void RemoveSettings(JsonObject stage)
    {
        foreach (var setting in RecipeContract.Settings.Where(setting => setting != "threads" || stage[setting] is null)) stage.Remove(setting);
    }

    private static JsonNode? Bind(MapNode tree, JsonSerializerOptions contract, Vocabulary vocabulary, Findings findings)
    {
        tree = VariedStages.Expand(tree, findings);
        var known = contract.GetTypeInfo(typeof(DefaultSettings)).Settable().Select(p => p.Name).ToHashSet();
        var shared = RecipeTree.Shared(ref tree, known);
        // Paths make stages: with a mistake in them, nothing can be said of what names those.
        if (!MakePaths(ref tree, shared, known, new(contract, vocabulary, [], findings), findings)) return null;
        tree = RecipeTree.Complete(tree, shared);
        StageRules.Check(tree, vocabulary, findings);
        IReadOnlyCollection<string> stages = tree["stages"] is MapNode map ? [.. map.Entries.Keys] : [];
        var binder = new Binder(contract, vocabulary, stages, findings);
        SearchRules.Check(tree, binder, findings);
        return binder.Bind(tree, typeof(Recipe), new("the recipe", tree.At with { Length = 1 }));
    }

    /// <summary>Puts the stages of its paths under the tree's own; false with findings.</summary>
    private static bool MakePaths(ref MapNode tree, MapNode shared, IReadOnlySet<string> known, Binder binder, Findings findings)
    {
        if (tree["paths"] is null || tree["stages"] is not (null or MapNode)) return true;
        var before = findings.Count;
        var paths = tree.Entries["paths"];
        if (paths.Value is MapNode map) paths = paths with { Value = PathStages.Complete(map, shared, known) };
        binder.Bind(paths.Value, typeof(PathsRecipe), new("paths", paths.Key));
        if (findings.Count > before) return false;
        var stages = PathStages.Under(tree["stages"] as MapNode, (MapNode)paths.Value, findings);
        tree = tree.With("paths", paths).With("stages", new(tree.Entries.GetValueOrDefault("stages", paths).Key, stages));
        return true;
    }
}
