using Limbeck.Lab.Recipes;

namespace Limbeck.Lab.Runs;

/// <summary>The stages of one trial, each after those that it needs. Those that the trial changes are called after it in events and logs.</summary>
sealed class TrialPlan
{
    readonly OrderedDictionary<string, PlannedStage> stages = new(StringComparer.Ordinal);
    readonly IReadOnlySet<string> unchanged;
    readonly int trial;

    /// <summary>Plans a trial.</summary>
    /// <param name="recipe">The recipe with the trial's values.</param>
    /// <param name="searched">The stage that is searched.</param>
    /// <param name="seeds">Its seeds in the search.</param>
    /// <param name="unchanged">Keys of the stages as they are without the trial's values.</param>
    /// <param name="trial">The trial's number, counted from 1.</param>
    internal TrialPlan(Recipe recipe, string searched, IReadOnlyList<int> seeds, IReadOnlySet<string> unchanged, int trial)
    {
        (this.unchanged, this.trial) = (unchanged, trial);
        var changed = new OrderedDictionary<string, StageRecipe>(recipe.Stages) { [searched] = recipe.Stages[searched] with { Seeds = seeds } };
        Repetitions = [.. StagePlan.Of(recipe with { Stages = changed }).Where(stage => stage.Name == searched).Select(Add)];
    }

    /// <summary>The searched stage, for each seed of the search.</summary>
    internal IReadOnlyList<PlannedStage> Repetitions { get; }

    /// <summary>All stages.</summary>
    internal IReadOnlyList<PlannedStage> Stages => [.. stages.Values];

    /// <summary>The stages that one repetition needs, and itself.</summary>
    internal IReadOnlyList<PlannedStage> Until(PlannedStage repetition)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        Need(repetition);
        return [.. stages.Values.Where(stage => needed.Contains(stage.Key))];

        void Need(PlannedStage stage)
        {
            if (!needed.Add(stage.Key)) return;
            foreach (var parent in stage.Needs) Need(parent);
        }
    }

    /// <summary>What a stage that a trial changes is called in that trial.</summary>
    internal static string NameIn(int trial, string stage) => $"{stage}, trial {trial}";

    PlannedStage Add(PlannedStage stage)
    {
        if (stages.TryGetValue(stage.Key, out var known)) return known;
        var named = stage with
        {
            Name = unchanged.Contains(stage.Key) ? stage.Name : NameIn(trial, stage.Name),
            From = [.. stage.From.Select(Named)],
            Load = stage.Load is null ? null : Named(stage.Load),
        };
        stages.Add(stage.Key, named);
        return named;
    }

    StageParent Named(StageParent parent) => parent.Stage is null ? parent : parent with { Stage = Add(parent.Stage) };
}
