using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Limbeck.Objectives;

namespace Limbeck.Lab.Recipes.Binding;

/// <summary>What the exported schema of a record lacks: descriptions, ranges, names, defaults, and the short ways of writing.</summary>
internal sealed class SchemaNodes(JsonSerializerOptions contract, Vocabulary vocabulary)
{
    public JsonObject Of(Type type)
    {
        var schema = contract.GetJsonSchemaAsNode(type, new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform }).AsObject();
        // What comes from an abstract record has the default that this one gives it.
        foreach (var property in contract.GetTypeInfo(type).Settable().Where(property => property.DeclaringType != type && !property.IsRequired))
        {
            if (schema["properties"]?[property.Name] is JsonObject inherited && Default(type, property.Get!) is { } value) inherited["default"] = value;
        }
        return schema;
    }

    private JsonObject Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        var type = context.TypeInfo;
        // The exporter points to what it has written before: Ways must leave its nodes where they were.
        if (node is JsonObject known && known.ContainsKey("$ref")) return known;
        if (type.Type == typeof(ObjectiveRecipe)) return [];
        if (type.Type == typeof(MethodRecipe)) return Methods(context.PropertyInfo);
        var schema = node.AsObject();
        schema.Remove("required");
        if (type.PolymorphismOptions is not null) schema = Union(schema, type.Type, context.TypeInfo.Kinds());
        if (type.Type == typeof(StageRecipe)) schema["not"] = TwoOf("train", "distil", "ensemble", "synthesize");
        if (context.PropertyInfo is { } property)
        {
            var slot = new Slot(property.Name, default, property);
            var isList = type.Kind == JsonTypeInfoKind.Enumerable;
            if (isList && type.ElementType == typeof(ObjectiveRecipe)) schema["items"] = Objectives();
            // The exporter says nothing of what may be anything.
            if (isList && type.ElementType == typeof(JsonNode)) schema["items"] = new JsonObject { ["type"] = new JsonArray("number", "string", "boolean") };
            Restrict(Innermost(schema), slot);
            if (slot.Attribute<MinLengthAttribute>() is { } least) schema[isList ? "minItems" : "minProperties"] = least.Length;
            if (slot.Attribute<DistinctAttribute>() is not null) schema["uniqueItems"] = true;
            if (isList && type.ElementType == typeof(string)) schema = new() { ["anyOf"] = new JsonArray(schema["items"]!.DeepClone(), schema) };
            if (!property.IsRequired && Default(property.DeclaringType, property.Get!) is { } value) schema["default"] = value;
            if (DocComments.Of(property) is { } description) schema.Insert(0, "description", description);
        }
        else if (DocComments.Of(type.Type) is { } description && type.Kind == JsonTypeInfoKind.Object)
        {
            schema.Insert(0, "description", description);
        }
        return schema;
    }

    /// <summary>What the items of a list are, or those of a list of lists: ranges and names are theirs.</summary>
    private static JsonObject Innermost(JsonObject schema) => schema["items"] is JsonObject items ? Innermost(items) : schema;

    private void Restrict(JsonObject schema, Slot slot)
    {
        if (slot.Attribute<RangeAttribute>() is { } range)
        {
            schema["minimum"] = JsonSerializer.SerializeToNode(range.Minimum);
            schema["maximum"] = JsonSerializer.SerializeToNode(range.Maximum);
        }
        if (slot.Attribute<RegularExpressionAttribute>() is { } pattern)
        {
            if (slot.Property!.PropertyType == typeof(string)) schema["pattern"] = pattern.Pattern;
            else schema["propertyNames"] = new JsonObject { ["pattern"] = pattern.Pattern };
        }
        var names = slot.Attribute<RefersToAttribute>()?.Referent switch
        {
            Referent.Model => vocabulary.Models,
            Referent.Dataset => vocabulary.Datasets,
            _ => null,
        };
        if (names is null) return;
        schema.Remove("type");
        var choice = Texts(names);
        if (slot.Property!.IsSetNullable) choice.Add(null);
        if (slot.Attribute<RefersToAttribute>()!.Referent == Referent.Model && vocabulary.ModelJoint is { } joint)
            schema["anyOf"] = new JsonArray(new JsonObject { ["enum"] = choice }, new JsonObject { ["type"] = "string", ["pattern"] = $"^[^+]+{Regex.Escape(joint)}[^+]+$" });
        else schema["enum"] = choice;
    }

    /// <summary>A value of several kinds in its three ways of writing. The long one may lack its kind where it is a patch.</summary>
    private static JsonObject Union(JsonObject exported, Type type, IReadOnlyDictionary<string, Type> kinds)
    {
        var maps = new OrderedDictionary<string, JsonObject>();
        foreach (var ((name, kind), schema) in kinds.Zip(exported["anyOf"]!.AsArray()))
        {
            var map = schema!.DeepClone().AsObject();
            if (DocComments.Of(kind) is { } description) map["description"] = description;
            map["type"] = "object";
            maps.Add(name, map);
        }
        var ways = Ways(maps);
        if (type == typeof(WeightSchedule)) ways.Add(new JsonObject { ["type"] = "number", ["minimum"] = 0 });
        return new() { ["anyOf"] = ways };
    }

    private JsonObject Objectives() => OfKinds(vocabulary.Objectives, properties =>
    {
        properties.Insert(1, RecipeContract.Weight, new JsonObject { ["$ref"] = "#/definitions/weight" });
        properties.Insert(2, RecipeContract.Teacher, new JsonObject { ["description"] = "The one of several teachers that it reads, as 'from' names it. Left out: each in turn, or all together where the kind does.", ["type"] = "string" });
    });

    private JsonObject Methods(JsonPropertyInfo? property)
    {
        var schema = vocabulary.Methods.Count == 0 ? [] : OfKinds(vocabulary.Methods, static _ => { });
        if (property is not null && DocComments.Of(property) is { } description) schema.Insert(0, "description", description);
        return schema;
    }

    /// <summary>Options records by kind, with what all kinds have beside them.</summary>
    private JsonObject OfKinds(IReadOnlyDictionary<string, Type> kinds, Action<JsonObject> add)
    {
        var maps = new OrderedDictionary<string, JsonObject>();
        foreach (var (kind, type) in kinds)
        {
            var map = Of(type);
            if (!map.ContainsKey("properties")) map["properties"] = new JsonObject();
            var properties = map["properties"]!.AsObject();
            properties.Insert(0, RecipeContract.Kind, new JsonObject { ["const"] = kind });
            add(properties);
            map["type"] = "object";
            map["required"] = new JsonArray(RecipeContract.Kind);
            map["additionalProperties"] = false;
            maps.Add(kind, map);
        }
        return new() { ["anyOf"] = Ways(maps) };
    }

    /// <summary>The maps with their kinds, the bare names, and the maps under their kinds.</summary>
    private static JsonArray Ways(OrderedDictionary<string, JsonObject> maps)
    {
        var under = maps.Select(map =>
        {
            var options = map.Value.DeepClone().AsObject();
            options["properties"]!.AsObject().Remove(RecipeContract.Kind);
            options.Remove("required");
            return KeyValuePair.Create(map.Key, (JsonNode?)options);
        });
        var shorter = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(under),
            ["minProperties"] = 1,
            ["maxProperties"] = 1,
            ["additionalProperties"] = false,
        };
        return [.. maps.Values, new JsonObject { ["enum"] = Texts(maps.Keys) }, shorter];
    }

    private JsonNode? Default(Type owner, Func<object, object?> get)
    {
        if (owner.IsAbstract || owner.GetConstructor(Type.EmptyTypes) is null) return null;
        var value = get(Activator.CreateInstance(owner)!);
        return value is null ? null : JsonSerializer.SerializeToNode(value, value.GetType(), contract);
    }

    private static JsonObject TwoOf(params string[] keys) =>
        new() { ["anyOf"] = new JsonArray([.. keys.SelectMany((one, place) => keys.Skip(place + 1).Select(other => new JsonObject { ["required"] = new JsonArray(one, other) }))]) };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);
}
