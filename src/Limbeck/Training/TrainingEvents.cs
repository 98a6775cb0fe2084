using System.Text.Json.Serialization;
using Limbeck.Evaluation;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Training;

/// <summary>Something that happened in training. Console, reports and tests all read the same stream of these; nothing else tells of progress.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(StageRehearsed), "stage-rehearsed")]
[JsonDerivedType(typeof(StageStarted), "stage-started")]
[JsonDerivedType(typeof(StageReused), "stage-reused")]
[JsonDerivedType(typeof(StageSkipped), "stage-skipped")]
[JsonDerivedType(typeof(PartsTaught), "parts-taught")]
[JsonDerivedType(typeof(StepDone), "step-done")]
[JsonDerivedType(typeof(EpochDone), "epoch-done")]
[JsonDerivedType(typeof(CheckpointSaved), "checkpoint-saved")]
[JsonDerivedType(typeof(StageDone), "stage-done")]
[JsonDerivedType(typeof(StageMeasured), "stage-measured")]
[JsonDerivedType(typeof(ExpertEpochDone), "expert-epoch-done")]
[JsonDerivedType(typeof(SynthesisStarted), "synthesis-started")]
[JsonDerivedType(typeof(IterationDone), "iteration-done")]
[JsonDerivedType(typeof(SynthesisDone), "synthesis-done")]
public abstract record TrainingEvent
{
    /// <summary>When it happened.</summary>
    public DateTimeOffset At { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>The stage of the recipe.</summary>
    public required string Stage { get; init; }

    /// <summary>The seed of this repetition.</summary>
    public required int Seed { get; init; }
}

/// <summary>Before a run trains anything, a stage was tried on two images. Told, but not kept in the log: it is no part of what happened to the stage.</summary>
/// <param name="Number">How many stages were tried, with this one.</param>
/// <param name="Count">How many there are to try.</param>
public sealed record StageRehearsed(int Number, int Count) : TrainingEvent;

/// <summary>Training of one network begins, or goes on from a checkpoint.</summary>
/// <param name="Model">The network's name in the zoo, or its type.</param>
/// <param name="Parameters">Number of trained values.</param>
/// <param name="Epochs">Passes over the training images in all.</param>
/// <param name="StepsPerEpoch">Optimizer steps of one pass.</param>
/// <param name="Images">Training images.</param>
/// <param name="FirstStep">0, or the number of steps that the checkpoint had done.</param>
public sealed record StageStarted(string Model, long Parameters, int Epochs, int StepsPerEpoch, int Images, long FirstStep) : TrainingEvent;

/// <summary>The stage was finished by an earlier run and is used as it is.</summary>
/// <param name="Key">Content hash of the stage.</param>
public sealed record StageReused(string Key) : TrainingEvent;

/// <summary>The stage is left out of the run.</summary>
/// <param name="Reason">Why.</param>
public sealed record StageSkipped(string Reason) : TrainingEvent;

/// <summary>Before the student's first step, an objective's parts learned from the teacher for an epoch.</summary>
/// <param name="Term">The objective, as the terms of the loss are called.</param>
/// <param name="Epoch">Epoch of that, counted from 1.</param>
/// <param name="Epochs">How many there are.</param>
/// <param name="Loss">Mean loss of the parts over the epoch.</param>
/// <param name="Seconds">Time since it began.</param>
public sealed record PartsTaught(string Term, int Epoch, int Epochs, double Loss, double Seconds) : TrainingEvent;

/// <summary>Some steps went by; told at most a few times a second.</summary>
/// <param name="Step">Steps done since the stage began, of all epochs.</param>
/// <param name="Steps">Steps of the stage in all.</param>
/// <param name="Epoch">Epoch, counted from 1.</param>
/// <param name="Loss">Mean loss of the epoch so far.</param>
/// <param name="ImagesPerSecond">Rate over the last seconds.</param>
/// <param name="RemainingSeconds">Estimate of the time to the end of the stage.</param>
public sealed record StepDone(long Step, long Steps, int Epoch, double Loss, double ImagesPerSecond, double RemainingSeconds) : TrainingEvent;

/// <summary>An epoch ended and the network was evaluated.</summary>
/// <param name="Epoch">Epoch, counted from 1.</param>
/// <param name="Loss">Mean weighted loss over the epoch.</param>
/// <param name="Terms">Mean of each objective before its weight, by kind.</param>
/// <param name="TrainAccuracy">Share of right answers on the augmented training batches, while learning.</param>
/// <param name="Validation">Scores on the validation split; null where there is none.</param>
/// <param name="Test">Scores on the test set: told, never chosen by.</param>
/// <param name="LearningRate">Rate at the epoch's last step.</param>
/// <param name="Seconds">Time of the epoch, evaluation included.</param>
public sealed record EpochDone(int Epoch, double Loss, IReadOnlyDictionary<string, double> Terms, double TrainAccuracy,
    Scores? Validation, Scores? Test, double LearningRate, double Seconds) : TrainingEvent
{
    /// <summary>Metaparameters at the end of the epoch, by name; null where there are none.</summary>
    public IReadOnlyDictionary<string, double>? Metaparameters { get; init; }
}

/// <summary>A checkpoint was written, whole, under its final name.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Step">Steps that it holds.</param>
public sealed record CheckpointSaved(string Path, long Step) : TrainingEvent;

/// <summary>The stage ended.</summary>
/// <param name="Result">Everything measured.</param>
public sealed record StageDone(FitResult Result) : TrainingEvent;

/// <summary>Something else was measured on the network of a finished stage.</summary>
/// <param name="Measure">What: fgsm, weight-noise, latent-space.</param>
/// <param name="Seconds">Time that it took.</param>
public sealed record StageMeasured(string Measure, double Seconds) : TrainingEvent;
