using System.Globalization;

namespace Limbeck.Studio.Reports.Markup;

/// <summary>How settings of a recipe read in a sentence, where exact ones stand elsewhere.</summary>
public static class Settings
{
    const int Shown = 6;

    // What is no longer than "0.767" is not made shorter.
    const int Enough = 5;

    /// <summary>Names without what all begin with, and about three digits: <c>objectives[0].weight = 0.767, objectives[1].weight = 0.233</c>. Six of them, and how many more.</summary>
    public static string Text(IReadOnlyDictionary<string, string> settings)
    {
        var start = settings.Count == 0 ? 0 : Shared([.. settings.Keys]);
        var shown = string.Join(", ", settings.Take(Shown).Select(setting => $"{setting.Key[start..]} = {Value(setting.Value)}"));
        return settings.Count > Shown ? $"{shown} and {settings.Count - Shown} more" : shown;
    }

    /// <summary>A long number to about three digits; anything else as it is.</summary>
    public static string Value(string written) =>
        written.Length > Enough && double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && !double.IsInteger(value) ? Numbers.Significant(value) : written;

    // Up to the last dot that all have in common.
    static int Shared(string[] names)
    {
        var common = names.Aggregate((one, other) => one[..one.AsSpan().CommonPrefixLength(other)]);
        return common.LastIndexOf('.') + 1;
    }
}
