namespace Limbeck.Evaluation;

/// <summary>What to measure on a finished network beside its scores, and how.</summary>
public abstract record MeasureOptions;
