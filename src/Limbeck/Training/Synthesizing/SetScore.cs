using Limbeck.Evaluation;

namespace Limbeck.Training.Synthesizing;

/// <summary>What one network is worth that learned from synthetic images alone, or from what stands beside them.</summary>
/// <param name="Network">Its name in the zoo.</param>
/// <param name="Seed">Of its initial weights and of its training.</param>
/// <param name="Validation">On the validation split at the last epoch; null without one.</param>
/// <param name="Test">On the test images at the last epoch.</param>
/// <param name="Loss">Training loss of the last epoch.</param>
/// <param name="Seconds">Time of training and scoring.</param>
public sealed record SetScore(string Network, int Seed, Scores? Validation, Scores? Test, double Loss, double Seconds)
{
    /// <summary>What it learned from: the set itself, or what stands beside it.</summary>
    public SetVariant Variant { get; init; }
}
