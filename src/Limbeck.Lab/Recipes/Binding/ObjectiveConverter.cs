using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Limbeck.Objectives;

namespace Limbeck.Lab.Recipes.Binding;

/// <summary>An objective as one flat map: kind, weight, and the options of the kind.</summary>
internal sealed class ObjectiveConverter(IReadOnlyDictionary<string, Type> kinds) : JsonConverter<ObjectiveRecipe>
{
    public override ObjectiveRecipe Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var map = JsonNode.Parse(ref reader)!.AsObject();
        var kind = (string)map[RecipeContract.Kind]!;
        var weight = map[RecipeContract.Weight].Deserialize<WeightSchedule>(options)!;
        var teacher = (string?)map[RecipeContract.Teacher];
        foreach (var common in RecipeContract.OfObjectives) map.Remove(common);
        return new(kind, weight, map.Deserialize(kinds[kind], options)!) { Teacher = teacher };
    }

    public override void Write(Utf8JsonWriter writer, ObjectiveRecipe value, JsonSerializerOptions options)
    {
        var map = JsonSerializer.SerializeToNode(value.Options, value.Options.GetType(), options)!.AsObject();
        map.Insert(0, RecipeContract.Kind, value.Kind);
        map.Insert(1, RecipeContract.Weight, JsonSerializer.SerializeToNode(value.Weight, options));
        if (value.Teacher is { } teacher) map.Insert(2, RecipeContract.Teacher, teacher);
        map.WriteTo(writer, options);
    }
}
