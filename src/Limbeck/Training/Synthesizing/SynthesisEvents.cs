namespace Limbeck.Training.Synthesizing;

/// <summary>The synthesis of images begins, or goes on from a checkpoint.</summary>
/// <param name="Method">Its name in the catalog, or its type.</param>
/// <param name="Images">Number of images.</param>
/// <param name="Iterations">Updates in all.</param>
/// <param name="FirstIteration">0, or the number of updates that the checkpoint had done.</param>
public sealed record SynthesisStarted(string Method, int Images, int Iterations, int FirstIteration) : TrainingEvent;

/// <summary>Some iterations went by; told at most a few times a second.</summary>
/// <param name="Iteration">Iterations done.</param>
/// <param name="Iterations">Iterations in all.</param>
/// <param name="Loss">The loss before the last update.</param>
/// <param name="Skipped">Updates left out so far.</param>
/// <param name="IterationsPerSecond">Rate over the last seconds.</param>
/// <param name="RemainingSeconds">Estimate of the time to the end.</param>
public sealed record IterationDone(int Iteration, int Iterations, double Loss, int Skipped, double IterationsPerSecond, double RemainingSeconds) : TrainingEvent
{
    /// <summary>The mean of the learned step sizes; null where there are none.</summary>
    public double? StepSize { get; init; }
}

/// <summary>The synthesis ended: all iterations are done, or it diverged and the last good images are back.</summary>
/// <param name="Result">Everything measured.</param>
public sealed record SynthesisDone(SynthesisResult Result) : TrainingEvent;
