using System.Text.Json;
using Limbeck.Data;
using Limbeck.Models;
using Limbeck.Objectives;
using Limbeck.Torch;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Training;

/// <summary>Says why an objective does not fit two networks: what it found wrong, what it reads, and what there is to read.</summary>
static class Misfit
{
    /// <summary>Whether an exception tells that what was given does not fit, not that something is broken.</summary>
    internal static bool Is(Exception error) => error is ArgumentException or InvalidOperationException or TorchException { OutOfMemory: false };

    internal static FitException Of(FitJob job, Term term, Exception why)
    {
        string?[] lines = [$"{job.Stage}: {Refusal.Words(why)}", Reads(job, term), Places(job.Student, job.Data), .. Teachers(job, term).Select(teacher => Places(teacher.Network, job.Data))];
        return new(string.Join("\n  ", lines.OfType<string>().Distinct()), why);
    }

    static string Reads(FitJob job, Term term)
    {
        var objective = term.Objective;
        var student = $"{List(objective.StudentTaps)} of the student {NameOf(job.Student)}";
        var teachers = string.Concat(Teachers(job, term).Select(teacher => $" and {List(objective.TeacherTaps)} of the teacher {NameOf(teacher.Network)}"));
        return $"{term.Name} reads {student}{teachers}{WayToChoose(objective)}.";
    }

    static IEnumerable<Teacher> Teachers(FitJob job, Term term) => term.Objective.NeedsTeacher ? job.Teachers.Where(teacher => term.Teacher is null || term.Teacher == teacher.Name) : [];

    // The options that say where an objective reads are called so in all of them.
    static string WayToChoose(IObjective objective)
    {
        var options = Catalog.All.FirstOrDefault(entry => entry.Type == objective.GetType())?.Options.GetProperties() ?? [];
        var choosing = options.Select(option => option.Name).Where(name => name.EndsWith("Tap", StringComparison.Ordinal) || name.EndsWith("Taps", StringComparison.Ordinal));
        var names = string.Join(" and ", choosing.Select(JsonNamingPolicy.KebabCaseLower.ConvertName));
        return names.Length == 0 ? "" : $"; choose others with {names}";
    }

    // A place before an activation has the shape of the one behind it.
    static string Places(Module module, DataSplit data)
    {
        if (module is not Network network) return $"{NameOf(module)} names no stages: its places are the paths of its modules.";
        using var off = Grad.Off();
        using var scope = new Scope();
        string[] names = [.. network.Stages.Keys.Where(name => name != "logits" && !name.EndsWith(".pre", StringComparison.Ordinal))];
        using var observed = new Observed(network, names);
        var says = observed.Answer(data.Train.Render(0, 1).On(observed.Device).Images);
        var places = names.Select(name => (Name: name, Shape: says[name].Shape[1..])).ToLookup(place => place.Shape.Length, place => $"{place.Name} {string.Join('x', place.Shape)}");
        return $"{network.Name} has {Listed("maps", places[3])}; {Listed("vectors", places[1])}.";

        static string Listed(string kind, IEnumerable<string> places) => places.Any() ? $"{kind} at {string.Join(", ", places)}" : $"no {kind}";
    }

    static string List(IReadOnlyList<string> taps) => taps.Count == 0 ? "logits" : string.Join(", ", taps);

    static string NameOf(Module module) => module is Network network ? network.Name : module.GetType().Name;
}
