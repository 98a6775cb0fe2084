using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Limbeck.Lab.Recipes.Syntax;

namespace Limbeck.Lab.Recipes.Binding;

/// <summary>Turns text into what the contract wants there. The type comes from the contract alone: nothing is guessed from the text.</summary>
/// <remarks>A whole number may be written 60000 or 6e4, and 010 is ten; only true and false are truth values, as in YAML 1.2.</remarks>
internal sealed class ScalarBinder(Vocabulary vocabulary, IReadOnlyCollection<string> stages, Findings findings)
{
    public JsonNode? Bind(ScalarNode scalar, Type type, Slot slot)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return Text(scalar, slot);
        if (type == typeof(JsonNode)) return Any(scalar);
        JsonNode? value = null;
        string? hint = null;
        if (type == typeof(bool)) (value, hint) = Truth(scalar);
        else if (type.IsEnum) (value, hint) = Choice(scalar, type);
        else if (!scalar.Quoted && Number(scalar.Text) is { } number && (IsReal(type) || number == Math.Truncate(number)))
        {
            if (slot.Attribute<RangeAttribute>() is not { } range || (number >= ToDouble(range.Minimum) && number <= ToDouble(range.Maximum)))
                value = IsReal(type) ? number : Whole(number, type);
        }
        if (value is null) findings.Add(scalar.At, $"{slot.Name} cannot be {scalar.Describe()}", Expectation(type, slot), hint);
        return value;
    }

    /// <summary>What may stand there, for an error.</summary>
    public static string Expectation(Type type, Slot slot)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return "text";
        if (type == typeof(bool)) return "true or false";
        if (type.IsEnum) return Names.List(EnumNames(type));
        var noun = IsReal(type) ? "a number" : "a whole number";
        if (slot.Attribute<RangeAttribute>() is not { } range) return noun;
        return ToDouble(range.Maximum) >= int.MaxValue
            ? $"{noun}, at least {Plain(range.Minimum)}"
            : $"{noun} from {Plain(range.Minimum)} to {Plain(range.Maximum)}";
    }

    public static IReadOnlyCollection<string> EnumNames(Type type) => [.. Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    private static (JsonNode?, string?) Truth(ScalarNode scalar) => scalar.Quoted ? (null, "leave the quotes out") : scalar.Text switch
    {
        "true" => (true, null),
        "false" => (false, null),
        "yes" or "Yes" or "on" or "On" or "True" or "1" => (null, "did you mean 'true'?"),
        "no" or "No" or "off" or "Off" or "False" or "0" => (null, "did you mean 'false'?"),
        _ => (null, null),
    };

    private static (JsonNode?, string?) Choice(ScalarNode scalar, Type type)
    {
        var names = EnumNames(type);
        return names.Contains(scalar.Text) ? (scalar.Text, null) : (null, Names.Meant(scalar.Text, names));
    }

    /// <summary>A value whose type depends on where it will stand: what it looks like.</summary>
    private static JsonNode? Any(ScalarNode scalar) =>
        Truth(scalar).Item1 ?? (!scalar.Quoted && Number(scalar.Text) is { } number ? number : (JsonNode?)scalar.Text);

    private JsonNode? Text(ScalarNode scalar, Slot slot)
    {
        if (slot.Attribute<RegularExpressionAttribute>() is { } allowed && !allowed.IsValid(scalar.Text))
            findings.Add(scalar.At, $"{slot.Name} cannot be {scalar.Describe()}", "letters, digits, '.', '-' and '_', a letter or digit first");
        return slot.Attribute<RefersToAttribute>()?.Referent switch
        {
            Referent.Model => Model(scalar),
            Referent.Dataset => Known(scalar, "dataset", vocabulary.Datasets),
            Referent.Path => Path.GetFullPath(scalar.Text, scalar.At.Source.Folder),
            Referent.Stage => Known(scalar, "stage", stages),
            Referent.StageOrCheckpoint => StageOrCheckpoint(scalar),
            _ => scalar.Text,
        };
    }

    private JsonNode? Model(ScalarNode scalar) =>
        vocabulary.ModelJoint is { } joint && scalar.Text.Split(joint) is [var one, var other] && vocabulary.Models.Contains(one) && vocabulary.Models.Contains(other)
            ? scalar.Text
            : Known(scalar, "model", vocabulary.Models);

    private JsonNode? Known(ScalarNode scalar, string noun, IReadOnlyCollection<string> names)
    {
        if (names.Contains(scalar.Text)) return scalar.Text;
        findings.Add(scalar.At, $"no {noun} is called {scalar.Describe()}", Names.List(names), Names.Meant(scalar.Text, names));
        return null;
    }

    private JsonNode? StageOrCheckpoint(ScalarNode scalar)
    {
        // No stage's name holds a dot or a slash.
        if (!scalar.Text.AsSpan().ContainsAny("./\\")) return Known(scalar, "stage", stages);
        var path = Path.GetFullPath(scalar.Text, scalar.At.Source.Folder);
        if (!Path.Exists(path))
            findings.Add(scalar.At, $"no checkpoint {path}", "a stage of this recipe, or a file that exists, relative to the file that names it");
        return path;
    }

    /// <summary>The finite number that a text is; null where it is none.</summary>
    public static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static JsonNode? Whole(double number, Type type)
    {
        var most = type == typeof(int) ? int.MaxValue : 1L << 53;
        return Math.Abs(number) <= most ? (long)number : null;
    }

    private static bool IsReal(Type type) => type == typeof(double) || type == typeof(float);

    private static string Plain(object bound) => ToDouble(bound).ToString(CultureInfo.InvariantCulture).ToLowerInvariant();

    private static double ToDouble(object bound) => Convert.ToDouble(bound, CultureInfo.InvariantCulture);
}
