using System.Text.Json;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Serialization;
using Limbeck.Torch.Tensors;
using Limbeck.Training.Metaparameters;

namespace Limbeck.Training;

/// <summary>
/// All that a training needs to go on bit by bit: network, the objectives' parts, chosen weights, optimizer, metaparameters' optimizer and trajectory, running sums, dropout's generator, and how far it is. One safetensors file,
/// written under a temporary name and renamed.
/// </summary>
/// <remarks>The loader needs no state: what a step sees is a function of seed, epoch and step.</remarks>
sealed class Checkpoint(FitJob job, TermParts parts, Optimizer optimizer, MetaLearner? meta, Generator random, Meter meter, Progress progress)
{
    const string Format = "limbeck-checkpoint-1";

    internal void Save(ChosenWeights? chosen)
    {
        using var scope = new Scope();
        progress.PauseEpoch();
        var state = optimizer.State();
        var metaState = meta?.Optimizer.State();
        Safetensors.Save(job.Checkpoint!,
            [.. Sections.Prefixed("network.", job.Student.State()),
             .. Sections.Prefixed("parts.", parts.State),
             .. Sections.Prefixed("chosen.", chosen?.State ?? []),
             .. Sections.Prefixed("optimizer.", state.Tensors.Select(entry => (entry.Key, entry.Value))),
             .. Sections.Prefixed("metaparameters.", metaState?.Tensors.Select(entry => (entry.Key, entry.Value)) ?? []),
             ("random", random.State()),
             ("meter", meter.State)],
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["format"] = Format,
                ["key"] = job.Key,
                ["progress"] = JsonSerializer.Serialize(progress),
                ["optimizer"] = JsonSerializer.Serialize(state.Numbers),
                ["metaparameters"] = JsonSerializer.Serialize(metaState?.Numbers),
                ["trajectory"] = JsonSerializer.Serialize(meta?.Trajectory.Points),
            });
    }

    /// <summary>Goes back to the checkpoint, if its file is there; returns the chosen weights that it holds.</summary>
    /// <exception cref="FitException">The file is no checkpoint, or of another training.</exception>
    internal ChosenWeights? Restore()
    {
        if (!File.Exists(job.Checkpoint)) return null;
        using var scope = new Scope();
        using var file = Safetensors.Load(job.Checkpoint);
        Expect(file.Metadata.GetValueOrDefault("format") == Format, "it is no checkpoint of a training");
        Expect(file.Metadata.GetValueOrDefault("key") == job.Key, "it belongs to a training with other settings");
        job.Student.LoadState(Sections.Under(file, "network."));
        parts.LoadState(Sections.Under(file, "parts."));
        optimizer.LoadState(new OptimizerState(Sections.Under(file, "optimizer."), Read<Dictionary<string, double>>(file, "optimizer")));
        if (meta is not null)
        {
            meta.Optimizer.LoadState(new OptimizerState(Sections.Under(file, "metaparameters."), Read<Dictionary<string, double>>(file, "metaparameters")));
            meta.Trajectory.Restore(Read<List<double[]>>(file, "trajectory"));
        }

        meter.State.CopyFrom(file.Read("meter"));
        random.SetState(file.Read("random"));
        progress.Take(Read<Progress>(file, "progress"));
        var weights = Sections.Under(file, "chosen.");
        return weights.Count == 0 ? null : new ChosenWeights(weights.Select(entry => (entry.Key, entry.Value)));
    }

    static T Read<T>(SafetensorsFile file, string key) => JsonSerializer.Deserialize<T>(file.Metadata[key])!;

    void Expect(bool holds, string otherwise)
    {
        if (!holds) throw new FitException($"{job.Checkpoint}: {otherwise}. Move it away to start anew.");
    }
}
