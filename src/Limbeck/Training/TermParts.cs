using System.Globalization;
using Limbeck.Objectives;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Training;

/// <summary>What a training learns beside the student: the objectives' connectors, embeddings and memories, term by term, and their weights where those are learned.</summary>
sealed class TermParts : IDisposable
{
    const string WeightsKey = "weights";

    readonly Module?[] parts;

    internal TermParts(FitJob job, Observed student, Faculty faculty, Generator random)
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        var batch = job.Data.Train.Render(0, Math.Min(2, job.Data.Train.Count)).On(student.Device);
        var taught = faculty.Answer(batch.Images);
        var setting = new Setting(student.Answer(batch.Images), default, job.Data.Train.Count, random)
        {
            Labels = job.Data.Train.Labels,
            Batch = job.Options.Batch,
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
    internal IEnumerable<Parameter> Trainable => Present.SelectMany(part => part.Module.Parameters()).Where(parameter => parameter.Trainable);

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

    IEnumerable<(string Name, Module Module)> Present =>
        parts.Select((part, term) => (term.ToString(CultureInfo.InvariantCulture), part)).Append((WeightsKey, Weights)).Where(part => part.Item2 is not null).Select(part => (part.Item1, part.Item2!));
}
