using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Limbeck.Lab.Recipes.Binding;

/// <summary>A method of dataset distillation as one flat map: kind, and the options of the kind.</summary>
internal sealed class MethodConverter(IReadOnlyDictionary<string, Type> kinds) : JsonConverter<MethodRecipe>
{
    public override MethodRecipe Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var map = JsonNode.Parse(ref reader)!.AsObject();
        var kind = (string)map[RecipeContract.Kind]!;
        map.Remove(RecipeContract.Kind);
        return new(kind, map.Deserialize(kinds[kind], options)!);
    }

    public override void Write(Utf8JsonWriter writer, MethodRecipe value, JsonSerializerOptions options)
    {
        var map = JsonSerializer.SerializeToNode(value.Options, value.Options.GetType(), options)!.AsObject();
        map.Insert(0, RecipeContract.Kind, value.Kind);
        map.WriteTo(writer, options);
    }
}
