using System.Globalization;
using System.Text;
using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Markup;

namespace Limbeck.Studio.Reports.Sections;

/// <summary>Where the numbers come from and how to get them again.</summary>
internal static class OriginSection
{
    public static Section Of(RunResult run) => new("again", "Run it again", $"""
        <p><a download="recipe.yaml" href="data:text/yaml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(run.Recipe))}">Save the recipe</a> as recipe.yaml, then:</p>
        <pre><code>limbeck run recipe.yaml{(run.Jobs == 1 ? "" : $" --jobs {run.Jobs}")}</code></pre>
        <p class="note">The recipe is resolved: scale and overrides are written into it.{(run.Machine.Device.StartsWith("cpu", StringComparison.Ordinal) ? " On the same processor, libtorch and number of threads the numbers come out the same to the last bit." : "")}</p>
        <details class="recipe"><summary>The recipe</summary><pre tabindex="0"><code>{run.Recipe}</code></pre></details>
        <h3>Where this ran</h3>
        <dl class="facts">{Facts(run).Select(fact => (Html)$"<div><dt>{fact.Name}</dt><dd>{fact.Value}</dd></div>")}</dl>
        {(run.Stages.Count == 0 ? Html.Empty : Keys(run))}
        """);

    static IEnumerable<(string Name, string Value)> Facts(RunResult run)
    {
        var machine = run.Machine;
        yield return ("started", run.Started.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture));
        yield return ("scale", run.Scale ?? "as written");
        yield return ("Limbeck", machine.Limbeck);
        yield return ("libtorch", machine.Libtorch);
        yield return (".NET", machine.Runtime);
        yield return ("system", machine.System);
        yield return ("processor", machine.Processor);
        yield return ("cores, threads", $"{machine.Cores}, {machine.Threads}");
        yield return ("device", machine.Device);
        yield return ("memory", Numbers.Memory(machine.MemoryBytes));
    }

    static Html Keys(RunResult run) => $"""
        <details><summary>Seeds and keys</summary>
        {Table.Of("The key is a hash of all that determines a network: equal keys, equal networks", [.. run.Stages.SelectMany(stage => stage.Seeds.Select(seed => (stage.Name, seed)))],
        [
            new("stage", row => $"{row.Name}"),
            new("seed", row => $"{row.seed.Seed.ToString(CultureInfo.InvariantCulture)}"),
            new("chosen epoch", row => $"{row.seed.Fit.Chosen.Epoch}"),
            new("test accuracy, %", row => $"{(row.seed.Fit.Chosen.Test is { } test ? Numbers.Fixed(100 * test.Accuracy, 2) : Numbers.None)}"),
            new("from", row => $"{(row.seed.Reused ? "an earlier run" : "this run")}", IsText: true),
            new("key", row => $"<code>{row.seed.Key}</code>", IsText: true),
        ])}
        </details>
        """;
}
