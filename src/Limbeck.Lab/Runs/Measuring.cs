using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Limbeck.Data;
using Limbeck.Data.Distilled;
using Limbeck.Evaluation;
using Limbeck.Lab.Recipes;
using Limbeck.Lab.Recipes.Binding;
using Limbeck.Models;
using Limbeck.Torch.Tensors;
using Limbeck.Training;

namespace Limbeck.Lab.Runs;

/// <summary>Measures finished networks as the recipe asks. What one run has measured of a stage, no other measures again.</summary>
sealed class Measuring(Recipe recipe, StageStore store, DataShelf shelf, Action<TrainingEvent> tell)
{
    /// <summary>How the network of a stage bears disturbance; null where the recipe does not ask.</summary>
    internal Robustness? Robustness(PlannedStage stage)
    {
        var fgsm = Asked<Fgsm.Options>() is { } attack ? Once(stage, "fgsm", attack, () => On(stage, new Fgsm(attack).Measure)) : null;
        var noise = Asked<WeightNoise.Options>() is { } weights ? Once(stage, "weight-noise", weights, () => On(stage, new WeightNoise(weights).Measure)) : null;
        return fgsm is null && noise is null ? null : new Robustness(fgsm, noise);
    }

    /// <summary>Where a stage's teachers put test images, and its network before and after training; null where the recipe does not ask.</summary>
    internal LatentSpace? Latent(PlannedStage stage) =>
        !stage.Recipe.IsEnsemble && Asked<LatentSpace.Options>() is { } options ? Once(stage, "latent-space", options, () => Draw(stage, new Plane(options))) : null;

    /// <summary>The share of a stage's synthetic images whose class its teacher tells; null without a teacher, or with one of other classes.</summary>
    internal double? Recognised(PlannedStage stage)
    {
        if (stage.From.Count != 1) return null;
        using var set = DistilledSet.Open(store.Images(stage.Key));
        using var images = set.ToDataset(hard: true);
        var weights = Weights(stage.From[0]);
        using var teacher = NetworkCard.Read(weights).Shown(Networks.Open(weights), shelf.Open(stage.Recipe.Data).Train);
        return teacher.Classes == images.Classes ? Answers.Of(teacher, images).Score(images).Accuracy : null;
    }

    LatentSpace Draw(PlannedStage stage, Plane plane)
    {
        using var scope = new Scope();
        var data = shelf.Open(stage.Recipe.Data);
        var images = LatentSpace.Choose(data.Test);
        var aligned = store.ReadAligned(stage.Key);
        return new LatentSpace(plane.Method, images.ClassNames, [.. images.Labels],
        [
            .. stage.From.Select(teacher => Draw(() => NetworkCard.Read(Weights(teacher)).Shown(Networks.Open(Weights(teacher)), images), Name(teacher), "its teacher")),
            Draw(() => Networks.Begin(stage, data, Weights), stage.Name, "before training"),
            Draw(() => Networks.Open(store.Network(stage.Key)), stage.Name, "after training"),
            .. aligned.Count == 0 ? [] : plane.DrawTogether([.. stage.From.Select(Name).Prepend(stage.Name).Zip(aligned)]),
        ]);

        Embedding Draw(Func<Network> open, string name, string when)
        {
            using var scope = new Scope();
            using var network = open();
            return plane.Draw(name, when, Features.Of(network, images));
        }
    }

    static string Name(StageParent teacher) => teacher.Stage?.Name ?? Path.GetFileName(teacher.Checkpoint!);

    RobustnessCurve On(PlannedStage stage, Func<Network, ImageDataset, RobustnessCurve> measure)
    {
        using var network = Networks.Open(store.Network(stage.Key));
        return measure(network, shelf.Open(stage.Recipe.Data).Test);
    }

    T Once<T>(PlannedStage stage, string what, MeasureOptions options, Func<T> measure)
    {
        var asked = JsonSerializer.SerializeToUtf8Bytes(options, options.GetType(), RecipeContract.Writing);
        var name = $"{what}-{Convert.ToHexStringLower(SHA256.HashData(asked))[..16]}";
        if (store.Measured<T>(stage.Key, name) is { } known) return known;
        var watch = Stopwatch.StartNew();
        var found = measure();
        store.KeepMeasured(stage.Key, name, found);
        tell(new StageMeasured(what, watch.Elapsed.TotalSeconds) { Stage = stage.Name, Seed = stage.Seed });
        return found;
    }

    T? Asked<T>() where T : MeasureOptions => recipe.Measure.OfType<T>().FirstOrDefault();

    string Weights(StageParent parent) => parent.Checkpoint ?? store.Network(parent.Key);
}
