using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Limbeck.Lab.Search;

namespace Limbeck.Lab.Recipes;

/// <summary>What one value of a recipe may be in a search: exactly one of the ranges, or a list to choose from.</summary>
public sealed record SearchedValue : IValidatableObject
{
    private const int MostSteps = 1_000_000;

    /// <summary>[low, high]: any number between.</summary>
    public IReadOnlyList<double>? Uniform { get; init; }

    /// <summary>[low, high]: any number between, uniform in its logarithm.</summary>
    public IReadOnlyList<double>? LogUniform { get; init; }

    /// <summary>[low, high, step]: low, low + step, and so on up to high.</summary>
    public IReadOnlyList<double>? Quniform { get; init; }

    /// <summary>[low, high]: any whole number between.</summary>
    public IReadOnlyList<int>? Integer { get; init; }

    /// <summary>Any of these: numbers, words, true and false.</summary>
    public IReadOnlyList<JsonNode>? Choice { get; init; }

    /// <summary>A second value, which is always 1 minus this one: <c>student.objectives[0].weight</c>.</summary>
    public string? Complement { get; init; }

    internal Domain Domain => this switch
    {
        { Uniform: [var low, var high] } => new Interval(low, high),
        { LogUniform: [var low, var high] } => new Interval(low, high, IsLog: true),
        { Quniform: [var low, var high, var step] } => new Interval(low, high, step),
        { Integer: [var low, var high] } => new Interval(low, high, Step: 1),
        { Choice: { } values } => new Choices(values),
        _ => throw new InvalidOperationException("a searched value needs a range or a choice"),
    };

    /// <summary>Everything that a value of the search sets, each by its path.</summary>
    internal IEnumerable<(string Path, JsonNode Value)> Settings(string path, double value)
    {
        var written = Domain.Write(value);
        yield return (path, written);
        if (Complement is { } other) yield return (other, ComplementOf((double)written));
    }

    /// <summary>What each of the paths may be, in words.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Describe(string path)
    {
        yield return new(path, this switch
        {
            { Uniform: [var low, var high] } => $"{low} to {high}",
            { LogUniform: [var low, var high] } => $"{low} to {high}, uniform in the logarithm",
            { Quniform: [var low, var high, var step] } => $"{low} to {high} by {step}",
            { Integer: [var low, var high] } => $"{low} to {high}, whole",
            _ => string.Join(", ", Choice ?? []),
        });
        if (Complement is { } other) yield return new(other, $"1 − {path}");
    }

    /// <summary>1 minus a number, rounded: 1 − 0.9 is 0.1 to a person, and to whoever compares stage keys.</summary>
    internal static double ComplementOf(double number) => Math.Round(1 - number, 15);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Name, object? Given)[] all = [(nameof(Uniform), Uniform), (nameof(LogUniform), LogUniform), (nameof(Quniform), Quniform), (nameof(Integer), Integer), (nameof(Choice), Choice)];
        var given = all.Where(way => way.Given is not null).Select(way => way.Name).ToList();
        if (given.Count != 1)
        {
            yield return new($"{(given.Count == 0 ? "nothing" : $"{given.Count} things")} to choose from: give one of uniform, log-uniform, quniform, integer, choice", given.Skip(1));
            yield break;
        }

        if (Complaint() is { } complaint) yield return new(complaint, given);
        else if (Complement is not null && Choice is not null && Choice.Any(value => value.GetValueKind() != System.Text.Json.JsonValueKind.Number))
            yield return new("only numbers have a complement", [nameof(Complement)]);
    }

    string? Complaint() => this switch
    {
        { Choice.Count: 0 } => "choice has nothing to choose from",
        { Choice: { } values } when values.DistinctBy(value => value.ToJsonString()).Count() < values.Count => "a choice stands here twice: keep one",
        { Choice: not null } => null,
        { Quniform: { Count: not 3 } } => "quniform is [low, high, step]",
        { Quniform: [_, _, <= 0] } => "the step of quniform is above 0",
        { Quniform: [var low, var high, var step] } when (high - low) / step > MostSteps => $"that step makes more than {MostSteps} values: search uniform, or by a greater step",
        { Uniform: { Count: not 2 } } or { LogUniform: { Count: not 2 } } or { Integer: { Count: not 2 } } => "a range is [low, high]",
        { LogUniform: [<= 0, _] } => "the low end of log-uniform is above 0",
        { Integer: [var low, var high] } when (long)high - low > MostSteps => $"more than {MostSteps} values: search quniform with a step",
        { Domain: Interval { Low: var low, High: var high } } when low >= high => $"the low end, {low}, is not below the high end, {high}",
        _ => null,
    };
}
