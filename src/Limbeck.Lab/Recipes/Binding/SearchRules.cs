using System.Globalization;
using Limbeck.Lab.Recipes.Syntax;

namespace Limbeck.Lab.Recipes.Binding;

/// <summary>
/// What must hold between a search and its stages. The ends of every range and each choice are put where the search would put them, so that what cannot be there is
/// found before the first trial, under the user's own number.
/// </summary>
internal sealed class SearchRules(MapNode recipe, MapNode stages, Binder binder, Findings findings)
{
    /// <summary>Checks the searches of a recipe whose stages are complete.</summary>
    public static void Check(MapNode recipe, Binder binder, Findings findings)
    {
        if (recipe["search"] is not MapNode searches || recipe["stages"] is not MapNode stages) return;
        var rules = new SearchRules(recipe.Without("search"), stages, binder, findings);
        foreach (var (name, entry) in searches.Entries) rules.Check(name, entry);
    }

    private void Check(string name, MapNode.Entry search)
    {
        if (stages[name] is not MapNode stage)
        {
            findings.Add(search.Key, $"no stage is called '{name}'", Names.List(stages.Entries.Keys), Names.Meant(name, stages.Entries.Keys));
            return;
        }

        if ((stage["data"] as MapNode)?["validation"] is ScalarNode validation && ScalarBinder.Number(validation.Text) == 0)
            findings.Add(search.Key, $"{name} has no validation images to search by, and test images choose nothing", "data: { validation: COUNT } with images to spare");
        var needed = StageRules.Needed(stages, name);
        foreach (var (path, entry) in ((search.Value as MapNode)?["space"] as MapNode)?.Entries ?? [])
        {
            var first = FirstOf(path);
            if (!needed.Contains(first)) findings.Add(entry.Key, $"'{path}' changes nothing of {name}", $"a path that begins with {Names.List(needed)}", Names.Meant(first, needed));
            else if (entry.Value is MapNode value) Check(path, entry.Key, value);
        }
    }

    private void Check(string path, Place at, MapNode value)
    {
        foreach (var sample in Samples(value))
        {
            Try(path, at, sample);
            if (value["complement"] is ScalarNode complement && ScalarBinder.Number(sample.Text) is { } number)
                Try(complement.Text, complement.At, Number(complement.At, SearchedValue.ComplementOf(number)));
        }
    }

    private void Try(string path, Place at, ScalarNode value)
    {
        var changed = Override.Set(recipe, $"stages.{path}", value, at, findings);
        StageRules.Check(changed, binder.Vocabulary, findings);
        var name = FirstOf(path);
        if (changed["stages"] is MapNode now && now.Entries.TryGetValue(name, out var stage)) binder.Bind(stage.Value, typeof(StageRecipe), new(name, stage.Key));
    }

    private static string FirstOf(string path) => path.Split('.', '[')[0];

    private static IEnumerable<ScalarNode> Samples(MapNode value)
    {
        foreach (var (way, entry) in value.Entries)
        {
            if (entry.Value is not ListNode list) continue;
            var items = list.Items.OfType<ScalarNode>().Where(item => !item.IsNull);
            foreach (var item in way == "choice" ? items : items.Take(2)) yield return item;
            // A number that is not whole, such as a whole one's place does not take.
            if (way is "uniform" or "log-uniform" && items.Select(item => ScalarBinder.Number(item.Text)).ToList() is [{ } low, { } high])
                yield return Number(list.At, low + ((high - low) / Math.PI));
        }
    }

    private static ScalarNode Number(Place at, double number) => new(at, number.ToString(CultureInfo.InvariantCulture));
}
