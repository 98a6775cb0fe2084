using Limbeck.Lab.Recipes.Syntax;
using Limbeck.Synthesis;

namespace Limbeck.Lab.Recipes.Binding;

/// <summary>What must hold of stages that synthesise images.</summary>
internal static class SynthesisRules
{
    public const string Key = "synthesize";

    private const string Threads = "threads";

    private static readonly string[] OfExperts = ["experts", "expert-augmentation"];

    private static readonly string[] OfOthers = ["objectives", "load", .. RecipeContract.Settings.Where(setting => setting != Threads)];

    public static bool IsSynthesis(MapNode stage) => stage[Key] is not null;

    /// <summary>Of what all stages share, what a stage of this kind takes.</summary>
    public static bool Takes(MapNode stage, string shared) => shared == "data"
        || (IsSynthesis(stage) ? shared == Threads || (RecipeContract.OfSyntheses.Contains(shared) && !(OfExperts.Contains(shared) && MatchesNoTrajectories(stage))) : !EnsembleRules.IsEnsemble(stage) && !RecipeContract.OfSyntheses.Contains(shared));

    public static void Check(string name, MapNode stage, MapNode stages, Findings findings)
    {
        if (!IsSynthesis(stage))
        {
            foreach (var key in RecipeContract.OfSyntheses.Where(key => stage[key] is not null))
                findings.Add(stage.Entries[key].Key, $"'{key}' in a stage that synthesizes nothing", hint: "write 'synthesize: MODEL', or leave it out");
            return;
        }

        var at = stage.Entries[Key].Key;
        foreach (var other in new[] { "train", "distil", EnsembleRules.Key }.Where(key => stage[key] is not null))
            findings.Add(stage.Entries[other].Key, $"{name} both synthesizes and has '{other}'", hint: $"keep one of '{Key}' and '{other}'");
        foreach (var key in OfOthers.Where(key => stage[key] is not (null or ListNode { Items.Count: 0 })))
            findings.Add(stage.Entries[key].Key, $"'{key}' in a stage that synthesizes images", hint: "how networks learn from the images, 'evaluate' says");
        if (MatchesNoTrajectories(stage))
        {
            foreach (var key in OfExperts.Where(key => stage[key] is not null))
                findings.Add(stage.Entries[key].Key, $"'{key}' with a method that matches no experts: {Kind(stage)}", hint: $"leave it out, or take one of {string.Join(", ", SynthesisCatalog.All.Where(entry => entry.MatchesTrajectories).Select(entry => entry.Kind))}");
        }

        if (stage["method"] is null) findings.Add(at, $"{name} synthesizes without 'method'", "a method such as random, or a map { kind: …, … }");
        if (stage["from"] is ListNode { Items.Count: > 1 } from) findings.Add(from.At, $"{name} has {from.Items.Count} teachers", hint: "keep one, or name a stage with 'ensemble'");
        if ((stage["evaluate"] as MapNode)?["whole"] is ScalarNode whole && stages[whole.Text] is MapNode named && named["train"] is null)
            findings.Add(whole.At, $"{whole.Describe()} trains no network on real images without a teacher", "a stage with 'train'");
        if (stage["choose"] is MapNode && stage["data"] is MapNode data && data.Text("validation") == "0")
            findings.Add(stage.Entries["choose"].Key, $"{name} chooses by validation images, and there are none", hint: "leave 'choose' out, or give data.validation");
    }

    private static bool MatchesNoTrajectories(MapNode stage) => SynthesisCatalog.All.FirstOrDefault(entry => entry.Kind == Kind(stage)) is { MatchesTrajectories: false };

    private static string? Kind(MapNode stage) => stage["method"] switch
    {
        ScalarNode name => name.Text,
        MapNode { Entries.Count: 1 } map when map["kind"] is null => map.Entries.GetAt(0).Key,
        MapNode map => map.Text("kind"),
        _ => null,
    };
}
