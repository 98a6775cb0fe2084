using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Limbeck.Lab.Recipes.Syntax;
using Limbeck.Objectives;

namespace Limbeck.Lab.Recipes.Binding;

/// <summary>
/// Checks a tree against the contract, finds every mistake in it, and turns it into the JSON that the contract reads.
/// Where there were findings, what it returns means nothing.
/// </summary>
/// <remarks>
/// A value of several kinds may be written in three ways: <c>flip</c>, <c>{ crop: { padding: 2 } }</c>, <c>{ kind: crop, padding: 2 }</c>.
/// A list of texts may be written as one text.
/// </remarks>
internal sealed class Binder(JsonSerializerOptions contract, Vocabulary vocabulary, IReadOnlyCollection<string> stages, Findings findings)
{
    private readonly ScalarBinder _scalars = new(vocabulary, stages, findings);

    /// <summary>The names that may be used.</summary>
    public Vocabulary Vocabulary => vocabulary;

    public JsonNode? Bind(Node node, Type type, Slot slot)
    {
        if (node.IsNull) return Refuse(node, slot, "a value");
        if (type == typeof(ObjectiveRecipe)) return Objective(node, slot);
        if (type == typeof(MethodRecipe)) return Method(node, slot);
        var shape = contract.GetTypeInfo(type);
        if (shape.PolymorphismOptions is not null) return Union(node, shape, slot);
        return shape.Kind switch
        {
            JsonTypeInfoKind.Object => node is MapNode map ? Record(map, shape, slot) : Refuse(node, slot, $"a map of {Keys(shape)}"),
            JsonTypeInfoKind.Dictionary => Dictionary(node, shape, slot),
            JsonTypeInfoKind.Enumerable => List(node, shape, slot),
            _ => node is ScalarNode scalar ? _scalars.Bind(scalar, type, slot) : Refuse(node, slot, ScalarBinder.Expectation(type, slot)),
        };
    }

    /// <summary>A map as a record; the keys that are taken are no business of the record.</summary>
    private JsonObject Record(MapNode map, JsonTypeInfo shape, Slot slot, params IReadOnlyList<string> taken)
    {
        var before = findings.Count;
        var properties = shape.Settable().ToDictionary(p => p.Name);
        var json = new JsonObject();
        foreach (var (key, entry) in map.Entries.Where(e => !taken.Contains(e.Key)))
        {
            if (!properties.TryGetValue(key, out var property)) UnknownKey(entry.Key, key, slot.Name, [.. taken, .. properties.Keys]);
            else if (entry.Value.IsNull && property.IsSetNullable) json[key] = null;
            else json[key] = Bind(entry.Value, property.PropertyType, new(key, entry.Key, property));
        }
        foreach (var missing in properties.Values.Where(p => p.IsNeeded() && !map.Entries.ContainsKey(p.Name)))
            findings.Add(slot.At, $"{slot.Name} lacks '{missing.Name}'", DocComments.Of(missing));
        if (findings.Count == before && typeof(IValidatableObject).IsAssignableFrom(shape.Type)) Validate(json, map, shape, slot);
        return json;
    }

    /// <summary>Asks the record itself for what no single property can say.</summary>
    private void Validate(JsonObject json, MapNode map, JsonTypeInfo shape, Slot slot)
    {
        var record = (IValidatableObject)json.Deserialize(shape)!;
        foreach (var result in record.Validate(new(record)))
        {
            var keys = result.MemberNames.Select(JsonNamingPolicy.KebabCaseLower.ConvertName).Where(map.Entries.ContainsKey);
            findings.Add(keys.Select(key => map.Entries[key].Key).FirstOrDefault(slot.At), result.ErrorMessage!);
        }
    }

    private JsonObject? Union(Node node, JsonTypeInfo shape, Slot slot)
    {
        // A weight is most often a number.
        if (shape.Type == typeof(WeightSchedule) && node is ScalarNode { IsNumber: true })
            node = Patch.Long(new ScalarNode(node.At, "constant"))!.With("value", new(node.At, node));
        if (ReadKind(node, shape.Kinds(), slot) is not var (map, kind)) return null;
        var json = Record(map, contract.GetTypeInfo(shape.Kinds()[kind]), slot with { Name = kind }, RecipeContract.Kind);
        json.Insert(0, RecipeContract.Kind, kind);
        return json;
    }

    private JsonObject? Objective(Node node, Slot slot)
    {
        if (ReadKind(node, vocabulary.Objectives, slot) is not var (map, kind)) return null;
        var shape = contract.GetTypeInfo(vocabulary.Objectives[kind]);
        var json = Record(map, shape, slot with { Name = kind }, RecipeContract.OfObjectives);
        var weight = map.Entries.GetValueOrDefault(RecipeContract.Weight, new(node.At, new ScalarNode(node.At, "1")));
        json.Insert(0, RecipeContract.Kind, kind);
        json.Insert(1, RecipeContract.Weight, Bind(weight.Value, typeof(WeightSchedule), new(RecipeContract.Weight, weight.Key)));
        if (map.Entries.TryGetValue(RecipeContract.Teacher, out var teacher)) json.Insert(2, RecipeContract.Teacher, Bind(teacher.Value, typeof(string), new(RecipeContract.Teacher, teacher.Key)));
        return json;
    }

