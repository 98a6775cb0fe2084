using System.Text.RegularExpressions;

namespace Limbeck.Lab.Recipes.Syntax;

/// <summary>
/// A change asked for on the command line: <c>a.b=value</c>, <c>a.list[0].b=value</c>, or <c>~a.b</c> to delete. The value is YAML and patches
/// what was there.
/// </summary>
internal sealed partial class Override
{
    private readonly IReadOnlyList<Step> _path;
    private readonly Node? _value;
    private readonly Findings _findings;

    private Override(IReadOnlyList<Step> path, Node? value, Findings findings) => (_path, _value, _findings) = (path, value, findings);

    /// <summary>The tree with all the arguments applied, the first one first.</summary>
    public static MapNode Apply(MapNode tree, IReadOnlyList<string> arguments, Findings findings)
    {
        var source = Source.CommandLine(arguments);
        return Enumerable.Range(1, arguments.Count)
            .Select(line => Parse(source, line, findings))
            .Aggregate(tree, (map, change) => change is null ? map : (MapNode)change.Apply(map, 0)!);
    }

    /// <summary>The tree with the value at a path set. What is wrong with the path is found at a place of its own.</summary>
    public static MapNode Set(MapNode tree, string path, Node value, Place at, Findings findings)
    {
        var match = Grammar.Match(path + "=");
        if (match is { Success: true } && match.Groups["value"].Length == 0)
            return (MapNode)new Override([.. match.Groups["step"].Captures.Select(step => new Step(step.Value, at))], value, findings).Apply(tree, 0)!;
        findings.Add(at, $"'{path}' is no path", "keys and indices, as in stages.student.objectives[0].weight");
        return tree;
    }

    private static Override? Parse(Source source, int line, Findings findings)
    {
        var text = source.Lines[line - 1];
        var match = Grammar.Match(text);
        if (!match.Success)
        {
            var all = new Place(source, line, 1, Math.Max(1, text.Length));
            findings.Add(all, $"'{text}' changes nothing", "key=value as in stages.student.objectives[0].weight=2, or ~key to delete");
            return null;
        }
        var path = match.Groups["step"].Captures.Select(step => new Step(step.Value, new(source, line, step.Index + 1, step.Length))).ToList();
        if (match.Groups["delete"].Success) return new(path, null, findings);
        var value = NodeReader.ReadValue(source, line, match.Groups["value"].Index + 1, findings);
        return value is null ? null : new(path, value, findings);
    }

    /// <summary>The node with the rest of the path changed; null where it is deleted.</summary>
    private Node? Apply(Node? node, int depth)
    {
        if (depth == _path.Count) return _value is null ? null : Patch.Over(node, _value);
        var step = _path[depth];
        return node switch
        {
            ListNode list when step.Index is { } index && index < list.Items.Count => At(list, index, depth),
            MapNode or ScalarNode when step.Index is null => At(Patch.Long(node)!, step, depth),
            null when step.Index is null => At(new MapNode(step.At), step, depth),
            ListNode list => Refuse(node, step, $"a list of {list.Items.Count}", $"an index from [0] to [{list.Items.Count - 1}]"),
            null => Refuse(node, step, "nothing there", "a list that the recipe has"),
            _ => Refuse(node, step, node.Describe(), "a list to index"),
        };
    }

    private ListNode At(ListNode list, int index, int depth) =>
        Apply(list.Items[index], depth + 1) is { } item ? list.With(index, item) : list.Without(index);

    private MapNode At(MapNode map, Step step, int depth)
    {
        var last = depth == _path.Count - 1;
        if (last && _value is null && !map.Entries.ContainsKey(step.Text))
        {
            var keys = map.Entries.Keys;
            _findings.Add(step.At, $"there is no '{step.Text}' to delete", Names.List(keys), Names.Meant(step.Text, keys));
            return map;
        }
        // As a patch, so that another kind takes the old kind's options away here too.
        if (last && _value is not null) return Patch.Over(map, new MapNode(step.At).With(step.Text, new(step.At, _value)));
        var key = map[step.Text] is MapNode ? map.Entries[step.Text].Key : step.At;
        return Apply(map[step.Text], depth + 1) is { } child ? map.With(step.Text, new(key, child)) : map.Without(step.Text);
    }

    private Node? Refuse(Node? node, Step step, string found, string expected)
    {
        _findings.Add(step.At, $"'{step.Text}' leads nowhere: what stands before it is {found}", expected);
        return node;
    }

    private const string Pattern = @"^(?<delete>~)?(?<step>[\w-]+)(\.(?<step>[\w-]+)|(?<step>\[\d{1,6}\]))*(?(delete)$|=(?<value>.*)$)";

    [GeneratedRegex(Pattern, RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Grammar { get; }

    /// <summary>A key, or an index in brackets.</summary>
    private readonly record struct Step(string Text, Place At)
    {
        public int? Index => Text[0] == '[' ? int.Parse(Text.AsSpan(1, Text.Length - 2)) : null;
    }
}
