using System.Globalization;
using Limbeck.Lab.Recipes.Syntax;

namespace Limbeck.Lab.Recipes.Binding;

/// <summary>What must hold for a stage with a beam, which compares the stage that it learns from with others.</summary>
internal static class BeamRules
{
    public static void Check(string name, MapNode stage, MapNode stages, Findings findings)
    {
        if (stage["beam"] is null) return;
        var key = stage.Entries["beam"].Key;
        if (Teacher(stage) is not { } from || stages[from] is not MapNode teacher)
            findings.Add(key, $"'beam' in {name}, which learns from no stage", hint: "a beam compares the stages that others learn from: leave it out here");
        else if (teacher["data"] is MapNode data && data["validation"] is ScalarNode none && double.TryParse(none.Text, CultureInfo.InvariantCulture, out var images) && images == 0)
            findings.Add(key, "a beam chooses by validation accuracy, and there are no validation images", "validation above 0 in data", $"it is 0 in line {none.At.Line} of {none.At.Source.Name}");
    }

    /// <summary>The stages that it waits for to compare its teacher with, each where the beam stands: a circle through them is one too.</summary>
    public static IEnumerable<ScalarNode> Rivals(Node? stage, MapNode stages)
    {
        if (stage is not MapNode own || own["beam"] is null || Teacher(own) is not { } teacher || Model(stages[teacher]) is not { } model) return [];
        return from other in stages.Entries.Values
               let map = other.Value as MapNode
               where map?["beam"] is not null
               let rival = Teacher(map)
               where rival is not null && rival != teacher && Model(stages[rival]) == model
               select new ScalarNode(own.Entries["beam"].Key, rival);
    }

    private static string? Teacher(MapNode stage) => ((stage["from"] is ListNode { Items: [var first, ..] } ? first : stage["from"]) as ScalarNode)?.Text;

    private static string? Model(Node? stage) => (stage as MapNode)?.Text("train") ?? (stage as MapNode)?.Text("distil");
}
