using Limbeck.Data;
using Limbeck.Lab.Recipes;
using Limbeck.Models;
using Limbeck.Torch.Nn;
using Limbeck.Training;

namespace Limbeck.Lab.Runs;

/// <summary>Finds what cannot work before the first step of the first stage. Fresh networks stand in for those that are still to be trained, one for all stages that ask for the same.</summary>
sealed class Rehearsal(DataShelf shelf) : IDisposable
{
    readonly Dictionary<string, Network> cast = new(StringComparer.Ordinal);
    readonly HashSet<string> tried = new(StringComparer.Ordinal);

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
        if (stage.Recipe.IsEnsemble) Ensembles.Check(stage, shelf);
        else if (stage.Recipe.IsSynthesis) new SynthesisParts(stage, data, stage.From.Select((parent, k) => Teacher(parent, stage, k, data.Train)).FirstOrDefault()).Check(updates: tried.Add(stage.ImagesKey!) ? 1 : 0);
        else
        {
            if (stage.Load is { } start) CheckStart(stage, start);
            Fit.Check(Runner.Job(stage, Once("student", stage), [.. stage.From.Select((parent, k) => Teacher(parent, stage, k, data.Train))], data));
        }
    }

    void CheckStart(PlannedStage stage, StageParent start)
    {
        var student = Once("student", stage);
        try
        {
            if (start.Stage is { } made) Networks.Start(student, Once("start", made).State().ToDictionary(StringComparer.Ordinal));
            else Networks.Start(student, start.Checkpoint!);
        }
        catch (StateMismatchException other)
        {
            throw new FitException($"stage '{stage.Name}' ({stage.Model}) cannot start from {start.Stage?.Name ?? start.Checkpoint}: {other.Message}");
        }
    }

    Teacher Teacher(StageParent parent, PlannedStage student, int place, ImageDataset images)
    {
        var card = parent.Stage is { } made ? NetworkCard.Of(made, shelf.Open(made.Recipe.Data).Train) : NetworkCard.Read(parent.Checkpoint!);
        var seen = $"teacher {place} of images like {student.Recipe.Data.Name}, normalised: {student.Recipe.Data.Normalize}, zca: {student.Recipe.Data.Zca}";
        var network = parent.Stage is { } planned
            ? Once(seen, planned, fresh => card.Shown(fresh, images))
            : Once($"{seen} from {parent.Checkpoint}", () => card.Shown(Networks.Open(parent.Checkpoint!), images));
        return card.Teach(network, student, place, images);
    }

    // A network has one role, for a stage may have teachers and student of one model.
    Network Once(string role, PlannedStage stage, Func<Network, Network>? seeing = null)
    {
        var data = shelf.Open(stage.Recipe.Data);
        return Once($"{role} {stage.Model} {stage.Recipe.Data.Name} {data.Train.Classes} {data.Train.Shape}", () =>
        {
            var fresh = Networks.Create(stage, data);
            return seeing is null ? fresh : seeing(fresh);
        });
    }

    Network Once(string what, Func<Network> make) => cast.TryGetValue(what, out var made) ? made : cast[what] = make();
}
