using Limbeck.Lab.Recipes;
using Limbeck.Lab.Recipes.Binding;
using Limbeck.Models;
using Limbeck.Objectives;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;
using Limbeck.Training;

namespace Limbeck.Lab.Methods;

/// <summary>All about one objective: from its line in the catalog, the documentation of its class and options, and what it makes for two real networks.</summary>
/// <param name="Name">Its name in recipes.</param>
/// <param name="Group">What it compares, of <see cref="Catalog.Groups"/>.</param>
/// <param name="Summary">What it compares, in a line.</param>
/// <param name="Source">Its paper; empty for common knowledge.</param>
/// <param name="Formula">The formula with its symbols.</param>
/// <param name="Notes">Paragraphs on its scale, and on where well-known code differs from the paper, and by what factor.</param>
/// <param name="Options">Its options.</param>
/// <param name="Needs">What it needs between the networks of <see cref="Pair"/>, with its default options.</param>
/// <param name="Recipe">A small recipe with it, on the synthetic dataset, which every machine has.</param>
public sealed record Method(
    string Name, string Group, string Summary, string Source, string Formula, IReadOnlyList<string> Notes, IReadOnlyList<OptionInfo> Options, MethodNeeds Needs, string Recipe)
{
    const string Teacher = "resnet-56", Student = "resnet-20";
    const int Classes = 100, Images = 50_000;

    // As many as a training shows before its first step: enough for what relates samples to each other.
    const int Shown = 2;

    /// <summary>The key of a recipe that takes it, beside <c>method</c> for what synthesises images.</summary>
    public string Key { get; } = "objectives";

    /// <summary>Between which networks, and on how many images, the needs are measured: the pair that most papers report first.</summary>
    public static string Pair { get; } = $"{Teacher} → {Student}, {Classes} classes, {Images:N0} images of {Zoo.Cifar}";

    /// <summary>One objective.</summary>
    public static Method Of(CatalogEntry entry) => Of([entry])[0];

    /// <summary>Several objectives, by one forward pass of each network with the taps of all.</summary>
    public static IReadOnlyList<Method> Of(IReadOnlyList<CatalogEntry> entries)
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        using var random = new Generator(1);
        var imagesBCHW = Tensor.Randn([Shown, Zoo.Cifar.Channels, Zoo.Cifar.Height, Zoo.Cifar.Width], random);
        var objectives = entries.Select(entry => entry.CreateDefault()).ToList();
        using var teacher = Zoo.Create(Teacher, Classes);
        using var student = Zoo.Create(Student, Classes);
        using var grafted = objectives.Any(KeepsHead) ? Zoo.Create(Student + GraftedNetwork.Joint + Teacher, Classes) : null;
        var taught = Ask(teacher, objectives.SelectMany(objective => objective.TeacherTaps));
        var plain = Ask(student, objectives.Where(objective => !KeepsHead(objective)).SelectMany(objective => objective.StudentTaps));
        var joined = grafted is null ? default : Ask(grafted, objectives.Where(KeepsHead).SelectMany(objective => objective.StudentTaps));
        return [.. entries.Zip(objectives, (entry, objective) => Of(entry, objective, MethodNeeds.Of(objective, KeepsHead(objective) ? joined : plain, taught, Images)))];

        Signals Ask(Network network, IEnumerable<string> taps)
        {
            using var places = new Observed(network, taps);
            return places.Answer(imagesBCHW);
        }
    }

    static Method Of(CatalogEntry entry, IObjective objective, MethodNeeds needs)
    {
        var options = OptionInfo.Of(entry.Options);
        var group = Catalog.Groups.First(group => group.Entries.Contains(entry)).Compares;
        var student = KeepsHead(objective) ? $"resnet-8{GraftedNetwork.Joint}resnet-14" : "resnet-8";
        return new(entry.Kind, group, entry.Summary, entry.Source, DocComments.Of(entry.Type) ?? entry.Summary, DocComments.Remarks(entry.Type), options, needs, Snippet(entry, options, student, objective.TeachesTogether, needs.Metaparameters > 0));
    }

    // Whether the student must be one that answers with its teacher's last layer.
    static bool KeepsHead(IObjective objective) => objective.StudentTaps.Contains(GraftedNetwork.Projected);

    // Two networks of one family: some objectives want as many stages or channels in both.
    static string Snippet(CatalogEntry entry, IReadOnlyList<OptionInfo> options, string student, bool together, bool tuned)
    {
        var (other, from) = together ? ("\n  other: { train: resnet-8 }", "[teacher, other]") : ("", "teacher");
        var labels = entry.Type == typeof(CrossEntropy) ? "" : "\n      - kind: cross-entropy";
        var tuning = tuned ? "\n    metaparameters: { method: greedy }" : "";
        var set = options.Where(option => option.Default is not (null or "null")).Select(option => $"\n        {option.Name}: {option.Default!.Trim('"')}");
        return $$"""
            name: try-{{entry.Kind}}
            data: { name: synthetic, validation: 200 }
            defaults: { epochs: 5, batch: 64, optimizer: { kind: sgd, lr: 0.05 }, schedule: one-cycle }
            stages:
              teacher: { train: resnet-14 }{{other}}
              student:
                distil: {{student}}
                from: {{from}}{{tuning}}
                objectives:{{labels}}
                  - kind: {{entry.Kind}}
                    weight: 1{{string.Concat(set)}}

            """;
    }
}
