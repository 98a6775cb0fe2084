using System.Text.Json;
using System.Text.Json.Nodes;
using Limbeck.Lab.Recipes;
using Limbeck.Lab.Recipes.Binding;
using Limbeck.Synthesis;
using Limbeck.Synthesis.Selection;

namespace Limbeck.Lab.Methods;

/// <summary>All about one method of dataset distillation: from its line in the catalog, and the documentation of its class and options.</summary>
/// <param name="Name">Its name in recipes.</param>
/// <param name="Group">What it compares, of <see cref="SynthesisCatalog.Groups"/>.</param>
/// <param name="Summary">What images are made by, in a line.</param>
/// <param name="Source">Its paper.</param>
/// <param name="Formula">The formula with its symbols.</param>
/// <param name="Notes">Paragraphs on what well-known code does otherwise.</param>
/// <param name="Options">Its options.</param>
/// <param name="Loop">How its paper runs the loop at 10 images a class on CIFAR-10, by the keys of a stage: what counts where the stage says nothing else.</param>
/// <param name="Recipe">A small recipe with it, on the synthetic dataset, which every machine has.</param>
public sealed record SynthesisMethod(string Name, string Group, string Summary, string Source, string Formula, IReadOnlyList<string> Notes, IReadOnlyList<OptionInfo> Options,
    IReadOnlyDictionary<string, string> Loop, string Recipe)
{
    const string Network = "convnet-d3-w16";

    // What every method has; of the rest only what differs from the usual.
    static readonly string[] Told = ["images-per-class", "iterations", "initial", "image-optimizer"];

    /// <summary>The key of a recipe that takes it, beside <c>objectives</c> for others.</summary>
    public string Key { get; } = "method";

    /// <summary>Whether it matches where training on the real images led: a stage with it says <c>experts</c>.</summary>
    public bool NeedsExperts { get; private init; }

    /// <summary>Whether it asks a trained network: a stage with it says <c>from</c>.</summary>
    public bool NeedsTeacher { get; private init; }

    /// <summary>Several methods.</summary>
    public static IReadOnlyList<SynthesisMethod> Of(IReadOnlyList<SynthesisEntry> entries) => [.. entries.Select(Of)];

    /// <summary>One method.</summary>
    public static SynthesisMethod Of(SynthesisEntry entry)
    {
        var options = OptionInfo.Of(entry.Options);
        var (experts, teacher) = (entry.Options.IsAssignableTo(typeof(TrajectoryOptions)), entry.Type == typeof(FeatureSelection));
        var group = SynthesisCatalog.Groups.First(group => group.Entries.Contains(entry)).Compares;
        return new(entry.Kind, group, entry.Summary, entry.Source, DocComments.Of(entry.Type) ?? entry.Summary, DocComments.Remarks(entry.Type), options, LoopOf(entry.Usual), Snippet(entry, options, experts, teacher))
        {
            NeedsExperts = experts,
            NeedsTeacher = teacher,
        };
    }

    static OrderedDictionary<string, string> LoopOf(SynthesisOptions usual)
    {
        var (own, others) = (Written(usual), Written(new SynthesisOptions()));
        return new(own.Where(entry => entry.Value is not null && (Told.Contains(entry.Key) || !JsonNode.DeepEquals(entry.Value, others[entry.Key])))
            .OrderBy(entry => (uint)Array.IndexOf(Told, entry.Key)).Select(entry => KeyValuePair.Create(entry.Key, Text(entry.Value!))), StringComparer.Ordinal);
    }

    static JsonObject Written(SynthesisOptions options) => JsonSerializer.SerializeToNode(options, RecipeContract.Writing)!.AsObject();

    // { kind: sgd, lr: 1 }: as a person writes it.
    static string Text(JsonNode value) => value is JsonObject map
        ? $"{{ {string.Join(", ", map.Where(entry => entry.Value is not null).Select(entry => $"{entry.Key}: {Text(entry.Value!)}"))} }}"
        : value.ToJsonString().Trim('"');

    static string Snippet(SynthesisEntry entry, IReadOnlyList<OptionInfo> options, bool experts, bool teacher)
    {
        var set = options.Where(option => option.Default is not (null or "null")).Select(option => $"\n      {option.Name}: {option.Default!.Trim('"')}");
        var iterations = entry.Usual.Iterations == 0 ? "" : "\n    iterations: 20";
        var matched = experts ? "\n    experts: { count: 2, epochs: 22 }" : "";
        var (stage, from) = teacher ? ($"\n  teacher: {{ train: {Network}, epochs: 5 }}", "\n    from: teacher") : ("", "");
        return $$"""
            name: try-{{entry.Kind}}
            data: { name: synthetic, validation: 200 }
            defaults: { images-per-class: 2, evaluate: { networks: 2, epochs: 100 } }
            stages:{{stage}}
              images:
                synthesize: {{Network}}{{from}}
                method:
                  kind: {{entry.Kind}}{{string.Concat(set)}}{{iterations}}{{matched}}

            """;
    }
}
