using System.Diagnostics;
using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Markup;
using Limbeck.Training;
using Limbeck.Training.Synthesizing;
using Spectre.Console;

namespace Limbeck.Cli.Rendering;

/// <summary>Progress for people: a bar per stage and seed, with epoch, loss, accuracy, rate and time left. Stages that run side by side have theirs side by side.</summary>
sealed class ProgressBars(IAnsiConsole console) : IProgressView
{
    // What is checked sooner needs no bar.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    readonly Dictionary<(string Stage, int Seed), Shown> stages = [];
    readonly NoteColumn notes = new();
    readonly Dictionary<(string Stage, int Seed), ProgressTask> syntheses = [];
    readonly Stopwatch watch = Stopwatch.StartNew();
    ProgressTask? rehearsal;
    ProgressTask? search;
    bool inTrial;
    string trying = "";

    /// <inheritdoc/>
    public T Watch<T>(Func<Action<TrainingEvent>, T> work) => console.Progress()
        .AutoClear(false)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, notes)
        .Start(progress => work(happened => Tell(progress, happened)));

    void Tell(ProgressContext progress, TrainingEvent happened)
    {
        var stage = stages.GetValueOrDefault((happened.Stage, happened.Seed));
        switch (happened)
        {
            case StageRehearsed rehearsed when rehearsal is not null || watch.Elapsed > Patience:
                Show(progress, rehearsed);
                break;
            // There may be more trials than a screen has lines: the search has one for all.
            case EpochDone epoch when inTrial:
                notes.Set(search!, $"{trying} · {ProgressText.Name(epoch)}: epoch {epoch.Epoch} · {ProgressText.Accuracy(epoch)}");
                break;
            case StageStarted or StageDone or StageReused when inTrial:
                break;
            case StageStarted start:
                var bar = progress.AddTask(Markup.Escape(ProgressText.Name(start)), maxValue: (double)start.Epochs * start.StepsPerEpoch);
                bar.Value = start.FirstStep;
                notes.Set(bar, $"{start.Model}, {Numbers.Count(start.Images)} images");
                stages[(start.Stage, start.Seed)] = new Shown(bar, start);
                break;
            case ExpertEpochDone expert:
                if (!syntheses.TryGetValue((expert.Stage, expert.Seed), out var experts))
                    syntheses[(expert.Stage, expert.Seed)] = experts = progress.AddTask(Markup.Escape($"{expert.Stage}, experts"), maxValue: (double)expert.Experts * expert.Epochs);
                experts.Value = ((expert.Expert - 1) * expert.Epochs) + expert.Epoch;
                notes.Set(experts, ProgressText.Expert(expert));
                break;
            case SynthesisStarted made:
                var images = progress.AddTask(Markup.Escape(ProgressText.Name(made)), maxValue: Math.Max(1, made.Iterations));
                images.Value = made.FirstIteration;
                notes.Set(images, ProgressText.Begin(made));
                syntheses[(made.Stage, made.Seed)] = images;
                break;
            case IterationDone done when syntheses.TryGetValue((done.Stage, done.Seed), out var making):
                making.Value = done.Iteration;
                notes.Set(making, ProgressText.Iteration(done));
                break;
            case SynthesisDone made when syntheses.TryGetValue((made.Stage, made.Seed), out var finished):
                Finish(finished, ProgressText.Made(made));
                break;
            case PartsTaught taught when stage is not null:
                notes.Set(stage.Bar, ProgressText.Parts(taught));
                break;
            case StepDone step when stage is not null:
                stage.Bar.Value = step.Step;
                notes.Set(stage.Bar, $"epoch {step.Epoch}/{stage.Start.Epochs} · loss {step.Loss:0.000}{stage.Accuracy} · {ProgressText.Rate(step)}");
                break;
            case EpochDone epoch when stage is not null:
                stage.Accuracy = $" · {ProgressText.Accuracy(epoch)}";
                break;
            case StageDone done when stage is not null:
                Finish(stage.Bar, $"{Result(done.Result)} · {Numbers.Duration(done.Result.Seconds)}");
                break;
            case StageDone done:
                Finish(progress.AddTask(Markup.Escape(ProgressText.Name(done))), ProgressText.Together(done));
                break;
            case StageReused reused:
                Finish(progress.AddTask(Markup.Escape(ProgressText.Name(reused))), ProgressText.Reused);
                break;
            case StageSkipped skipped:
                var empty = progress.AddTask(Markup.Escape(ProgressText.Name(skipped)));
                notes.Set(empty, ProgressText.Skipped(skipped));
                empty.StopTask();
                break;
            case TrialStarted begun:
                Show(progress, begun);
                break;
            case TrialEvent trial when search is not null:
                inTrial = false;
                search.Increment(1);
                notes.Set(search, ProgressText.Trial(trial));
                break;
        }
    }

    void Show(ProgressContext progress, TrialStarted trial)
    {
        inTrial = true;
        var name = Markup.Escape($"search of {trial.Stage}");
        if (search?.Description != name) search = progress.AddTask(name, maxValue: trial.Trials);
        search.Value = trial.Trial - 1;
        notes.Set(search, trying = ProgressText.Trial(trial));
    }

    void Show(ProgressContext progress, StageRehearsed rehearsed)
    {
        rehearsal ??= progress.AddTask("checking", maxValue: rehearsed.Count);
        rehearsal.Value = rehearsed.Number;
        notes.Set(rehearsal, ProgressText.Rehearsed(rehearsed));
        if (rehearsed.Number == rehearsed.Count) rehearsal.StopTask();
    }

    void Finish(ProgressTask bar, string note)
    {
        bar.Value = bar.MaxValue;
        notes.Set(bar, note);
        bar.StopTask();
    }

    static string Result(FitResult result) => result.Chosen.Test is { } test ? $"test {Shares.Percent(test.Accuracy)} %" : $"{result.Epochs.Count} epochs";

    sealed class Shown(ProgressTask bar, StageStarted start)
    {
        public ProgressTask Bar { get; } = bar;

        public StageStarted Start { get; } = start;

        public string Accuracy { get; set; } = "";
    }
}
