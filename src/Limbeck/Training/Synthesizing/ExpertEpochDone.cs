namespace Limbeck.Training.Synthesizing;

/// <summary>An expert finished an epoch.</summary>
/// <param name="Expert">Its number, from 1.</param>
/// <param name="Experts">How many there are to be.</param>
/// <param name="Epoch">Epoch, counted from 1.</param>
/// <param name="Epochs">Epochs of each.</param>
/// <param name="Loss">Mean training loss of the epoch.</param>
/// <param name="Seconds">Time of the epoch.</param>
public sealed record ExpertEpochDone(int Expert, int Experts, int Epoch, int Epochs, double Loss, double Seconds) : TrainingEvent;
