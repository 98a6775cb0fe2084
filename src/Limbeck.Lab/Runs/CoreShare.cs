using Limbeck.Lab.Recipes;

namespace Limbeck.Lab.Runs;

/// <summary>How the cores are divided among stages that run side by side.</summary>
/// <param name="Jobs">How many stages run at once.</param>
/// <param name="Threads">Threads of a stage that does not say how many it wants.</param>
readonly record struct CoreShare(int Jobs, int Threads)
{
    /// <summary>Divides.</summary>
    /// <param name="jobs">Stages at once; 0 for as many as the cores are for.</param>
    /// <param name="cores">Threads that there are in all.</param>
    /// <param name="plan">What runs.</param>
    internal static CoreShare Of(int jobs, int cores, IEnumerable<PlannedStage> plan)
    {
        var atOnce = jobs > 0 ? jobs : Math.Max(1, cores / plan.Max(stage => stage.Recipe.Threads ?? 1));
        return new(atOnce, Math.Max(1, cores / atOnce));
    }

    internal int ThreadsOf(PlannedStage stage) => stage.Recipe.Threads ?? Threads;
}
