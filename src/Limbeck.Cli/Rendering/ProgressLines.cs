using System.Diagnostics;
using Limbeck.Training;

namespace Limbeck.Cli.Rendering;

/// <summary>Progress for files and dumb terminals: a line per epoch, and no more than one every few seconds.</summary>
sealed class ProgressLines(TextWriter writer, TimeSpan? pause = null) : IProgressView
{
    readonly TimeSpan pause = pause ?? TimeSpan.FromSeconds(3);
    readonly Stopwatch sinceLine = Stopwatch.StartNew();
    StageStarted? stage;
    StepDone? step;
    bool first;

    /// <inheritdoc/>
    public T Watch<T>(Func<Action<TrainingEvent>, T> work) => work(Tell);

    void Tell(TrainingEvent happened)
    {
        switch (happened)
        {
            case StageStarted started:
                (stage, step, first) = (started, null, true);
                Write(ProgressText.Begin(started));
                break;
            case StepDone done:
                step = done;
                break;
            case EpochDone done when first || done.Epoch == stage?.Epochs || sinceLine.Elapsed >= pause:
                first = false;
                Write($"{ProgressText.Name(done)}: {ProgressText.Epoch(done, stage, step)}");
                break;
            case PartsTaught taught when taught.Epoch == taught.Epochs || sinceLine.Elapsed >= pause:
                Write($"{ProgressText.Name(taught)}: {ProgressText.Parts(taught)}");
                break;
            case StageMeasured measured:
                Write($"{ProgressText.Name(measured)}: {ProgressText.Measured(measured)}");
                break;
            case StageReused reused:
                Write($"{ProgressText.Name(reused)}: finished earlier, reused");
                break;
        }
    }

    void Write(string line)
    {
        writer.WriteLine(line);
        sinceLine.Restart();
    }
}
