using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Limbeck.Lab.Recipes.Binding;
using Limbeck.Objectives;

namespace Limbeck.Lab.Recipes;

/// <summary>The JSON schema of recipe files, made from the records: for editors, which complete and check by it.</summary>
/// <remarks>
/// It is weaker than <see cref="RecipeFile.Read"/>: it sees one file, which may be a patch over another, and so asks for no key but the kind of
/// an objective.
/// </remarks>
public static class RecipeSchema
{
    private static readonly JsonSerializerOptions Layout =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema (draft 7) as JSON text, with the names of a vocabulary.</summary>
    public static string Write(Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        var contract = RecipeContract.For(vocabulary);
        var nodes = new SchemaNodes(contract, vocabulary);
        var schema = nodes.Of(typeof(Recipe));
        schema.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        schema.Insert(1, "title", "Limbeck recipe");
        var properties = schema["properties"]!.AsObject();
        // These are gone when a recipe is resolved, so that no record has them.
        properties.Insert(0, "extends", new JsonObject
        {
            ["type"] = "string",
            ["description"] = "Recipe file that this one is merged over, relative to this one.",
        });
        properties["scales"] = new JsonObject
        {
            ["type"] = "object",
            ["description"] = "Patches of this recipe for less or more work, chosen by name.",
            ["properties"] = new JsonObject(ScalarBinder.EnumNames(typeof(Scale)).Select(name => KeyValuePair.Create<string, JsonNode?>(name, Patch()))),
            ["additionalProperties"] = false,
        };
        properties["stages"]!["additionalProperties"]!["properties"]![VariedStages.Key] = new JsonObject
        {
            ["type"] = "array",
            ["description"] = "Makes a stage of each combination: of each map one entry, a name and a patch over this stage. Called after the stage and the names: joint-a3-taught.",
            ["items"] = new JsonObject { ["type"] = "object", ["minProperties"] = 1, ["additionalProperties"] = Patch("#/properties/stages/additionalProperties") },
            ["minItems"] = 1,
        };
        schema["definitions"] = new JsonObject { [RecipeContract.Weight] = nodes.Of(typeof(WeightSchedule)) };
        return schema.ToJsonString(Layout) + "\n";
    }

    /// <summary>A recipe or a stage again, or nothing.</summary>
    private static JsonObject Patch(string of = "#") =>
        new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["$ref"] = of }, new JsonObject { ["type"] = "null" }) };
}
