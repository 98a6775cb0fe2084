using Limbeck.Data;
using Limbeck.Data.Distilled;
using Limbeck.Lab.Recipes;
using Limbeck.Synthesis;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Lab.Runs;

/// <summary>Looks at images while they are synthesised, and keeps those from which fresh networks learn best, as validation images tell. What it saw is kept: a run that goes on looks at nothing twice.</summary>
/// <param name="store">Where it keeps that.</param>
/// <param name="parts">What the stage is made of.</param>
/// <param name="how">How often, and by how many networks.</param>
sealed class ImageChoice(StageStore store, SynthesisParts parts, ChoiceSettings how)
{
    readonly string key = parts.Stage.ImagesKey!;
    readonly SortedDictionary<int, double> seen = store.Measured<SortedDictionary<int, double>>(parts.Stage.ImagesKey!, "looks") ?? [];

    // The test images are not even asked.
    readonly DataSplit real = parts.Data with { Validation = null, Test = parts.Data.Validation! };

    /// <summary>The best images so far, and the caller's.</summary>
    internal DistilledSet Best() => DistilledSet.Open(store.BestImages(key));

    /// <summary>Looks at the images after some iterations, where it is time.</summary>
    internal void Look(int iteration, Distillate images, CancellationToken stop)
    {
        if ((iteration % how.Every != 0 && iteration != parts.Learning.Iterations) || seen.ContainsKey(iteration)) return;
        using var set = parts.Pack(images, iteration);
        var options = parts.Stage.Recipe.Evaluation with { Networks = how.Networks };
        var accuracy = SetEvaluation.Run(set, real, parts.Stage.Model, options, seed: 1, parts.Teacher, stop: stop).Average(score => score.Test!.Accuracy);
        // Images first: killed in between, it looks again.
        if (seen.Values.All(earlier => accuracy > earlier)) set.Save(store.BestImages(key));
        seen[iteration] = accuracy;
        store.KeepMeasured(key, "looks", seen);
    }
}
