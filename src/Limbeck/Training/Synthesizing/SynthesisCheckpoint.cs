using System.Text.Json;
using Limbeck.Synthesis;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Serialization;
using Limbeck.Torch.Tensors;

namespace Limbeck.Training.Synthesizing;

/// <summary>All that a synthesis needs to go on bit by bit: what is learned, its last good state and average, the optimizers' buffers, the method's own networks, and how far it is. One safetensors file, written under a temporary name and renamed.</summary>
/// <remarks>Generators need no state: what an iteration draws is a function of seed and iteration.</remarks>
sealed class SynthesisCheckpoint(SynthesisJob job, IReadOnlyDictionary<string, Optimizer> optimizers, Distillate good, Distillate? average, SynthesisProgress progress)
{
    const string Format = "limbeck-synthesis-1";

    internal void Save()
    {
        using var scope = new Scope();
        var states = optimizers.ToDictionary(entry => entry.Key, entry => entry.Value.State(), StringComparer.Ordinal);
        Safetensors.Save(job.Checkpoint!,
            [.. Sections.Prefixed("learned.", job.Learned.State()),
             .. Sections.Prefixed("good.", good.State()),
             .. Sections.Prefixed("average.", average?.State() ?? []),
             .. Sections.Prefixed("method.", job.Method.State),
             .. states.SelectMany(state => Sections.Prefixed($"optimizer.{state.Key}.", state.Value.Tensors.Select(entry => (entry.Key, entry.Value))))],
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["format"] = Format,
                ["key"] = job.Key,
                ["progress"] = JsonSerializer.Serialize(progress),
                ["optimizers"] = JsonSerializer.Serialize(states.ToDictionary(state => state.Key, state => state.Value.Numbers, StringComparer.Ordinal)),
            });
    }

    /// <summary>Goes back to the checkpoint, if its file is there.</summary>
    /// <exception cref="FitException">The file is no checkpoint, or of another synthesis.</exception>
    internal void Restore()
    {
        if (!File.Exists(job.Checkpoint)) return;
        using var scope = new Scope();
        using var file = Safetensors.Load(job.Checkpoint);
        Expect(file.Metadata.GetValueOrDefault("format") == Format, "it is no checkpoint of a synthesis");
        Expect(file.Metadata.GetValueOrDefault("key") == job.Key, "it belongs to a synthesis with other settings");
        job.Learned.LoadState(Sections.Under(file, "learned."));
        good.LoadState(Sections.Under(file, "good."));
        average?.LoadState(Sections.Under(file, "average."));
        job.Method.LoadState(Sections.Under(file, "method."));
        var numbers = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, double>>>(file.Metadata["optimizers"])!;
        foreach (var (part, optimizer) in optimizers) optimizer.LoadState(new OptimizerState(Sections.Under(file, $"optimizer.{part}."), numbers[part]));
        progress.Take(JsonSerializer.Deserialize<SynthesisProgress>(file.Metadata["progress"])!);
    }

    void Expect(bool holds, string otherwise)
    {
        if (!holds) throw new FitException($"{job.Checkpoint}: {otherwise}. Move it away to start anew.");
    }
}
