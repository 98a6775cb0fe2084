using System.Diagnostics;
using Limbeck.Lab.Runs;
using Limbeck.Training;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Cli.Rendering;

/// <summary>Progress for files and dumb terminals: a line per epoch, and of each stage no more than one every few seconds.</summary>
sealed class ProgressLines(TextWriter writer, TimeSpan? pause = null) : IProgressView
{
    readonly TimeSpan pause = pause ?? TimeSpan.FromSeconds(3);
    readonly Dictionary<(string Stage, int Seed), Shown> stages = [];
    readonly Stopwatch sinceRehearsed = Stopwatch.StartNew();
    readonly Stopwatch sinceIteration = Stopwatch.StartNew();

    /// <inheritdoc/>
    public T Watch<T>(Func<Action<TrainingEvent>, T> work) => work(Tell);

    void Tell(TrainingEvent happened)
    {
        var stage = stages.GetValueOrDefault((happened.Stage, happened.Seed));
        switch (happened)
        {
            case StageRehearsed rehearsed when sinceRehearsed.Elapsed >= pause:
                writer.WriteLine(ProgressText.Rehearsed(rehearsed));
                sinceRehearsed.Restart();
                break;
            case StageStarted started:
                stages[(started.Stage, started.Seed)] = new Shown(started);
                writer.WriteLine(ProgressText.Begin(started));
                break;
            case StepDone done when stage is not null:
                stage.Step = done;
                break;
            case EpochDone done when stage is not null && (stage.IsFresh || done.Epoch == stage.Start.Epochs || stage.SinceLine.Elapsed >= pause):
                stage.IsFresh = false;
                Write(stage, $"{ProgressText.Name(done)}: {ProgressText.Epoch(done, stage.Start, stage.Step)}");
                break;
            case PartsTaught taught when stage is not null && (taught.Epoch == taught.Epochs || stage.SinceLine.Elapsed >= pause):
                Write(stage, $"{ProgressText.Name(taught)}: {ProgressText.Parts(taught)}");
                break;
            case SynthesisStarted made:
                writer.WriteLine($"{ProgressText.Name(made)}: {ProgressText.Begin(made)}");
                break;
            case IterationDone done when sinceIteration.Elapsed >= pause || done.Iteration == done.Iterations:
                writer.WriteLine($"{ProgressText.Name(done)}: {ProgressText.Iteration(done)}");
                sinceIteration.Restart();
                break;
            case ExpertEpochDone done when sinceIteration.Elapsed >= pause || (done.Expert == done.Experts && done.Epoch == done.Epochs):
                writer.WriteLine($"{ProgressText.Name(done)}: {ProgressText.Expert(done)}");
                sinceIteration.Restart();
                break;
            case SynthesisDone made:
                writer.WriteLine($"{ProgressText.Name(made)}: {ProgressText.Made(made)}");
                break;
            case StageDone done when stage is null:
                writer.WriteLine($"{ProgressText.Name(done)}: {ProgressText.Together(done)}");
                break;
            case StageMeasured measured:
                writer.WriteLine($"{ProgressText.Name(measured)}: {ProgressText.Measured(measured)}");
                break;
            case StageReused reused:
                writer.WriteLine($"{ProgressText.Name(reused)}: {ProgressText.Reused}");
                break;
            case StageSkipped skipped:
                writer.WriteLine($"{ProgressText.Name(skipped)}: {ProgressText.Skipped(skipped)}");
                break;
            case TrialEvent trial:
                writer.WriteLine(ProgressText.Trial(trial));
                break;
        }
    }

    void Write(Shown stage, string line)
    {
        writer.WriteLine(line);
        stage.SinceLine.Restart();
    }

    // Several stages may run side by side: each has its own pace.
    sealed class Shown(StageStarted start)
    {
        public StageStarted Start { get; } = start;

        public StepDone? Step { get; set; }

        public bool IsFresh { get; set; } = true;

        public Stopwatch SinceLine { get; } = Stopwatch.StartNew();
    }
}
