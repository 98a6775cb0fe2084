using System.Text.Json.Nodes;

namespace Limbeck.Lab.Search;

/// <summary>Domains as Optuna's journal writes them: JSON in a text.</summary>
static class Distribution
{
    internal static string Of(Domain domain) => domain switch
    {
        Interval interval => Named("FloatDistribution", new JsonObject
        {
            ["step"] = interval.Step, ["low"] = interval.Low, ["high"] = interval.High, ["log"] = interval.IsLog,
        }),
        Choices choices => Named("CategoricalDistribution", new JsonObject { ["choices"] = new JsonArray([.. choices.Values.Select(value => value.DeepClone())]) }),
        _ => throw new ArgumentException($"a journal knows no {domain.GetType().Name}", nameof(domain)),
    };

    static string Named(string name, JsonObject attributes) => new JsonObject { ["name"] = name, ["attributes"] = attributes }.ToJsonString();
}
