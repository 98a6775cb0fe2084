using System.Globalization;
using Limbeck.Lab.Recipes;
using Limbeck.Training;

namespace Limbeck.Lab.Runs;

/// <summary>Which stages of a plan are worth running: of the stages that made one network, a beam goes on from the best.</summary>
/// <remarks>It chooses by the validation images alone, as everything does that chooses; and by nothing but what the stages came to, so that a run that was stopped chooses the same again.</remarks>
static class Beam
{
    /// <summary>The stages, with all their seeds, that must be done or left out before it can be said whether a stage is run: its teacher's rivals.</summary>
    internal static IReadOnlyList<PlannedStage> Awaited(PlannedStage stage, IReadOnlyList<PlannedStage> plan)
    {
        if (stage.Recipe.Beam is null) return [];
        var rivals = Rivals(Teacher(stage), plan);
        return [.. plan.Where(other => rivals.Contains(other.Name))];
    }

    /// <summary>Why a stage is left out; null where it is run.</summary>
    /// <param name="stage">A stage, all of whose <see cref="Awaited"/> are done or left out.</param>
    /// <param name="plan">All stages of the run.</param>
    /// <param name="done">What the stages that are done came to.</param>
    internal static string? Refuses(PlannedStage stage, IReadOnlyList<PlannedStage> plan, IReadOnlyDictionary<PlannedStage, FitResult> done)
    {
        if (stage.Recipe.Beam is not { } width) return null;
        var teacher = Teacher(stage);
        // Equal ones keep the order of the recipe.
        var ranking = (from name in Rivals(teacher, plan)
                       let seeds = done.Where(other => other.Key.Name == name).Select(other => Accuracy(name, other.Value)).ToList()
                       where seeds.Count > 0
                       orderby seeds.Average() descending
                       select (Name: name, Accuracy: seeds.Average())).ToList();
        var rank = ranking.FindIndex(rival => rival.Name == teacher.Name);
        return rank < width ? null : string.Create(CultureInfo.InvariantCulture,
            $"{teacher.Name} is no. {rank + 1} of {ranking.Count} that came to {teacher.Recipe.Model}, with {100 * ranking[rank].Accuracy:0.00} % of the validation images right, and the beam goes on from {width}");
    }

    static PlannedStage Teacher(PlannedStage stage) => stage.From[0].Stage!;

    static List<string> Rivals(PlannedStage teacher, IReadOnlyList<PlannedStage> plan) =>
        [.. plan.Where(stage => stage.Recipe.Beam is not null).Select(Teacher).Where(other => other.Recipe.Model == teacher.Recipe.Model).Select(other => other.Name).Distinct(StringComparer.Ordinal)];

    static double Accuracy(string stage, FitResult fit) => fit.Chosen.Validation?.Accuracy
        ?? throw new FitException($"stage '{stage}': a beam chooses by validation accuracy, and it has no validation images. Set validation above 0 in its data");
}
