using Limbeck.Lab.Recipes;
using Limbeck.Lab.Search;
using Limbeck.Training;

namespace Limbeck.Lab.Runs;

/// <summary>One trial, from its values to its value.</summary>
/// <param name="stage">The stage that is searched.</param>
/// <param name="search">The search.</param>
/// <param name="study">Is told how the trial comes along.</param>
/// <param name="trial">The trial.</param>
/// <param name="plan">Its stages.</param>
/// <param name="train">Trains them.</param>
/// <param name="tell">Who is told.</param>
sealed class TrialRun(string stage, SearchRecipe search, Study study, Trial trial, TrialPlan plan, RecipeSearch.Train train, Action<TrainingEvent> tell)
{
    readonly int number = trial.Number + 1;
    readonly PlannedStage first = plan.Repetitions[0];

    /// <summary>Trains what the trial needs, and tells the study how it ended.</summary>
    internal void Run(CancellationToken stop)
    {
        tell(new TrialStarted(number, search.Count, RecipeSearch.Values(search, trial)) { Stage = stage, Seed = first.Seed });
        try
        {
            if (search.Prune is { } prune && Judged(prune, stop) is var (epoch, value))
            {
                study.End(trial.Number, TrialState.Pruned);
                tell(new TrialPruned(number, epoch, value) { Stage = stage, Seed = first.Seed });
            }
            else
            {
                Complete(train(plan.Stages, Tell, stop));
            }
        }
        catch (DivergedException diverged)
        {
            study.End(trial.Number, TrialState.Failed);
            tell(new TrialFailed(number, diverged.Message) { Stage = stage, Seed = first.Seed });
        }
    }

    void Complete(IReadOnlyDictionary<PlannedStage, FitResult> results)
    {
        var value = plan.Repetitions.Average(repetition => results[repetition].Chosen.Validation!.Accuracy);
        study.End(trial.Number, TrialState.Complete, value);
        tell(new TrialDone(number, value, study.Best!.Number + 1) { Stage = stage, Seed = first.Seed });
    }

    /// <summary>Trains the first repetition, rung by rung; gives the rung that stopped it, or null at its end.</summary>
    (int Epoch, double Value)? Judged(PruneRecipe prune, CancellationToken stop)
    {
        var halving = new Halving(prune.After, prune.Factor);
        var judge = new Judge(study, trial.Number, halving, halving.Rungs(first.Recipe.Epochs, first.Recipe.EvaluateEvery));
        judge.Remember();
        if (judge.Stopped is not null) return judge.Stopped;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            var results = train(plan.Until(first), Watch, enough.Token);
            // One that was finished before told of no epoch. It is judged all the same: what a search finds does not depend on what is in store.
            foreach (var epoch in results[first].Epochs) judge.See(epoch.Epoch, epoch.ValidationAccuracy);
        }
        catch (OperationCanceledException) when (judge.Stopped is not null && !stop.IsCancellationRequested)
        {
            // It was stopped from here; its checkpoint stays, for a later trial with the same values may come further.
            return judge.Stopped;
        }

        return judge.Stopped;

        void Watch(TrainingEvent happened)
        {
            Tell(happened);
            if (happened is not EpochDone done || (done.Stage, done.Seed) != (first.Name, first.Seed)) return;
            judge.See(done.Epoch, done.Validation?.Accuracy);
            if (judge.Stopped is not null) enough.Cancel();
        }
    }

    // Each trial finds the stages that none of them changes: nobody wants to be told that again and again.
    void Tell(TrainingEvent happened)
    {
        if (happened is not StageReused || happened.Stage == TrialPlan.NameIn(number, stage)) tell(happened);
    }
}
