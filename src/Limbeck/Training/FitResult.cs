using System.Text.Json.Serialization;
using Limbeck.Evaluation;
using Limbeck.Objectives;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Training;

/// <summary>What one training came to. Every accuracy says at which epoch it was read and what chose that epoch.</summary>
/// <param name="Chosen">At the epoch that the validation split chose: the result. Without a validation split, the last epoch.</param>
/// <param name="Last">At the last epoch.</param>
/// <param name="TestBest">At the epoch that is best on the test set itself: an upper bound that other codes report as their result; never the result here.</param>
/// <param name="Epochs">All epochs, in order.</param>
/// <param name="Seconds">Time of training and evaluation, over all sessions.</param>
/// <param name="PeakMemoryBytes">Largest resident memory of the process; null where another training of it ran at the same time, for then nobody knows whose it was.</param>
public sealed record FitResult(Reading Chosen, Reading Last, Reading TestBest, IReadOnlyList<EpochRecord> Epochs, double Seconds, long? PeakMemoryBytes)
{
    /// <summary>Median time of a training step of the last session, teacher and update included; null where it made none, and where another training of the process ran at the same time.</summary>
    public double? StepMilliseconds { get; init; }

    /// <summary>How much each place of the student learned from each of the teacher at the end, for an objective that links them; null for others.</summary>
    public IReadOnlyList<LayerLink>? Links { get; init; }

    /// <summary>Where some test images lie at the last epoch in the space that an objective shares, the student's first, then each teacher's; null for other objectives, and in files.</summary>
    [JsonIgnore] public IReadOnlyList<AlignedPoints>? Aligned { get; init; }

    /// <summary>What metaparameters learned from: <c>tuning</c> images held out for that, or the <c>validation</c> images, which then chose the epoch of a student that they had shaped. Null where there were none.</summary>
    public string? TunedOn { get; init; }

    /// <summary>What each of the networks is worth that learned from synthetic images, where that is what was measured: the readings are then their means. Null for a training.</summary>
    public IReadOnlyList<SetScore>? Networks { get; init; }

    /// <summary>What the networks came to that an objective trained beside the student; null where it trained none.</summary>
    public IReadOnlyList<PeerScore>? Peers { get; init; }

    /// <summary>What other networks are worth that learned from the same images, and those that learned from what stands beside these. Null where nobody asked.</summary>
    public IReadOnlyList<SetScore>? Beside { get; init; }

    /// <summary>Scores on the test set at the epoch that the validation split chose.</summary>
    public Scores Test => Chosen.Test ?? throw new InvalidOperationException("this training had no test set: read Chosen.Validation");
}

/// <summary>Scores at one epoch.</summary>
/// <param name="Epoch">Epoch, counted from 1.</param>
/// <param name="Validation">On the validation split, if there is one.</param>
/// <param name="Test">On the test set, if there is one.</param>
public sealed record Reading(int Epoch, Scores? Validation, Scores? Test);

/// <summary>One epoch, as curves need it.</summary>
/// <param name="Epoch">Epoch, counted from 1.</param>
/// <param name="Loss">Mean weighted training loss.</param>
/// <param name="Terms">Mean of each objective before its weight.</param>
/// <param name="TrainAccuracy">On the augmented training batches.</param>
/// <param name="ValidationAccuracy">On the validation split.</param>
/// <param name="TestAccuracy">On the test set.</param>
/// <param name="LearningRate">At the epoch's last step.</param>
/// <param name="Seconds">Evaluation included.</param>
public sealed record EpochRecord(int Epoch, double Loss, IReadOnlyDictionary<string, double> Terms, double TrainAccuracy,
    double? ValidationAccuracy, double? TestAccuracy, double LearningRate, double Seconds)
{
    /// <summary>Metaparameters at the end of the epoch, by name; null where there are none.</summary>
    public IReadOnlyDictionary<string, double>? Metaparameters { get; init; }
}
