using System.Text;
using System.Text.RegularExpressions;
using Limbeck.Lab.Methods;
using Limbeck.Lab.Recipes;

namespace Limbeck.Cli.Rendering;

/// <summary>The documentation of objectives and of methods of dataset distillation in Markdown: a page for each, and an index by what they compare.</summary>
static partial class MethodPages
{
    const string Index = "README.md";
    const string Origin = "<!-- Made by `limbeck methods --markdown`. Change the comments in the code instead. -->\n\n";

    /// <summary>Every page under the name of its file.</summary>
    public static IReadOnlyList<(string File, string Text)> Of(IReadOnlyList<Method> objectives, IReadOnlyList<SynthesisMethod> syntheses) =>
        [(Index, IndexOf(objectives, syntheses)), .. objectives.Select(method => (FileOf(method.Name), PageOf(method))), .. syntheses.Select(method => (FileOf(method.Name), PageOf(method)))];

    static string FileOf(string name) => $"{name}.md";

    static string IndexOf(IReadOnlyList<Method> objectives, IReadOnlyList<SynthesisMethod> syntheses)
    {
        var page = new StringBuilder(Origin).Append($"# Objectives\n\n{objectives.Count} objectives that a student can learn from, by what they compare.\n");
        foreach (var group in objectives.GroupBy(method => method.Group)) AddTable(page, group.Key, "objective | what it compares", group.Select(method => (method.Name, method.Summary, method.Source)));
        page.Append($"\n# Dataset distillation\n\n{syntheses.Count} methods that make images which stand for a dataset, by what they compare.\n");
        foreach (var group in syntheses.GroupBy(method => method.Group)) AddTable(page, group.Key, "method | what images are made by", group.Select(method => (method.Name, method.Summary, method.Source)));
        return page.ToString();
    }

    static void AddTable(StringBuilder page, string title, string heads, IEnumerable<(string Name, string Summary, string Source)> methods)
    {
        page.Append($"\n## {title}\n\n| {heads} | source |\n|---|---|---|\n");
        foreach (var (name, summary, source) in methods) page.Append($"| [{name}]({FileOf(name)}) | {Cell(summary)} | {Cell(source)} |\n");
    }

    static string PageOf(Method method)
    {
        var page = Begin(method.Name, method.Formula, method.Notes, method.Source);
        page.Append($"\nIt compares {method.Group}. [All objectives]({Index})\n");
        AddOptions(page, method.Options);
        page.Append($"\n## Needs\n\nWith the default options, between {Escaped(Method.Pair)}:\n\n| | |\n|---|---|\n");
        foreach (var (what, amount) in MethodText.Needs(method.Needs)) page.Append($"| {what} | {Cell(amount)} |\n");
        return End(page, method.Recipe);
    }

    static string PageOf(SynthesisMethod method)
    {
        var page = Begin(method.Name, method.Formula, method.Notes, method.Source);
        page.Append($"\nIt makes images that stand for a dataset, and compares {method.Group}. [All methods]({Index}#dataset-distillation)\n");
        AddOptions(page, method.Options);
        page.Append($"\n## Needs\n\n{MethodText.Needs(method)}.\n\n## The loop\n\nAs its paper has it at 10 images a class on CIFAR-10. A stage that says otherwise goes before it:\n\n| key | value |\n|---|---|\n");
        foreach (var (key, value) in method.Loop) page.Append($"| `{key}` | {Cell(value)} |\n");
        return End(page, method.Recipe);
    }

    static StringBuilder Begin(string name, string formula, IReadOnlyList<string> notes, string source)
    {
        var page = new StringBuilder(Origin).Append($"# {name}\n\n{Escaped(formula)}\n");
        foreach (var note in notes) page.Append($"\n{Escaped(note)}\n");
        return source.Length > 0 ? page.Append($"\nSource: {Escaped(source)}.\n") : page;
    }

    static string End(StringBuilder page, string recipe) => page.Append($"\n## A recipe\n\nIt runs as it stands:\n\n```yaml\n{recipe}```\n").ToString();

    static void AddOptions(StringBuilder page, IReadOnlyList<OptionInfo> options)
    {
        page.Append("\n## Options\n\n");
        if (options.Count == 0)
        {
            page.Append("None.\n");
            return;
        }

        page.Append("| option | default | allowed | what it does |\n|---|---|---|---|\n");
        foreach (var option in options)
        {
            var choices = string.Concat(option.Choices.Where(choice => choice.Value.Length > 0).Select(choice => $"<br>`{choice.Key}`: {Cell(choice.Value)}"));
            page.Append($"| `{option.Name}` | {Cell(MethodText.Default(option))} | {Cell(option.Allowed ?? "")} | {Cell(option.Summary ?? "")}{choices} |\n");
        }
    }

    static string Cell(string text) => Escaped(text).Replace("|", "\\|", StringComparison.Ordinal);

    // What Markdown would take for emphasis, code, a link or a tag.
    static string Escaped(string text) => Special().Replace(text, @"\$0");

    [GeneratedRegex(@"[*_`\[\]<>\\~]", RegexOptions.None, 1000)]
    private static partial Regex Special();
}
