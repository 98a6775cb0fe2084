using Limbeck.Lab.Recipes.Syntax;

namespace Limbeck.Lab.Recipes.Binding;

/// <summary>What must hold of stages that average other stages' answers.</summary>
internal static class EnsembleRules
{
    public const string Key = "ensemble";

    private static readonly string[] OfEnsembles = ["over", "mean"];
    private static readonly string[] OfTrainings = ["train", "distil", "from", "objectives", "load", .. RecipeContract.Settings];

    public static void Check(MapNode stages, Findings findings)
    {
        foreach (var (name, entry) in stages.Entries)
        {
            if (entry.Value is not MapNode stage) continue;
            if (IsEnsemble(stage)) CheckEnsemble(name, stage, stages, findings);
            else FindAny(stage, OfEnsembles, findings, "in a stage that is no ensemble", "leave it out, or name members in 'ensemble'");
        }
    }

    public static bool IsEnsemble(MapNode stage) => stage[Key] is not null;

    private static void CheckEnsemble(string name, MapNode stage, MapNode stages, Findings findings)
    {
        var members = stage.Entries[Key];
        FindAny(stage, OfTrainings, findings, "in an ensemble, which trains nothing", "leave it out: the members' own stages say how they are trained");
        IReadOnlyList<ScalarNode> named = members.Value is ListNode list ? [.. list.Items.OfType<ScalarNode>()] : members.Value is ScalarNode one ? [one] : [];
        if (named.Count == 0) findings.Add(members.Key, $"{name} is an ensemble of nothing", "a stage, or a list of stages");
        foreach (var member in named.Where(member => member.Text != name && stages[member.Text] is MapNode other && IsEnsemble(other)))
            findings.Add(member.At, $"{name} is an ensemble of an ensemble, {member.Text}", hint: "name its members here");
        var isOverSeeds = stage.Text("over") is { } over ? over == "seeds" : named.Count == 1;
        if (isOverSeeds && stage["seeds"] is not null)
            findings.Add(stage.Entries["seeds"].Key, $"{name} takes every seed of its members", hint: "leave 'seeds' out, or choose 'over: stages' for an ensemble of each seed");
    }

    private static void FindAny(MapNode stage, IEnumerable<string> keys, Findings findings, string where, string hint)
    {
        foreach (var key in keys.Where(key => stage[key] is not null)) findings.Add(stage.Entries[key].Key, $"'{key}' {where}", hint: hint);
    }
}
