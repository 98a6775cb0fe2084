using System.Globalization;
using Limbeck.Models;
using Limbeck.Objectives;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Training;

/// <summary>What a training learns beside the student: the objectives' connectors, embeddings and memories, term by term, and their weights where those are learned.</summary>
sealed class TermParts : IDisposable
{
    const string WeightsKey = "weights";

    readonly FitJob job;
    readonly Module?[] parts;

    internal TermParts(FitJob job, Observed student, Faculty faculty, Generator random)
    {
        this.job = job;
        using var off = Grad.Off();
        using var scope = new Scope();
        var batch = job.Data.Train.Render(0, Math.Min(2, job.Data.Train.Count)).On(student.Device);
        var taught = faculty.Answer(batch.Images);
        var setting = new Setting(student.Answer(batch.Images), default, job.Data.Train.Count, random)
        {
            Labels = job.Data.Train.Labels,
            Batch = job.Options.Batch,
            Input = job.Data.Train.Shape,
        };
        parts = new Module?[job.Terms.Count];
        for (var k = 0; k < parts.Length; k++)
        {
            var teachers = faculty.For(job.Terms[k], taught);
            parts[k] = Make(job, job.Terms[k], setting with { Teacher = teachers is [var first, ..] ? first : default, Teachers = teachers });
            parts[k]?.To(student.Device, setting.Student.Logits.DType);
            if (job.Terms[k].Objective is not IPretrained pretrained) continue;
            foreach (var parameter in pretrained.PretrainedParameters(parts[k]!)) parameter.Trainable = false;
        }

        if (job.Options.AdaptiveWeights is not { } options) return;
        Weights = new AdaptiveWeights(job.Terms.Count(term => term.Objective.NeedsTeacher), options);
        Weights.To(student.Device, setting.Student.Logits.DType);
    }

    internal Module? this[int term] => parts[term];

    /// <summary>Learned weights of the terms that read a teacher; null where the weights are fixed.</summary>
    internal AdaptiveWeights? Weights { get; }

    /// <summary>Parameters that are trained with the student's.</summary>
    internal IEnumerable<Parameter> Trainable => Present.SelectMany(part => part.Module.Parameters()).Where(parameter => parameter.Trainable).Except(Metaparameters.Select(meta => meta.Value));

    /// <summary>What is learned from images held out, term by term.</summary>
    internal IReadOnlyList<Metaparameter> Metaparameters => [.. Metaparametric.SelectMany(term => term.Objective.Metaparameters(term.Parts))];

    /// <summary>What is told of them; with their term where several have some.</summary>
    internal IReadOnlyDictionary<string, double> Readings
    {
        get
        {
            var telling = Metaparametric.Where(term => term.Objective.Metaparameters(term.Parts).Count > 0).ToList();
            return new OrderedDictionary<string, double>(telling.SelectMany(term => term.Objective.Readings(term.Parts)
                .Select(reading => KeyValuePair.Create(telling.Count > 1 ? $"{term.Name}: {reading.Key}" : reading.Key, reading.Value))), StringComparer.Ordinal);
        }
    }

    /// <summary>Links between layers, of all terms that have them; null where none has.</summary>
    internal IReadOnlyList<LayerLink>? Links =>
        job.Terms.Index().Where(term => term.Item.Objective is ILinksLayers).SelectMany(term => ((ILinksLayers)term.Item.Objective).Links(parts[term.Index]!)).ToList() is { Count: > 0 } links ? links : null;

    /// <summary>Networks that learn beside the student, of all terms that have some.</summary>
    internal IEnumerable<Network> Peers => job.Terms.Index().Where(term => term.Item.Objective is ITrainsPeers).SelectMany(term => ((ITrainsPeers)term.Item.Objective).PeersIn(parts[term.Index]!));

    /// <summary>All there are.</summary>
    internal IEnumerable<Module> Modules => Present.Select(part => part.Module);

    internal IEnumerable<Dropout> Dropouts => Present.SelectMany(part => part.Module.NamedModules()).Select(named => named.Value).OfType<Dropout>();

    internal IEnumerable<(string Key, Tensor Value)> State => Present.SelectMany(part => part.Module.State().Select(entry => ($"{part.Name}.{entry.Key}", entry.Value)));

    internal void LoadState(IReadOnlyDictionary<string, Tensor> state)
    {
        foreach (var (name, module) in Present)
        {
            var own = $"{name}.";
            module.LoadState(state.Where(entry => entry.Key.StartsWith(own, StringComparison.Ordinal)).ToDictionary(entry => entry.Key[own.Length..], entry => entry.Value, StringComparer.Ordinal));
        }
    }

    Module? Make(FitJob job, Term term, in Setting setting)
    {
        try
        {
            return term.Objective.MakeParts(setting);
        }
        catch (Exception unfit) when (Misfit.Is(unfit))
        {
            Dispose();
            throw Misfit.Of(job, term, unfit);
        }
    }

    public void Dispose()
    {
        foreach (var (_, module) in Present) module.Dispose();
    }

    IEnumerable<(string Name, IMetaparametric Objective, Module Parts)> Metaparametric =>
        job.Terms.Index().Where(term => term.Item.Objective is IMetaparametric).Select(term => (job.TermNames[term.Index], (IMetaparametric)term.Item.Objective, parts[term.Index]!));

    IEnumerable<(string Name, Module Module)> Present =>
        parts.Select((part, term) => (term.ToString(CultureInfo.InvariantCulture), part)).Append((WeightsKey, Weights)).Where(part => part.Item2 is not null).Select(part => (part.Item1, part.Item2!));
}
