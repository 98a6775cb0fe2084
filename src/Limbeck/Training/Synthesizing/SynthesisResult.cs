using System.Text.Json.Serialization;
using Limbeck.Synthesis;

namespace Limbeck.Training.Synthesizing;

/// <summary>What a synthesis came to. The images themselves are in the job's distillate.</summary>
/// <param name="Iterations">Iterations done; fewer than asked for if it diverged.</param>
/// <param name="Losses">The loss before each update, those left out included.</param>
/// <param name="Skipped">Updates left out because the loss was above the threshold.</param>
/// <param name="Seconds">Time over all sessions.</param>
public sealed record SynthesisResult(int Iterations, IReadOnlyList<double> Losses, int Skipped, double Seconds)
{
    /// <summary>What became infinite or NaN, when, and what to try; null where nothing did. The distillate then holds the last images whose loss and gradients were finite.</summary>
    public string? Diverged { get; init; }

    /// <summary>The running average of all that is learned, if one was asked for: the caller's to dispose.</summary>
    [JsonIgnore] public Distillate? Averaged { get; init; }
}
