using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Limbeck.Lab.Recipes.Binding;

namespace Limbeck.Lab.Recipes;

/// <summary>One option of an objective, as a recipe writes it.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Default">Its default as JSON; null where there is none.</param>
/// <param name="Allowed">What it may be: a range, or names; null for anything of its type.</param>
/// <param name="Summary">What it does; null where nobody has said.</param>
/// <param name="Choices">What each of the names means; empty where it is not one of several names.</param>
public sealed record OptionInfo(string Name, string? Default, string? Allowed, string? Summary, IReadOnlyDictionary<string, string> Choices)
{
    static readonly Vocabulary NoNames = new([], [], new Dictionary<string, Type>(StringComparer.Ordinal));

    /// <summary>The options of a record, in its order: read from the same schema that editors get.</summary>
    public static IReadOnlyList<OptionInfo> Of(Type options)
    {
        var contract = RecipeContract.For(NoNames);
        var schema = new SchemaNodes(contract, NoNames).Of(options);
        return [.. contract.GetTypeInfo(options).Settable().Select(property => Of(property, schema["properties"]![property.Name]!.AsObject()))];
    }

    static OptionInfo Of(JsonPropertyInfo property, JsonObject schema)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return new(property.Name, schema["default"]?.ToJsonString(), Range(schema) ?? Names(type), (string?)schema["description"], type.IsEnum ? Meanings(type) : new Dictionary<string, string>());
    }

    static string? Range(JsonObject schema) => schema["items"] is JsonObject items ? Range(items) : schema["minimum"] is { } least && schema["maximum"] is { } most
        ? double.Parse(most.ToJsonString(), CultureInfo.InvariantCulture) >= int.MaxValue ? $"at least {least}" : $"{least} to {most}"
        : null;

    static string? Names(Type type) => type.IsEnum ? string.Join(", ", ScalarBinder.EnumNames(type)) : type == typeof(bool) ? "true, false" : null;

    static OrderedDictionary<string, string> Meanings(Type type) =>
        new(ScalarBinder.EnumNames(type).Zip(Enum.GetNames(type), (written, name) => KeyValuePair.Create(written, DocComments.Of(type, name) ?? "")), StringComparer.Ordinal);
}
