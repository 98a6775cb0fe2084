using Limbeck.Evaluation;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Lab.Runs;

/// <summary>What networks came to that learned from a stage's images, of several models, beside what stands beside the images.</summary>
/// <param name="Cells">Each model on each of what it learned from; the stage's own on its own images first.</param>
/// <param name="Scores">What of it is owed to the images, by the stage's own model.</param>
/// <param name="Missing">Why scores are not there, a sentence each.</param>
public sealed record SetOutcome(IReadOnlyList<SetCell> Cells, DistillationScores Scores, IReadOnlyList<string> Missing);

/// <summary>Networks of one model that learned from the same.</summary>
/// <param name="Network">The model.</param>
/// <param name="Variant">What they learned from.</param>
/// <param name="Accuracies">Test accuracy of each, in [0, 1].</param>
public sealed record SetCell(string Network, SetVariant Variant, IReadOnlyList<double> Accuracies)
{
    /// <summary>Their mean.</summary>
    public double Mean => Accuracies.Average();

    /// <summary>Their standard deviation (n − 1); null of one.</summary>
    public double? Sd => Accuracies.Count > 1 ? Math.Sqrt(Accuracies.Sum(value => (value - Mean) * (value - Mean)) / (Accuracies.Count - 1)) : null;

    /// <summary>What they learned from, in words.</summary>
    public string From => SetTrials.WordsOf(Variant);
}
