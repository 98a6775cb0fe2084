using Limbeck.Lab.Recipes.Syntax;

namespace Limbeck.Lab.Recipes.Binding;

/// <summary>A recipe between its text and its records: bases, scales and shared settings are merged here.</summary>
internal static class RecipeTree
{
    /// <summary>The file's tree over the trees of all that it extends, or null with a finding.</summary>
    /// <param name="path">The file.</param>
    /// <param name="findings">Takes what is wrong.</param>
    /// <param name="chain">Takes the full paths of the file and of all that it extends, in this order.</param>
    public static MapNode? Load(string path, Findings findings, List<string>? chain = null) => Load(path, null, chain ?? [], findings);

    /// <summary>The patches that the recipe has for its scales, each under the scale's key.</summary>
    public static IReadOnlyDictionary<Scale, MapNode> Scales(MapNode tree, Findings findings)
    {
        var patches = new Dictionary<Scale, MapNode>();
        if (!tree.Entries.TryGetValue("scales", out var scales) || scales.Value.IsNull) return patches;
        if (scales.Value is not MapNode map)
        {
            findings.Add(scales.Value.At, $"scales cannot be {scales.Value.Describe()}", "a map of smoke, desk, full");
            return patches;
        }
        var names = ScalarBinder.EnumNames(typeof(Scale));
        foreach (var (key, entry) in map.Entries)
        {
            if (!names.Contains(key)) findings.Add(entry.Key, $"unknown key '{key}' in scales", Names.List(names), Names.Meant(key, names));
            else if (entry.Value is MapNode patch) patches.Add(Enum.Parse<Scale>(key, ignoreCase: true), patch);
            else if (entry.Value.IsNull) patches.Add(Enum.Parse<Scale>(key, ignoreCase: true), new(entry.Value.At));
            else findings.Add(entry.Value.At, $"{key} cannot be {entry.Value.Describe()}", "a map that is merged over the recipe");
        }
        return patches;
    }

    /// <summary>What every stage has that does not say otherwise: the shared data, and the defaults over it.</summary>
    /// <param name="tree">The tree; its defaults come back with the shared data under theirs.</param>
    /// <param name="known">The keys that defaults may hold. Any other is a finding of its own, and not one of each stage.</param>
    public static MapNode Shared(ref MapNode tree, IReadOnlySet<string> known)
    {
        var under = new MapNode(tree.At);
        if (tree["data"] is not null) under = under.With("data", tree.Entries["data"]);
        if (tree["defaults"] is not MapNode defaults) return under;
        if (defaults["data"] is not null) tree = tree.With("defaults", tree.Entries["defaults"] with { Value = Patch.Over(under, defaults) });
        return Patch.Over(under, defaults.Only(known.Contains));
    }

    /// <summary>The tree with every stage complete: what they share under each one's own, as far as a stage of its kind takes it.</summary>
    public static MapNode Complete(MapNode tree, MapNode shared)
    {
        if (tree["stages"] is not MapNode stages) return tree;
        foreach (var (name, entry) in stages.Entries)
        {
            if (entry.Value is not MapNode stage) continue;
            stages = stages.With(name, entry with { Value = Patch.Over(shared.Only(key => SynthesisRules.Takes(stage, key)), stage) });
        }
        return tree.With("stages", tree.Entries["stages"] with { Value = stages });
    }

    private static MapNode? Load(string path, ScalarNode? extends, List<string> chain, Findings findings)
    {
        var full = Path.GetFullPath(path);
        if (extends is not null && chain.Contains(full))
        {
            findings.Add(extends.At, "these files extend each other", hint: string.Join(" <- ", chain.Append(full).Select(Path.GetFileName)));
            return null;
        }
        if (extends is not null && !File.Exists(full))
        {
            findings.Add(extends.At, $"no file {path} to extend", "a recipe file, relative to this one");
            return null;
        }
        chain.Add(full);
        var source = Source.File(path, File.ReadAllText(path));
        var node = NodeReader.Read(source, findings);
        if (node is not MapNode tree)
        {
            if (node is not null) findings.Add(node.At, $"a recipe cannot be {node.Describe()}", "a map with name, data and stages");
            return null;
        }
        if (!tree.Entries.TryGetValue("extends", out var entry)) return tree;
        tree = tree.Without("extends");
        if (entry.Value is not ScalarNode { IsNull: false } name)
        {
            findings.Add(entry.Key, $"extends cannot be {entry.Value.Describe()}", "a recipe file, relative to this one");
            return null;
        }
        var parent = Load(Path.Combine(Path.GetDirectoryName(path) ?? "", name.Text), name, chain, findings);
        return parent is null ? null : Patch.Over(parent, WithScalesOf(parent, tree));
    }

    // An empty scale changes nothing, not even what the extended file has at that scale.
    static MapNode WithScalesOf(MapNode parent, MapNode tree) => (tree["scales"], parent["scales"]) is not (MapNode own, MapNode scales) ? tree
        : tree.With("scales", tree.Entries["scales"] with { Value = own.Without([.. own.Entries.Where(scale => scale.Value.Value is ScalarNode { IsNull: true } && scales[scale.Key] is not null).Select(scale => scale.Key)]) });
}
