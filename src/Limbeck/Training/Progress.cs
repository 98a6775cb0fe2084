using System.Diagnostics;
using Limbeck.Evaluation;

namespace Limbeck.Training;

/// <summary>How far a training is, and what was measured so far: the part of a checkpoint that is no tensor.</summary>
sealed class Progress
{
    readonly Stopwatch epoch = new();

    public long Step { get; set; }

    /// <summary>Whether parts that learn from the teacher alone have done so.</summary>
    public bool Pretrained { get; set; }

    public double Seconds { get; set; }

    /// <summary>Time that the running epoch had taken when the checkpoint was written.</summary>
    public double EpochSeconds { get; set; }

    public List<EpochRecord> Epochs { get; set; } = [];

    public Reading? Chosen { get; set; }

    public Reading? Last { get; set; }

    public Reading? TestBest { get; set; }

    internal void StartEpoch() => epoch.Restart();

    internal double EndEpoch()
    {
        var seconds = EpochSeconds + epoch.Elapsed.TotalSeconds;
        EpochSeconds = 0;
        epoch.Reset();
        return seconds;
    }

    internal void PauseEpoch()
    {
        EpochSeconds += epoch.Elapsed.TotalSeconds;
        if (epoch.IsRunning) epoch.Restart();
    }

    /// <summary>Takes an epoch in; true when it is the one to choose so far. Ties keep the earlier; without validation the last is chosen.</summary>
    internal bool Add(EpochRecord record, Scores? validation, Scores? test)
    {
        Epochs.Add(record);
        if (validation is null && test is null) return false;
        Last = new Reading(record.Epoch, validation, test);
        if (test is not null && (TestBest is null || test.Accuracy > TestBest.Test!.Accuracy)) TestBest = Last;
        var better = validation is null || Chosen is null || validation.Accuracy > Chosen.Validation!.Accuracy;
        if (better) Chosen = Last;
        return better;
    }

    /// <summary>Goes on from what a checkpoint holds.</summary>
    internal void Take(Progress saved)
    {
        (Step, Pretrained, Seconds, EpochSeconds, Epochs) = (saved.Step, saved.Pretrained, saved.Seconds, saved.EpochSeconds, saved.Epochs);
        (Chosen, Last, TestBest) = (saved.Chosen, saved.Last, saved.TestBest);
    }

    internal FitResult Result() => new(Chosen!, Last!, TestBest ?? Last!, Epochs, Seconds, PeakMemoryBytes: null);
}
