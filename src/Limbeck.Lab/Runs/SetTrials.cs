using Limbeck.Data.Distilled;
using Limbeck.Lab.Recipes;
using Limbeck.Training;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Lab.Runs;

/// <summary>Fresh networks that learn from a stage's images, and from what the recipe puts beside these, one after the other in an order that is always the same: of a stage that was stopped, what is done is kept.</summary>
/// <param name="store">Keeps scores, and the first network.</param>
/// <param name="parts">What the stage is made of.</param>
/// <param name="tell">Who is told of progress.</param>
sealed class SetTrials(StageStore store, SynthesisParts parts, Action<TrainingEvent> tell)
{
    // Networks of one seed of the stage do not share theirs with those of another.
    const int SeedsApart = 100;

    readonly EvaluationSettings settings = parts.Stage.Recipe.Evaluation;

    /// <summary>Trains what is left.</summary>
    /// <returns>All scores: first those of the stage's own model on its own images.</returns>
    /// <exception cref="DivergedException">A loss is not finite any more.</exception>
    internal IReadOnlyList<SetScore> Run(DistilledSet set, CancellationToken stop)
    {
        var scores = store.Measured<List<SetScore>>(parts.Stage.Key, "scores") ?? [];
        var plan = Plan(set).ToList();
        using var random = plan.Any(trial => IsRandom(trial.Variant)) ? RandomImages.Like(set, parts.Data.Train, parts.Stage.Seed, parts.Teacher?.Network) : null;
        while (scores.Count < plan.Count)
        {
            scores.Add(Train(plan[scores.Count], IsRandom(plan[scores.Count].Variant) ? random! : set, isFirst: scores.Count == 0, stop));
            store.KeepMeasured(parts.Stage.Key, "scores", scores);
        }

        return scores;
    }

    // Networks of other models learn from the images and the control; what tells labels and augmentation apart, the stage's own model tells.
    IEnumerable<Trial> Plan(DistilledSet set) =>
        from variant in Variants(set)
        from model in variant is SetVariant.Own or SetVariant.Random ? (IEnumerable<string>)[parts.Stage.Model, .. (settings.Across ?? []).Where(model => model != parts.Stage.Model)] : [parts.Stage.Model]
        from place in Enumerable.Range(1, settings.Networks)
        select new Trial(variant, model, (SeedsApart * parts.Stage.Seed) + place);

    IEnumerable<SetVariant> Variants(DistilledSet set)
    {
        var beside = settings.Beside ?? [];
        var control = beside.Contains(Control.Random) && RandomImages.CanBeLike(set, settings, parts.Teacher?.Network);
        yield return SetVariant.Own;
        if (control) yield return SetVariant.Random;
        if (beside.Contains(Control.HardLabels) && !IsHard(set.HasSoftLabels, settings)) yield return SetVariant.HardLabels;
        if (!beside.Contains(Control.Unaugmented)) yield break;
        yield return SetVariant.Unaugmented;
        if (control) yield return SetVariant.RandomUnaugmented;
    }

    /// <summary>Whether networks learn hard labels and nothing else in any case.</summary>
    internal static bool IsHard(bool softLabels, SetEvaluation.Options options) => (!softLabels || options.HardLabels) && options.TeacherWeight == 0;

    SetScore Train(Trial trial, DistilledSet set, bool isFirst, CancellationToken stop)
    {
        var options = trial.Variant switch
        {
            SetVariant.HardLabels => settings with { HardLabels = true, TeacherWeight = 0 },
            SetVariant.Unaugmented or SetVariant.RandomUnaugmented => settings with { Augmentation = null },
            _ => settings,
        };
        // Real images were made for no order of steps.
        if (IsRandom(trial.Variant)) options = options with { InOrder = null };
        using var network = parts.Fresh(trial.Model, SetEvaluation.WeightsOf(set, options, trial.Seed));
        var title = trial.Variant == SetVariant.Own && trial.Model == parts.Stage.Model ? parts.Stage.Name : $"{parts.Stage.Name}: {WordsOf(trial.Variant)}, {trial.Model}";
        var fit = SetEvaluation.Train(network, set, parts.Data, options, trial.Seed, parts.Teacher, Forward, stop);
        if (isFirst) Networks.Save(network, store.Network(parts.Stage.Key), parts.Stage, parts.Data);
        return new SetScore(network.Name, trial.Seed, fit.Last.Validation, fit.Last.Test, fit.Epochs[^1].Loss, fit.Seconds) { Variant = trial.Variant };

        // Of hundreds of epochs over a handful of images the log keeps the last.
        void Forward(TrainingEvent happened)
        {
            if (happened is not EpochDone { Test: null }) tell(happened with { Stage = title, Seed = trial.Seed });
        }
    }

    /// <summary>What a network learned from, as tables say it.</summary>
    internal static string WordsOf(SetVariant variant) => variant switch
    {
        SetVariant.Own => "its images",
        SetVariant.Random => "random images",
        SetVariant.HardLabels => "its images, hard labels",
        SetVariant.Unaugmented => "its images, not augmented",
        SetVariant.RandomUnaugmented => "random images, not augmented",
        _ => throw new ArgumentOutOfRangeException(nameof(variant), variant, "no words for it"),
    };

    static bool IsRandom(SetVariant variant) => variant is SetVariant.Random or SetVariant.RandomUnaugmented;

    sealed record Trial(SetVariant Variant, string Model, int Seed);
}