    private JsonObject? Method(Node node, Slot slot)
    {
        if (ReadKind(node, vocabulary.Methods, slot) is not var (map, kind)) return null;
        var json = Record(map, contract.GetTypeInfo(vocabulary.Methods[kind]), slot with { Name = kind }, RecipeContract.Kind);
        json.Insert(0, RecipeContract.Kind, kind);
        return json;
    }

    /// <summary>The map of a value of several kinds in its long form, and its kind; null with a finding where no kind can be told.</summary>
    private (MapNode Map, string Kind)? ReadKind(Node node, IReadOnlyDictionary<string, Type> kinds, Slot slot)
    {
        var expected = Names.List([.. kinds.Keys]);
        var full = node switch
        {
            ScalarNode => Patch.Long(node),
            MapNode map when map.Entries.ContainsKey(RecipeContract.Kind) => map,
            MapNode { Entries.Count: 1 } map when map.Entries.GetAt(0) is var (key, entry) && (kinds.ContainsKey(key) || entry.Value is MapNode) =>
                Unfold(entry, key),
            _ => null,
        };
        if (full is null)
        {
            findings.Add(node.At, node is MapNode ? $"{slot.Name} lacks 'kind'" : $"{slot.Name} cannot be {node.Describe()}", expected);
            return null;
        }
        var name = full.Entries[RecipeContract.Kind].Value;
        if (name is ScalarNode { Text: var kind } && kinds.ContainsKey(kind)) return (full, kind);
        var written = (name as ScalarNode)?.Text ?? "";
        findings.Add(name.At, $"no kind of {slot.Name} is called {name.Describe()}", expected, Names.Meant(written, kinds.Keys));
        return null;
    }

    private static MapNode Unfold(MapNode.Entry entry, string kind)
    {
        var map = Patch.Long(new ScalarNode(entry.Key, kind))!;
        return entry.Value is MapNode options ? Patch.Over(options, map) : map;
    }

    private JsonArray? List(Node node, JsonTypeInfo shape, Slot slot)
    {
        if (node is ScalarNode && shape.ElementType == typeof(string)) node = new ListNode(node.At, [node]);
        if (node is not ListNode list)
        {
            Refuse(node, slot, shape.ElementType == typeof(string) ? "a name, or a list of names" : "a list such as [1, 2]");
            return null;
        }
        if (list.Items.Count < slot.Attribute<MinLengthAttribute>()?.Length) findings.Add(list.At, $"{slot.Name} may not be empty");
        if (slot.Attribute<DistinctAttribute>() is not null)
        {
            foreach (var twice in list.Items.OfType<ScalarNode>().GroupBy(i => i.Text).SelectMany(g => g.Skip(1)))
                findings.Add(twice.At, $"{twice.Describe()} stands twice in {slot.Name}", hint: "keep one");
        }
        return [.. list.Items.Select((item, i) => Bind(item, shape.ElementType!, slot with { Name = $"{slot.Name}[{i}]", At = item.At }))];
    }

    private JsonObject? Dictionary(Node node, JsonTypeInfo shape, Slot slot)
    {
        if (node is not MapNode map)
        {
            Refuse(node, slot, "a map");
            return null;
        }
        if (map.Entries.Count < slot.Attribute<MinLengthAttribute>()?.Length) findings.Add(map.At, $"{slot.Name} may not be empty");
        var json = new JsonObject();
        foreach (var (key, entry) in map.Entries)
        {
            if (slot.Attribute<RegularExpressionAttribute>() is { } allowed && !allowed.IsValid(key))
                findings.Add(entry.Key, $"'{key}' cannot name one of {slot.Name}", "letters, digits, '-' and '_', a letter or digit first");
            json[key] = Bind(entry.Value, shape.ElementType!, new(key, entry.Key));
        }
        return json;
    }

    private JsonNode? Refuse(Node node, Slot slot, string expected)
    {
        findings.Add(node is MapNode || node.IsNull ? slot.At : node.At, $"{slot.Name} cannot be {node.Describe()}", expected);
        return null;
    }

    private void UnknownKey(Place at, string key, string owner, IReadOnlyCollection<string> known) =>
        findings.Add(at, $"unknown key '{key}' in {owner}", Names.List(known), Names.Meant(key, known));

    private static string Keys(JsonTypeInfo shape) => string.Join(", ", shape.Settable().Select(p => p.Name));
}
