using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Limbeck.Data;
using Limbeck.Data.Storage;
using Limbeck.Lab.Recipes;
using Limbeck.Lab.Recipes.Binding;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Lab.Runs;

/// <summary>Estimates time and memory of recipes from a few measured steps of each distinct kind: model, teachers, objectives, batch and images.</summary>
/// <remarks>What is measured for one recipe counts for the next: the scales of a recipe mostly differ in epochs and images, not in kind.</remarks>
/// <param name="runs">The folder of runs whose finished stages need not be run again.</param>
/// <param name="tell">Who is told what is being measured.</param>
public sealed class Calibration(string runs, Action<string>? tell = null) : IDisposable
{
    readonly StageStore store = new(Path.Combine(runs, ".stages"));
    readonly DataShelf shelf = new(new DataStore());
    readonly Dictionary<string, StageSpeed> measured = new(StringComparer.Ordinal);
    readonly Dictionary<string, SynthesisSpeed> measuredImages = new(StringComparer.Ordinal);
    // Images and experts of the recipe that several of its stages share: made once.
    readonly HashSet<string> shared = new(StringComparer.Ordinal);

    /// <summary>Estimates one recipe; takes a few seconds for each kind of stage that is new.</summary>
    /// <exception cref="DatasetNotFoundException">A dataset is not on this machine.</exception>
    /// <exception cref="Training.FitException">The parts of a stage do not fit together.</exception>
    public Estimate Of(Recipe recipe)
    {
        shared.Clear();
        var plan = StagePlan.Of(recipe);
        StageEstimate[] stages = [.. recipe.Search.Select(search => Of(search.Value, plan.First(stage => stage.Name == search.Key))), .. plan.GroupBy(stage => stage.Name).Select(seeds => Of([.. seeds]))];
        using var process = Process.GetCurrentProcess();
        return new Estimate(stages, stages.Sum(stage => stage.Seconds), process.PeakWorkingSet64);
    }

    /// <summary>Frees the data.</summary>
    public void Dispose() => shelf.Dispose();

    StageEstimate Of(IReadOnlyList<PlannedStage> seeds)
    {
        var stage = seeds[0];
        var data = shelf.Open(stage.Recipe.Data);
        if (stage.Recipe.IsSynthesis) return OfSynthesis(seeds, data);
        var finished = seeds.Count(seed => store.Find(seed.Key) is not null);
        var estimate = new StageEstimate(stage.Name, stage.Model, Teacher(stage), stage.Recipe.IsEnsemble ? 0 : stage.Recipe.Epochs,
            (data.Train.Count + stage.Recipe.Batch - 1) / stage.Recipe.Batch, seeds.Count, finished, StepSeconds: null, Seconds: 0);
        if (finished == seeds.Count) return estimate;
        var speed = Speed(stage, data);
        return estimate with { StepSeconds = stage.Recipe.IsEnsemble ? null : speed.SecondsPerImage * stage.Recipe.Batch, Seconds = (seeds.Count - finished) * speed.SecondsOf(stage, data) };
    }

    StageEstimate OfSynthesis(IReadOnlyList<PlannedStage> seeds, DataSplit data)
    {
        var stage = seeds[0];
        using var teachers = new Teachers(stage.From.Select((parent, k) => StageSpeed.Teacher(parent, stage, k, shelf)));
        var parts = new SynthesisParts(stage, data, teachers.All is [var teacher] ? teacher : null);
        PlannedStage[] left = [.. seeds.Where(seed => store.Find(seed.Key) is null)];
        var estimate = new StageEstimate(stage.Name, stage.Model, Teacher(stage), parts.Learning.Iterations, Steps: 1, seeds.Count, seeds.Count - left.Length, StepSeconds: null, Seconds: 0);
        if (left.Length == 0) return estimate;
        var speed = Speed(parts);
        return estimate with { StepSeconds = speed.IterationSeconds, Seconds = left.Sum(Seconds) };

        double Seconds(PlannedStage seed)
        {
            if (File.Exists(store.Images(seed.ImagesKey!)) || !shared.Add(seed.ImagesKey!)) return speed.SecondsOfEvaluation(parts);
            var experts = seed.ExpertsKey is { } key && shared.Add(key) ? speed.SecondsOfExperts(parts, ExpertFolder.Missing(store.Experts(key), stage.Recipe.Experts!.Count).Count) : 0;
            return experts + speed.SecondsOfImages(parts) + speed.SecondsOfEvaluation(parts);
        }
    }

    // As if every trial were trained to its end: what pruning saves, nobody knows before.
    StageEstimate Of(SearchRecipe search, PlannedStage stage)
    {
        var data = shelf.Open(stage.Recipe.Data);
        var trainings = search.Count * (search.Seeds?.Count ?? 1);
        var speed = Speed(stage, data);
        return new StageEstimate($"{search.Count} trials of {stage.Name}", stage.Recipe.Model, Teacher(stage), stage.Recipe.Epochs, (data.Train.Count + stage.Recipe.Batch - 1) / stage.Recipe.Batch,
            trainings, Finished: 0, speed.SecondsPerImage * stage.Recipe.Batch, trainings * speed.SecondsOf(stage, data));
    }

    StageSpeed Speed(PlannedStage stage, DataSplit data)
    {
        var kind = Kind(stage, data.Train.Classes);
        if (measured.TryGetValue(kind, out var speed)) return speed;
        tell?.Invoke($"measuring {stage.Model}{(Teacher(stage) is { } from ? $" from {from}" : "")}, batch {stage.Recipe.Batch}");
        return measured[kind] = StageSpeed.Measure(stage, shelf);
    }

    static string? Teacher(PlannedStage stage) =>
        stage.From.Count == 0 || stage.Recipe.IsEnsemble ? null : string.Join(" + ", stage.From.Select(parent => parent.Stage?.Model ?? Path.GetFileName(parent.Checkpoint)));

    SynthesisSpeed Speed(SynthesisParts parts)
    {
        var kind = SynthesisSpeed.Kind(parts);
        if (measuredImages.TryGetValue(kind, out var speed)) return speed;
        tell?.Invoke($"measuring {parts.Stage.Recipe.Method!.Kind} for {parts.Stage.Model}, {parts.Learning.ImagesPerClass * parts.Data.Classes} images");
        return measuredImages[kind] = SynthesisSpeed.Measure(parts);
    }

    // All that the time of a step depends on. Of an objective's options the words and the lengths of lists, such as which layers are compared; numbers mostly change what comes out, and not how long it takes.
    static string Kind(PlannedStage stage, int classes) => string.Join('|',
    [
        stage.Model, Teacher(stage), stage.Recipe.Batch, stage.Recipe.Optimizer.GetType().Name, stage.Recipe.Clip is not null, stage.Recipe.Metaparameters,
        stage.Recipe.Data.Name, classes, .. stage.Recipe.Data.Augment, .. stage.Recipe.Objectives.Select(objective => $"{objective.Kind} {Words(JsonSerializer.SerializeToNode(objective.Options, objective.Options.GetType(), RecipeContract.Writing))}"),
    ]);

    static string Words(JsonNode? options) => options switch
    {
        JsonObject map => string.Join(' ', map.Select(option => $"{option.Key}:{Words(option.Value)}")),
        JsonArray list => $"[{string.Join(' ', list.Select(Words))}]",
        JsonValue value when value.GetValueKind() != JsonValueKind.Number => value.ToString(),
        _ => "",
    };
}
