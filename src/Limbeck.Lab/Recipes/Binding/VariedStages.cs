using Limbeck.Lab.Recipes.Syntax;

namespace Limbeck.Lab.Recipes.Binding;

/// <summary>
/// The stages that one with <c>vary</c> stands for: all combinations of what its lists' maps name, in the order of a counter whose last digit is the last map. What is named is a patch over the stage, or nothing for the
/// stage as it is; a combination is called after the stage and what it takes, <c>joint-a3-taught</c>.
/// </summary>
internal static class VariedStages
{
    public const string Key = "vary";

    private const string Expected = "a list of maps, each of names and what they change: [{ a3: { method: { teacher-weight: 0.3 } }, a7: { method: { teacher-weight: 0.7 } } }]";

    /// <summary>The recipe with every combination in the place of its stage.</summary>
    public static MapNode Expand(MapNode recipe, Findings findings)
    {
        if (recipe["stages"] is not MapNode stages || !stages.Entries.Values.Any(IsVaried)) return recipe;
        var all = new MapNode(stages.At);
        foreach (var (name, entry) in stages.Entries)
        {
            foreach (var (variant, stage) in Variants(name, entry, findings))
            {
                if (all.Entries.ContainsKey(variant) || (variant != name && stages.Entries.ContainsKey(variant)))
                    findings.Add(entry.Key, $"there are two stages called '{variant}'", hint: $"one of them is a combination of {Key}: call one of them otherwise");
                all = all.With(variant, entry with { Value = stage });
            }
        }

        return recipe.With("stages", recipe.Entries["stages"] with { Value = all });
    }

    private static bool IsVaried(MapNode.Entry entry) => entry.Value is MapNode stage && stage.Entries.ContainsKey(Key);

    private static IEnumerable<(string Name, Node Stage)> Variants(string name, MapNode.Entry entry, Findings findings)
    {
        if (!IsVaried(entry)) return [(name, entry.Value)];
        var family = (MapNode)entry.Value;
        var variants = new List<(string Name, MapNode Stage)> { (name, family.Without(Key)) };
        var (at, choices) = family.Entries[Key];
        if (choices is not ListNode { Items.Count: > 0 } list)
        {
            findings.Add(at, $"{Key} cannot be {choices.Describe()}", Expected);
            return [];
        }

        foreach (var item in list.Items)
        {
            if (item is MapNode { Entries.Count: > 0 } choice) variants = [.. variants.SelectMany(variant => Choose(variant, choice, findings))];
            else findings.Add(item.At, $"{Key} cannot hold {item.Describe()}", Expected);
        }

        return variants.Select(variant => (variant.Name, (Node)variant.Stage));
    }

    private static IEnumerable<(string Name, MapNode Stage)> Choose((string Name, MapNode Stage) variant, MapNode choice, Findings findings)
    {
        foreach (var (label, change) in choice.Entries)
        {
            if (change.Value is not MapNode && !change.Value.IsNull) findings.Add(change.Value.At, $"{label} in {Key} cannot be {change.Value.Describe()}", "a map that is merged over the stage, or nothing");
            yield return ($"{variant.Name}-{label}", change.Value is MapNode patch ? Patch.Over(variant.Stage, patch) : variant.Stage);
        }
    }
}
