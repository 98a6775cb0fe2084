using System.Globalization;
using Limbeck.Lab.Recipes.Syntax;

namespace Limbeck.Lab.Recipes.Binding;

/// <summary>The stages that <c>paths</c> stands for. What they are made of stays where the user wrote it, so that their mistakes are told there.</summary>
internal static class PathStages
{
    private const string TeacherSettings = "teacher-settings";

    // What says which stages there are; the rest are settings of theirs.
    private static readonly string[] Layout = ["teacher", "assistants", "student", "at-most", TeacherSettings, "lone", "beam"];

    /// <summary>The paths with what all stages share under them, and themselves under their teacher's settings.</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="shared">What every stage has that does not say otherwise.</param>
    /// <param name="known">The keys that a stage which learns from labels may share. Any other is a finding of the paths, and not of the teacher too.</param>
    public static MapNode Complete(MapNode paths, MapNode shared, IReadOnlySet<string> known)
    {
        paths = Patch.Over(shared, paths);
        return paths[TeacherSettings] is MapNode own
            ? paths.With(TeacherSettings, paths.Entries[TeacherSettings] with { Value = Patch.Over(Plain(paths).Only(known.Contains), own) })
            : paths;
    }

    /// <summary>The stages of complete paths without a mistake, under those that the recipe has itself.</summary>
    public static MapNode Under(MapNode? stages, MapNode paths, Findings findings)
    {
        var made = new MapNode(paths.At);
        foreach (var (name, stage) in Stages(paths))
        {
            if (made.Entries.ContainsKey(name))
            {
                findings.Add(stage.Key, $"the paths have two stages called '{name}'", hint: "stages are called after what tells the networks' names apart: take each network once");
                break;
            }
            made = made.With(name, stage);
        }
        foreach (var (name, entry) in stages?.Entries ?? [])
        {
            if (!made.Entries.TryGetValue(name, out var below)) made = made.With(name, entry);
            else if (entry.Value is MapNode patch && (patch["train"] ?? patch["distil"]) is null) made = made.With(name, below with { Value = Patch.Over(below.Value, patch) });
            else findings.Add(entry.Key, $"the paths have a stage '{name}' too", hint: "call this one otherwise, or leave its network out to change the paths' stage");
        }
        return made;
    }

    private static IEnumerable<(string Name, MapNode.Entry Stage)> Stages(MapNode paths)
    {
        var networks = Networks(paths);
        var sizes = ModelSizes.Of([.. networks.Select(network => network.Text)]);
        var plain = Plain(paths);
        yield return (sizes[0], Stage(paths[TeacherSettings] as MapNode ?? plain, "train", networks[0]));
        if (paths.Text("lone") is null or "true")
        {
            for (var i = 1; i < networks.Count; i++) yield return (sizes[i], Stage(plain, "train", networks[i]));
        }

        // By the network where they end: a beam compares all that end in one before any goes on from there.
        var step = Settings(paths);
        if (paths["beam"] is not null) step = step.With("beam", paths.Entries["beam"]);
        var most = paths.Text("at-most") is { } number ? double.Parse(number, CultureInfo.InvariantCulture) : networks.Count;
        var ways = new List<Way> { new(sizes[0], networks[0].At, Assistants: 0) };
        for (var i = 1; i < networks.Count; i++)
        {
            var isStudent = i == networks.Count - 1;
            foreach (var from in ways.Where(way => isStudent || way.Assistants < most).ToList())
            {
                ways.Add(new($"{from.Name}-{sizes[i]}", networks[i].At, from.Assistants + 1));
                yield return (ways[^1].Name, Stage(step.With("from", new(from.At, new ScalarNode(from.At, from.Name))), "distil", networks[i]));
            }
        }
    }

    private static MapNode.Entry Stage(MapNode settings, string verb, ScalarNode network) => new(network.At, settings.With(verb, new(network.At, network)));

    private static List<ScalarNode> Networks(MapNode paths) =>
        [.. new[] { "teacher", "assistants", "student" }.SelectMany(key => paths[key] is ListNode list ? list.Items : [paths[key]!]).Cast<ScalarNode>()];

    private static MapNode Settings(MapNode paths) => paths.Without(Layout);

    // What weighs objectives by a teacher has nothing to weigh without one.
    private static MapNode Plain(MapNode paths) => Settings(paths).Without("objectives", "adaptive-weights");

    /// <summary>The beginning of a path: the name of its last stage, where that one's network stands, and how many it has behind the teacher.</summary>
    private readonly record struct Way(string Name, Place At, int Assistants);
}
