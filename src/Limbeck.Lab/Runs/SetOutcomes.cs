using Limbeck.Evaluation;
using Limbeck.Lab.Recipes;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Lab.Runs;

/// <summary>Puts together what networks came to that learned from synthetic images.</summary>
static class SetOutcomes
{
    /// <summary>The stages, those that synthesise with their outcome.</summary>
    /// <param name="stages">All of them.</param>
    /// <param name="seeds">What each of their seeds came to.</param>
    /// <param name="sets">Their images.</param>
    internal static IReadOnlyList<StageResult> Into(IReadOnlyList<StageResult> stages, IReadOnlyDictionary<PlannedStage, SeedResult> seeds, IReadOnlyList<SetPicture> sets) =>
        [.. stages.Select(stage => sets.FirstOrDefault(set => set.Stage == stage.Name) is { } set ? stage with { Images = Of(stage, set, [.. seeds.Where(seed => seed.Key.Name == stage.Name)], stages) } : stage)];

    // Null where it would say no more than the stage's own row.
    static SetOutcome? Of(StageResult stage, SetPicture set, IReadOnlyList<KeyValuePair<PlannedStage, SeedResult>> seeds, IReadOnlyList<StageResult> stages)
    {
        var asked = seeds[0].Key.Recipe.Evaluation;
        if (asked is { Across: null or [], Beside: null or [], Whole: null }) return null;
        var cells = seeds.SelectMany(seed => (seed.Value.Fit.Networks ?? []).Concat(seed.Value.Fit.Beside ?? [])).Where(score => score.Test is not null)
            .GroupBy(score => (score.Network, score.Variant)).Select(group => new SetCell(group.Key.Network, group.Key.Variant, [.. group.Select(score => score.Test!.Accuracy)])).ToList();
        var missing = new List<string>();
        var (whole, own, random) = (Whole(stage, asked.Whole, stages, missing), Mean(SetVariant.Own), Mean(SetVariant.Random));
        // Hard labels and nothing else: then the set's own networks are those.
        var hard = Mean(SetVariant.HardLabels) ?? (SetTrials.IsHard(set.SoftLabels, asked) ? own : null);
        if (hard is null) missing.Add("HLR and LRS: no network learned the images with hard labels; put hard-labels beside them");
        if (random is null)
        {
            missing.Add((asked.Beside ?? []).Contains(Control.Random)
                ? "IOR, LRS and ARS: labels are soft, and there is no teacher to label random images; name one with 'from'"
                : "IOR, LRS and ARS: no network learned from random images; put random beside the images");
        }
        else if (Mean(SetVariant.RandomUnaugmented) is null)
        {
            missing.Add("ARS: no network learned without augmentation; put unaugmented beside the images");
        }

        return new(cells, DistillationScores.Of(whole, hard, own, random, Mean(SetVariant.Unaugmented), Mean(SetVariant.RandomUnaugmented)), missing);

        double? Mean(SetVariant variant) => cells.FirstOrDefault(cell => cell.Network == stage.Model && cell.Variant == variant)?.Mean;
    }

    static double? Whole(StageResult stage, string? name, IReadOnlyList<StageResult> stages, List<string> missing)
    {
        var named = stages.FirstOrDefault(other => other.Name == name);
        var why = name is null ? "no stage that trains on all real images is named by evaluate.whole"
            : named is null ? $"{name} was left out"
            : named.Model != stage.Model ? $"{name} trains a {named.Model}, and the images are for a {stage.Model}"
            : null;
        if (why is not null) missing.Add($"HLR and LRS: {why}");
        return why is null ? named!.Seeds.Average(seed => seed.Fit.Chosen.Test?.Accuracy) : null;
    }
}
