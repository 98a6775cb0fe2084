using Limbeck.Lab.Recipes;
using Limbeck.Lab.Runs;
using Limbeck.Training;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Cli.Commands;

/// <summary>How far a run is, as its folder tells.</summary>
/// <param name="Recipe">Name of the recipe.</param>
/// <param name="Scale">Its scale, or null.</param>
/// <param name="Started">When it began.</param>
/// <param name="IsFinished">Whether it has come to its end.</param>
/// <param name="Stages">Its stages, for all seeds.</param>
sealed record RunState(string Recipe, string? Scale, DateTimeOffset Started, bool IsFinished, IReadOnlyList<RunState.OfStage> Stages)
{
    /// <summary>How far one stage is.</summary>
    public sealed record OfStage(string Stage, int Seed, string Model, string State);

    /// <summary>Reads recipe and event log.</summary>
    public static RunState Of(RunFolder folder)
    {
        var recipe = RecipeFile.Read(folder.Recipe, Words.Vocabulary);
        var start = folder.ReadStart();
        var last = File.Exists(folder.Events)
            ? EventLog.Read(folder.Events).GroupBy(happened => (happened.Stage, happened.Seed)).ToDictionary(group => group.Key, group => group.Last())
            : [];
        return new(recipe.Name, start.Scale, start.Started, folder.IsFinished,
            [.. StagePlan.Of(recipe).Select(stage => new OfStage(stage.Name, stage.Seed, stage.Model, Describe(last.GetValueOrDefault((stage.Name, stage.Seed)), stage.Recipe.Epochs)))]);
    }

    static string Describe(TrainingEvent? last, int epochs) => last switch
    {
        null => "not begun",
        StageDone or StageMeasured => "done",
        StageReused => "done by an earlier run",
        StageSkipped skipped => $"left out: {skipped.Reason}",
        PartsTaught taught => $"the parts of {taught.Term} learn, epoch {taught.Epoch} of {taught.Epochs}",
        ExpertEpochDone expert => $"expert {expert.Expert} of {expert.Experts}, epoch {expert.Epoch} of {expert.Epochs}",
        IterationDone iteration => $"iteration {iteration.Iteration} of {iteration.Iterations}",
        StepDone step => $"step {step.Step} of {step.Steps}",
        EpochDone epoch => $"epoch {epoch.Epoch} of {epochs}",
        TrialStarted trial => $"search: trial {trial.Trial} of {trial.Trials}",
        TrialEvent trial => $"search: after trial {trial.Trial}",
        CheckpointSaved saved => $"checkpoint at step {saved.Step}",
        _ => "begun",
    };
}
