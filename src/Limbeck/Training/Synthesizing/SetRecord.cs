using System.Text.Json;
using Limbeck.Data.Distilled;

namespace Limbeck.Training.Synthesizing;

/// <summary>How a set was evaluated and what it came to, as the set's card keeps it: enough to do it again from the file alone.</summary>
/// <param name="Options">How the networks learned.</param>
/// <param name="Entries">What each was worth.</param>
public sealed record SetRecord(SetEvaluation.Options Options, IReadOnlyList<SetRecord.Entry> Entries)
{
    static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };

    /// <summary>SHA-256 of the file of the teacher that they learned from too; null without one.</summary>
    public string? Teacher { get; init; }

    /// <summary>The record of a set; null where nobody has evaluated it.</summary>
    /// <exception cref="InvalidDataException">It is not understood.</exception>
    public static SetRecord? Of(DistilledCard card)
    {
        try
        {
            return card.Evaluation is null ? null : JsonSerializer.Deserialize<SetRecord>(card.Evaluation, Format);
        }
        catch (JsonException odd)
        {
            throw new InvalidDataException($"the set's record of its evaluation is not understood: {odd.Message}", odd);
        }
    }

    /// <summary>The record of an evaluation.</summary>
    public static SetRecord Of(SetEvaluation.Options options, IEnumerable<SetScore> scores) =>
        new(options, [.. scores.Select(score => new Entry(score.Network, score.Seed, score.Validation?.Accuracy, score.Test?.Accuracy))]);

    /// <summary>As JSON, for the card.</summary>
    public string Write() => JsonSerializer.Serialize(this, Format);

    /// <summary>One network.</summary>
    /// <param name="Network">Its name in the zoo.</param>
    /// <param name="Seed">Of its initial weights and of its training.</param>
    /// <param name="Validation">Accuracy on the validation split, in [0, 1]; null without one.</param>
    /// <param name="Test">Accuracy on the test images, in [0, 1].</param>
    public sealed record Entry(string Network, int Seed, double? Validation, double? Test);
}
