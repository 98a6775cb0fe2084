using Limbeck.Lab.Recipes.Syntax;

namespace Limbeck.Lab.Recipes.Binding;

/// <summary>A stage that a change on the command line takes out takes its published number along, and those of the stages that it varies into.</summary>
internal static class LeftOut
{
    /// <summary>The changed recipe without published numbers of what was taken out.</summary>
    /// <param name="before">The recipe before the change.</param>
    /// <param name="after">The recipe after it.</param>
    public static MapNode Settle(MapNode before, MapNode after)
    {
        if (before["stages"] is not MapNode stages || after["stages"] is not MapNode left || after["published"] is not MapNode published) return after;
        var gone = stages.Entries.Where(stage => !left.Entries.ContainsKey(stage.Key)).ToList();
        var kept = published.Only(name => !gone.Exists(stage => name == stage.Key || (stage.Value.Value is MapNode { } one && one[VariedStages.Key] is not null && name.StartsWith($"{stage.Key}-", StringComparison.Ordinal))));
        return after.With("published", after.Entries["published"] with { Value = kept });
    }
}
