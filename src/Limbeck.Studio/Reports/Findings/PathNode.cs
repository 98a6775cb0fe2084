using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Statistics;

namespace Limbeck.Studio.Reports.Findings;

/// <summary>A stage at the end of a chain of teachers, and the stages that learned from it.</summary>
/// <param name="name">Its name.</param>
/// <param name="model">Its network.</param>
/// <param name="stage">What it came to; null where a beam left it out.</param>
/// <param name="before">The chain to its teacher, from the first stage on; empty for that one itself.</param>
internal sealed class PathNode(string name, string model, StageResult? stage, IReadOnlyList<PathNode> before)
{
    readonly List<PathNode> next = [];

    public string Name => name;

    public string Model => model;

    public StageResult? Stage => stage;

    public IReadOnlyList<PathNode> Before => before;

    /// <summary>The stages that learned from it.</summary>
    public IReadOnlyList<PathNode> Next => next;

    /// <summary>The chain and the stage itself.</summary>
    public IReadOnlyList<PathNode> Path => [.. before, this];

    /// <summary>It and all behind it.</summary>
    public IEnumerable<PathNode> All => next.SelectMany(node => node.All).Prepend(this);

    /// <summary>Share of the validation images that it has right, over the seeds.</summary>
    public Spread? Validation => stage?.Over(seed => seed.Fit.Chosen.Validation?.Accuracy);

    /// <summary>Likewise of the test images.</summary>
    public Spread? Test => stage?.Over(Measure.Test.Accuracy);

    /// <summary>The first stages of a run's chains. A run whose stages all learn from labels, or from a stage that does, has none.</summary>
    /// <remarks>A stage with several teachers stands behind the one that has the longest chain itself.</remarks>
    public static IReadOnlyList<PathNode> Trees(RunResult run)
    {
        var links = run.Stages.Select(done => new Link(done.Name, done.Model, done.Teachers, done))
            .Concat(run.LeftOut.Select(skipped => new Link(skipped.Stage, skipped.Model, skipped.Teachers, null))).ToDictionary(link => link.Name, StringComparer.Ordinal);
        var nodes = new OrderedDictionary<string, PathNode>(StringComparer.Ordinal);
        foreach (var link in links.Values) Place(link);
        return [.. nodes.Values.Where(node => node.Before.Count == 0 && node.All.Any(far => far.Before.Count > 1))];

        PathNode Place(Link link)
        {
            if (nodes.TryGetValue(link.Name, out var known)) return known;
            var teacher = link.Teachers.Where(links.ContainsKey).Select(teacher => Place(links[teacher])).MaxBy(node => node.Before.Count);
            var made = new PathNode(link.Name, link.Model, link.Stage, teacher?.Path ?? []);
            teacher?.next.Add(made);
            nodes.Add(link.Name, made);
            return made;
        }
    }

    sealed record Link(string Name, string Model, IReadOnlyList<string> Teachers, StageResult? Stage);
}
