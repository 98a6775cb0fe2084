namespace Limbeck.Training.Synthesizing;

/// <summary>How far a synthesis is: the part of its checkpoint that is no tensor.</summary>
sealed class SynthesisProgress
{
    public List<double> Losses { get; set; } = [];

    public int Skipped { get; set; }

    public double Seconds { get; set; }

    internal int Iteration => Losses.Count;

    internal void Take(SynthesisProgress saved) => (Losses, Skipped, Seconds) = (saved.Losses, saved.Skipped, saved.Seconds);
}
