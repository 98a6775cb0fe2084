using System.Text.Json;
using System.Text.Json.Nodes;
using Limbeck.Lab.Recipes;
using Limbeck.Lab.Search;
using Limbeck.Training;

namespace Limbeck.Lab.Runs;

/// <summary>
/// Makes the searches of a run, one after the other. A trial is the recipe with other values, as overrides of a command line would set them: its stages are planned
/// and run like any others, and reused where they are finished.
/// </summary>
/// <param name="folder">The run, with the journal that is all the memory of a search.</param>
/// <param name="train">Trains stages that are planned, or finds them finished.</param>
/// <param name="tell">Who is told.</param>
sealed class RecipeSearch(RunFolder folder, RecipeSearch.Train train, Action<TrainingEvent> tell)
{
    readonly List<string> found = ["~search"];

    /// <summary>Trains stages, each after those that it needs.</summary>
    internal delegate IReadOnlyDictionary<PlannedStage, FitResult> Train(IReadOnlyList<PlannedStage> plan, Action<TrainingEvent> tell, CancellationToken stop);

    /// <summary>Searches, or goes on with it; gives the recipe with the best values in place of its searches.</summary>
    /// <exception cref="DivergedException">No trial of a search came to its end.</exception>
    internal (Recipe Recipe, IReadOnlyList<SearchResult> Results) Run(Recipe recipe, CancellationToken stop)
    {
        if (recipe.Search.Count == 0) return (recipe, []);
        using var journal = new Journal(folder.Journal);
        var results = recipe.Search.Select(search => Run(search.Key, search.Value, journal.Open(search.Key, search.Value.Parameters), stop)).ToList();
        var best = Read([]);
        AtomicText.Write(folder.Found, RecipeFile.Write(best));
        return (best, results);
    }

    SearchResult Run(string stage, SearchRecipe search, Study study, CancellationToken stop)
    {
        ISampler sampler = search.Sampler switch
        {
            SamplerKind.Grid => new GridSampler(),
            SamplerKind.Random => new RandomSampler(search.Seed),
            _ => new TpeSampler(search.Seed, new() { Startup = search.Startup }),
        };
        var recipe = Read([]);
        var seeds = search.Seeds ?? [(recipe.Stages[stage].Seeds ?? recipe.Seeds)[0]];
        var unchanged = StagePlan.Of(recipe).Select(planned => planned.Key).ToHashSet(StringComparer.Ordinal);
        while (study.Trials.Count(trial => trial.State != TrialState.Running) < search.Count)
        {
            var trial = study.Next(sampler);
            var plan = new TrialPlan(Read(Changes(search, trial)), stage, seeds, unchanged, trial.Number + 1);
            new TrialRun(stage, search, study, trial, plan, train, tell).Run(stop);
        }

        var best = study.Best ?? throw new DivergedException($"none of the {study.Trials.Count} trials of {stage} came to its end: the trainings diverged. Search smaller learning rates or weights.");
        found.AddRange(Changes(search, best));
        return new SearchResult(stage, Word(search.Sampler), Pruning(search.Prune), seeds, Spaces(search), best.Number + 1,
            [.. study.Trials.Select(trial => new TrialResult(trial.Number + 1, Word(trial.State), Values(search, trial), trial.Value))]);
    }

    Recipe Read(IEnumerable<string> changes) => RecipeFile.Read(folder.Recipe, Words.Vocabulary, overrides: [.. found, .. changes]);

    static IEnumerable<string> Changes(SearchRecipe search, Trial trial) => Settings(search, trial).Select(setting => $"stages.{setting.Path}={setting.Value.ToJsonString()}");

    /// <summary>What a trial sets, as recipes write it.</summary>
    internal static IReadOnlyDictionary<string, string> Values(SearchRecipe search, Trial trial) =>
        new OrderedDictionary<string, string>(Settings(search, trial).Select(setting => KeyValuePair.Create(setting.Path, setting.Value.ToString())), StringComparer.Ordinal);

    static IEnumerable<(string Path, JsonNode Value)> Settings(SearchRecipe search, Trial trial) => search.Space.SelectMany(value => value.Value.Settings(value.Key, trial.Values[value.Key]));

    static OrderedDictionary<string, string> Spaces(SearchRecipe search) => new(search.Space.SelectMany(value => value.Value.Describe(value.Key)), StringComparer.Ordinal);

    static string? Pruning(PruneRecipe? prune) => prune is null ? null : $"one in {prune.Factor} goes on after epoch {prune.After}, and each time that these are multiplied by {prune.Factor}";

    static string Word<T>(T name) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(name.ToString());
}
