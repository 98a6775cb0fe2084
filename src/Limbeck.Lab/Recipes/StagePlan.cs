using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Limbeck.Lab.Recipes.Binding;
using Limbeck.Models;

namespace Limbeck.Lab.Recipes;

/// <summary>The stages of a recipe for all their seeds, every one after those that it needs, each with the key that it is reused by.</summary>
/// <remarks>
/// A key is the SHA-256 of a canonical JSON text: format version, seed, model, data, settings and objectives with every default written out and
/// names sorted, the keys of the parents, and the fingerprints of files. Names of recipes and stages, descriptions, published numbers, threads
/// and prefetch do not enter.
/// A stage takes from another the run with its own seed or, where the other has no such seed, the run with the other's first. An ensemble over seeds takes all of them,
/// and counts as one run, of the first of its members' seeds: nothing in it is random.
/// </remarks>
public sealed class StagePlan
{
    // Raised when the same recipe begins to mean another computation.
    private const int Format = 1;

    private readonly Recipe _recipe;
    private readonly OrderedDictionary<(string Stage, int Seed), PlannedStage> _planned = [];
    private readonly Dictionary<string, string> _fingerprints = [];

    private StagePlan(Recipe recipe) => _recipe = recipe;

    /// <summary>The plan of a recipe that <see cref="RecipeFile.Read"/> has checked.</summary>
    /// <exception cref="IOException">A checkpoint or data path of the recipe cannot be read.</exception>
    public static IReadOnlyList<PlannedStage> Of(Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var plan = new StagePlan(recipe);
        foreach (var name in recipe.Stages.Keys)
        {
            foreach (var seed in plan.Seeds(name)) plan.Add(name, seed);
        }
        return [.. plan._planned.Values];
    }

    private IReadOnlyList<int> Seeds(string name) => _recipe.Stages[name] switch
    {
        { Seeds: { } own } => own,
        { IsEnsemble: true } ensemble => [.. ensemble.Ensemble.SelectMany(Seeds).Distinct().Take(ensemble.IsOverSeeds ? 1 : int.MaxValue)],
        _ => _recipe.Seeds,
    };

    private PlannedStage Add(string name, int seed)
    {
        if (_planned.TryGetValue((name, seed), out var known)) return known;
        var stage = _recipe.Stages[name];
        var from = stage switch
        {
            { IsEnsemble: true, IsOverSeeds: true } => stage.Ensemble.SelectMany(member => Seeds(member).Select(each => Parent(member, each))).ToList(),
            { IsEnsemble: true } => [.. stage.Ensemble.Select(member => Parent(member, seed))],
            _ => [.. stage.From.Select(parent => Parent(parent, seed))],
        };
        var load = stage.Load is null ? null : Parent(stage.Load, seed);
        var planned = new PlannedStage(name, seed, Key(stage, seed, from, load), stage, from, load)
        {
            ImagesKey = stage.IsSynthesis ? Key(stage, seed, from, load, imagesAlone: true) : null,
            ExpertsKey = stage.Experts is null ? null : Key(stage with { Method = null, Choose = null, Experts = stage.Experts with { Seed = 1 } }, stage.Experts.Seed, stage.Experts.TeacherWeight > 0 ? from : [], load, imagesAlone: true),
        };
        _planned.Add((name, seed), planned);
        return planned;
    }

    private StageParent Parent(string name, int seed)
    {
        if (!_recipe.Stages.ContainsKey(name)) return new(name, null, Fingerprint(name));
        var seeds = Seeds(name);
        var stage = Add(name, seeds.Contains(seed) ? seed : seeds[0]);
        return new(null, stage, stage.Key);
    }

    private string Key(StageRecipe stage, int seed, IEnumerable<StageParent> from, StageParent? load, bool imagesAlone = false)
    {
        // Crop, flip and cutout are applied in the library's order, whatever the recipe's.
        var augment = stage.Data.Augment.OrderBy(kind => kind.GetType().Name, StringComparer.Ordinal);
        stage = stage with { Data = stage.Data with { Augment = [.. augment] }, Objectives = [.. stage.Objectives.Select(Placed)] };
        var all = new JsonObject
        {
            ["format"] = Format,
            ["seed"] = stage.IsEnsemble ? null : seed,
            ["mean"] = stage.IsEnsemble ? (stage.Mean ?? EnsembleMean.Probabilities).ToString() : null,
            ["stage"] = JsonSerializer.SerializeToNode(stage, RecipeContract.Keys),
            ["data-content"] = stage.Data.Path is null ? null : Fingerprint(stage.Data.Path),
            ["from"] = new JsonArray([.. from.Select(p => JsonValue.Create(p.Key))]),
            ["load"] = load?.Key,
            ["learning"] = stage.Method is not null ? JsonSerializer.SerializeToNode(stage.LearningOf(seed), RecipeContract.Keys) : null,
            // Images that are not looked at on the way are the same, whatever networks learn from them at the end.
            ["evaluation"] = stage.IsSynthesis && !(imagesAlone && stage.Choose is null) ? JsonSerializer.SerializeToNode(imagesAlone ? stage.Evaluation.Alone : stage.Evaluation, RecipeContract.Keys) : null,
            ["images-alone"] = imagesAlone ? true : null,
        };
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Sorted(all))));

        // Stages may be called otherwise in another recipe: a teacher's place among the teachers says which it is.
        ObjectiveRecipe Placed(ObjectiveRecipe objective) => objective.Teacher is { } name
            ? objective with { Teacher = stage.From.Index().First(teacher => teacher.Item == name).Index.ToString(CultureInfo.InvariantCulture) }
            : objective;
    }

    private string Fingerprint(string path)
    {
        if (!_fingerprints.TryGetValue(path, out var print)) _fingerprints.Add(path, print = ContentFingerprint.Of(path));
        return print;
    }

    // Without nulls, so that an option which is null by default can come later and leave the keys as they are.
    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Where(e => e.Value is not null).OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => KeyValuePair.Create(e.Key, Sorted(e.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
