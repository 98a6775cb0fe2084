using Limbeck.Lab.Recipes;
using Limbeck.Training;

namespace Limbeck.Lab.Runs;

/// <summary>Asked when a stage could start: null lets it, a reason leaves it out, and with it every stage that needs it. Asked about one stage at a time, while no other can start: it decides, and waits for nothing.</summary>
/// <param name="stage">What could start.</param>
/// <param name="done">What the stages that are done by then came to. Where stages run side by side, which these are depends on who was faster.</param>
public delegate string? StageGate(PlannedStage stage, IReadOnlyDictionary<PlannedStage, FitResult> done);
