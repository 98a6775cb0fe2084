using Limbeck.Lab.Recipes.Syntax;

namespace Limbeck.Lab.Recipes.Binding;

/// <summary>What must hold between the keys of a stage, and between stages. It works on nodes, so that mistakes elsewhere hide none of these.</summary>
internal static class StageRules
{
    public static void Check(MapNode recipe, Vocabulary vocabulary, Findings findings)
    {
        if (recipe["stages"] is not MapNode stages) return;
        foreach (var (name, entry) in stages.Entries)
        {
            var others = stages.Entries.Keys.Where(other => other != name);
            if (entry.Value is not MapNode stage) continue;
            CheckKind(name, entry.Key, stage, Names.Meant(name, others), vocabulary, findings);
            SynthesisRules.Check(name, stage, stages, findings);
            BeamRules.Check(name, stage, stages, findings);
        }
        EnsembleRules.Check(stages, findings);
        CheckCycles(stages, findings);
        foreach (var (name, entry) in (recipe["published"] as MapNode)?.Entries ?? [])
        {
            if (!stages.Entries.ContainsKey(name))
                findings.Add(entry.Key, $"no stage is called '{name}'", Names.List(stages.Entries.Keys), Names.Meant(name, stages.Entries.Keys));
        }
    }

    private static void CheckKind(string name, Place at, MapNode stage, string? otherStage, Vocabulary vocabulary, Findings findings)
    {
        if (EnsembleRules.IsEnsemble(stage) || SynthesisRules.IsSynthesis(stage)) return;
        if (stage["distil"] is not null)
        {
            var key = stage.Entries["distil"].Key;
            if (stage["train"] is not null) findings.Add(key, $"{name} both trains and distils", hint: "keep 'train' or 'distil'");
            if (!Given(stage, "from")) findings.Add(key, $"{name} distils without 'from'", "the teacher: a stage or a checkpoint");
            if (!Given(stage, "objectives")) findings.Add(key, $"{name} distils without 'objectives'", "a list such as [cross-entropy, soft-targets]");
            CheckTeachers(stage, findings);
        }
        else if (stage["train"] is null)
        {
            findings.Add(at, $"{name} neither trains nor distils", "train: MODEL, or distil: MODEL with from and objectives, or ensemble: STAGES, or synthesize: MODEL with method", otherStage);
        }
        else
        {
            if (Given(stage, "from")) findings.Add(stage.Entries["from"].Key, "'from' in a stage that trains without teachers", hint: "write 'distil' in place of 'train', or leave it out");
            foreach (var kind in Kinds(stage).Where(kind => vocabulary.Taught.Contains(kind.Text)))
                findings.Add(kind.At, $"{kind.Describe()} reads a teacher, and {name} trains without one", hint: "write 'distil' in place of 'train', with 'from'");
        }
    }

    private static void CheckTeachers(MapNode stage, Findings findings)
    {
        var teachers = Texts(stage["from"]).Select(teacher => teacher.Text).ToList();
        foreach (var twice in Texts(stage["from"]).GroupBy(teacher => teacher.Text).SelectMany(same => same.Skip(1)))
            findings.Add(twice.At, $"the teacher {twice.Describe()} stands twice in 'from'", hint: "keep one");
        foreach (var objective in (stage["objectives"] as ListNode)?.Items.OfType<MapNode>() ?? [])
        {
            var options = objective.Entries is { Count: 1 } single && single.GetAt(0).Value.Value is MapNode under ? under : objective;
            if (options["teacher"] is ScalarNode { Text: var asked } at && !teachers.Contains(asked))
                findings.Add(at.At, $"{at.Describe()} is no teacher of this stage", Names.List(teachers), Names.Meant(asked, teachers));
        }
    }

    // cross-entropy, { kind: dml, ... } or dml: { ... }
    private static IEnumerable<ScalarNode> Kinds(MapNode stage) => ((stage["objectives"] as ListNode)?.Items ?? []).Select(objective => objective switch
    {
        MapNode { Entries: { Count: 1 } single } when single.GetAt(0) is { Key: not "kind" } named => new ScalarNode(named.Value.Key, named.Key),
        MapNode map => map["kind"] as ScalarNode,
        _ => objective as ScalarNode,
    }).OfType<ScalarNode>();

    private static IEnumerable<ScalarNode> Texts(Node? node) => (node is ListNode list ? list.Items : [node!]).OfType<ScalarNode>();

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
            foreach (var parent in Parents(stages[name]).Concat(BeamRules.Rivals(stages[name], stages)))
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

    /// <summary>A stage and all that it needs.</summary>
    public static IReadOnlyCollection<string> Needed(MapNode stages, string name)
    {
        var needed = new List<string> { name };
        for (var i = 0; i < needed.Count; i++)
            needed.AddRange(Parents(stages[needed[i]]).Select(parent => parent.Text).Where(stages.Entries.ContainsKey).Except(needed));
        return needed;
    }

    private static IEnumerable<ScalarNode> Parents(Node? stage) => stage is not MapNode map ? [] :
        new[] { map["from"], map["load"], map[EnsembleRules.Key] }.SelectMany(Texts);
}
