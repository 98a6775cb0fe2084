using Limbeck.Training;

namespace Limbeck.Lab.Runs;

/// <summary>Something that happened in a search. Stage and seed are those that it searches; the trainings of a trial tell of themselves, under names with its number.</summary>
/// <param name="Trial">The trial's number, counted from 1.</param>
public abstract record TrialEvent(int Trial) : TrainingEvent;

/// <summary>A trial begins, or goes on.</summary>
/// <param name="Trial">Its number, counted from 1.</param>
/// <param name="Trials">How many there are in all.</param>
/// <param name="Values">What it sets, as the recipe writes it.</param>
public sealed record TrialStarted(int Trial, int Trials, IReadOnlyDictionary<string, string> Values) : TrialEvent(Trial);

/// <summary>A trial came to its end.</summary>
/// <param name="Trial">Its number, counted from 1.</param>
/// <param name="Value">Validation accuracy at the chosen epoch, mean over the search's seeds.</param>
/// <param name="Best">Number of the trial that is the best so far.</param>
public sealed record TrialDone(int Trial, double Value, int Best) : TrialEvent(Trial);

/// <summary>A trial was stopped, since others were better by then.</summary>
/// <param name="Trial">Its number, counted from 1.</param>
/// <param name="Epoch">Epoch at which it was judged.</param>
/// <param name="Value">Validation accuracy at that epoch.</param>
public sealed record TrialPruned(int Trial, int Epoch, double Value) : TrialEvent(Trial);

/// <summary>A trial's training diverged. The search goes on, away from there.</summary>
/// <param name="Trial">Its number, counted from 1.</param>
/// <param name="Reason">What happened.</param>
public sealed record TrialFailed(int Trial, string Reason) : TrialEvent(Trial);
