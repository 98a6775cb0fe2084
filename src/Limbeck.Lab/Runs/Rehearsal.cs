using Limbeck.Lab.Recipes;
using Limbeck.Models;
using Limbeck.Training;

namespace Limbeck.Lab.Runs;

/// <summary>Finds what cannot work before the first step of the first stage. Fresh networks stand in for those that are still to be trained, one for all stages that ask for the same.</summary>
sealed class Rehearsal(DataShelf shelf) : IDisposable
{
    readonly Dictionary<string, Network> cast = new(StringComparer.Ordinal);

    /// <summary>Rehearses the first seed of each stage.</summary>
    /// <exception cref="FitException">Something does not fit together.</exception>
    internal static void Of(IEnumerable<PlannedStage> plan, DataShelf shelf, Action<TrainingEvent>? tell = null, CancellationToken stop = default)
    {
        using var rehearsal = new Rehearsal(shelf);
        var stages = plan.DistinctBy(stage => stage.Name).ToList();
        foreach (var (k, stage) in stages.Index())
        {
            stop.ThrowIfCancellationRequested();
            rehearsal.Try(stage);
            tell?.Invoke(new StageRehearsed(k + 1, stages.Count) { Stage = stage.Name, Seed = stage.Seed });
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var network in cast.Values) network.Dispose();
    }

    void Try(PlannedStage stage)
    {
        var data = shelf.Open(stage.Recipe.Data);
        var teacher = Runner.Teacher(stage, parent =>
        {
            var made = parent.Stage;
            var card = made is null ? NetworkCard.Read(parent.Checkpoint!) : NetworkCard.Of(made, shelf.Open(made.Recipe.Data).Train);
            card.ThrowUnlessItSees(data.Train, stage);
            return made is null ? Once($"from {parent.Checkpoint}", () => Networks.Open(parent.Checkpoint!)) : Once("teacher", made);
        });
        Fit.Check(Runner.Job(stage, Once("student", stage), teacher, data));
    }

    // A network has one role, for a stage may have teacher and student of one model.
    Network Once(string role, PlannedStage stage)
    {
        var data = shelf.Open(stage.Recipe.Data);
        return Once($"{role} {stage.Recipe.Model} {data.Train.Classes} {data.Train.Shape}", () => Networks.Create(stage, data));
    }

    Network Once(string what, Func<Network> make) => cast.TryGetValue(what, out var made) ? made : cast[what] = make();
}
