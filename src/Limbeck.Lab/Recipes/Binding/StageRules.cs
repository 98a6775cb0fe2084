using System.Globalization;
using Limbeck.Lab.Recipes.Syntax;

namespace Limbeck.Lab.Recipes.Binding;

/// <summary>What must hold between the keys of a stage, and between stages. It works on nodes, so that mistakes elsewhere hide none of these.</summary>
internal static class StageRules
{
    public static void Check(MapNode recipe, Findings findings)
    {
        if (recipe["stages"] is not MapNode stages) return;
        foreach (var (name, entry) in stages.Entries)
        {
            var others = stages.Entries.Keys.Where(other => other != name);
            if (entry.Value is not MapNode stage) continue;
            CheckKind(name, entry.Key, stage, Names.Meant(name, others), findings);
            CheckBeam(name, stage, stages, findings);
        }
        CheckCycles(stages, findings);
        foreach (var (name, entry) in (recipe["published"] as MapNode)?.Entries ?? [])
        {
            if (!stages.Entries.ContainsKey(name))
                findings.Add(entry.Key, $"no stage is called '{name}'", Names.List(stages.Entries.Keys), Names.Meant(name, stages.Entries.Keys));
        }
    }

    private static void CheckKind(string name, Place at, MapNode stage, string? otherStage, Findings findings)
    {
        if (stage["distil"] is not null)
        {
            var key = stage.Entries["distil"].Key;
            if (stage["train"] is not null) findings.Add(key, $"{name} both trains and distils", hint: "keep 'train' or 'distil'");
            if (!Given(stage, "from")) findings.Add(key, $"{name} distils without 'from'", "the teacher: a stage or a checkpoint");
            if (!Given(stage, "objectives")) findings.Add(key, $"{name} distils without 'objectives'", "a list such as [cross-entropy, soft-targets]");
        }
        else if (stage["train"] is null)
        {
            findings.Add(at, $"{name} neither trains nor distils", "train: MODEL, or distil: MODEL with from and objectives", otherStage);
        }
        else
        {
            foreach (var key in new[] { "from", "objectives" }.Where(k => Given(stage, k)))
            {
                findings.Add(stage.Entries[key].Key, $"'{key}' in a stage that trains from labels",
                    hint: "write 'distil' in place of 'train', or leave it out");
            }
        }
    }

    private static void CheckBeam(string name, MapNode stage, MapNode stages, Findings findings)
    {
        if (stage["beam"] is null) return;
        var key = stage.Entries["beam"].Key;
        if (Teacher(stage) is not { } from || stages[from] is not MapNode teacher)
            findings.Add(key, $"'beam' in {name}, which learns from no stage", hint: "a beam compares the stages that others learn from: leave it out here");
        else if (teacher["data"] is MapNode data && data["validation"] is ScalarNode none && double.TryParse(none.Text, CultureInfo.InvariantCulture, out var images) && images == 0)
            findings.Add(key, "a beam chooses by validation accuracy, and there are no validation images", "validation above 0 in data", $"it is 0 in line {none.At.Line} of {none.At.Source.Name}");
    }

    private static bool Given(MapNode stage, string key) => stage[key] is not (null or ListNode { Items.Count: 0 });

    private static void CheckCycles(MapNode stages, Findings findings)
    {
        var done = new HashSet<string>();
        var path = new List<string>();
        foreach (var name in stages.Entries.Keys) Visit(name);

        void Visit(string name)
        {
            if (done.Contains(name)) return;
            path.Add(name);
            foreach (var parent in Parents(stages[name]).Concat(Rivals(stages[name], stages)))
            {
                if (parent.Text == name) findings.Add(parent.At, $"{name} needs itself", "another stage, or a checkpoint");
                else if (path.IndexOf(parent.Text) is >= 0 and var start) Circle(parent, path[start..]);
                else if (stages.Entries.ContainsKey(parent.Text)) Visit(parent.Text);
            }
            path.Remove(name);
            done.Add(name);
        }

        void Circle(ScalarNode last, IEnumerable<string> circle) =>
            findings.Add(last.At, $"these stages need each other: {string.Join(" <- ", circle.Append(last.Text))}", hint: "break the circle here");
    }

    private static IEnumerable<ScalarNode> Parents(Node? stage) => stage is not MapNode map ? [] :
        new[] { map["from"], map["load"] }.SelectMany(n => n is ListNode list ? list.Items : [n!]).OfType<ScalarNode>();

    /// <summary>The stages that a beam waits for to compare its teacher with, each where the beam stands.</summary>
    private static IEnumerable<ScalarNode> Rivals(Node? stage, MapNode stages)
    {
        if (stage is not MapNode own || own["beam"] is null || Teacher(own) is not { } teacher || Model(stages[teacher]) is not { } model) return [];
        return from other in stages.Entries.Values
               where other.Value is MapNode map && map["beam"] is not null
               let rival = Teacher((MapNode)other.Value)
               where rival is not null && rival != teacher && Model(stages[rival]) == model
               select new ScalarNode(own.Entries["beam"].Key, rival);
    }

    private static string? Teacher(MapNode stage) => ((stage["from"] is ListNode { Items: [var first, ..] } ? first : stage["from"]) as ScalarNode)?.Text;

    private static string? Model(Node? stage) => (stage as MapNode)?.Text("train") ?? (stage as MapNode)?.Text("distil");
}
