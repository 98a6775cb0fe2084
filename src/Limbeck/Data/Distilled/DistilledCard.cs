using System.Globalization;
using System.Text.Json;
using Limbeck.Data.Whitening;
using Limbeck.Torch.Serialization;

namespace Limbeck.Data.Distilled;

/// <summary>What a file of synthetic images says of itself, in the header's metadata: where they come from, and all that is needed to train on them as they were meant.</summary>
public sealed record DistilledCard
{
    const string Prefix = "limbeck.";
    const string Kind = "distilled-set";

    // Raised when the same keys begin to mean something else.
    const int Format = 1;

    /// <summary>The method's name.</summary>
    public required string Method { get; init; }

    /// <summary>Its options, as JSON.</summary>
    public string Options { get; init; } = "{}";

    /// <summary>Name of the dataset that the images stand for.</summary>
    public required string Dataset { get; init; }

    /// <summary>Names of the labels.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>The dataset's labels that these are, in their order; null for all.</summary>
    public IReadOnlyList<int>? Kept { get; init; }

    /// <summary>What real images are normalised with before a network that learned from these sees them.</summary>
    public required Normalization Normalization { get; init; }

    /// <summary>Name of the network that the images were made for.</summary>
    public required string Network { get; init; }

    /// <summary>Differentiable augmentation that they were made with, as in <c>color_crop_cutout_flip_scale_rotate</c>; empty for none.</summary>
    public string Augmentation { get; init; } = "";

    /// <summary>Steps of the method; 0 for images that were only chosen.</summary>
    public long Iterations { get; init; }

    /// <summary>Seed of the method.</summary>
    public int Seed { get; init; }

    /// <summary>Seed of the one network that the images were made for: another's weights are no start for them. Null where they were made for any.</summary>
    public int? WeightsSeed { get; init; }

    /// <summary>SHA-256 of the teacher's file; null without a teacher.</summary>
    public string? Teacher { get; init; }

    /// <summary>Version of Limbeck that made them.</summary>
    public string MadeBy { get; init; } = typeof(DistilledCard).Assembly.GetName().Version!.ToString(3);

    /// <summary>How they were evaluated and what it came to, as JSON; null where nobody has.</summary>
    public string? Evaluation { get; init; }

    /// <summary>Whether a file calls itself a distilled set; nothing else of it is checked.</summary>
    public static bool IsIn(SafetensorsFile file) => file.Metadata.GetValueOrDefault(Prefix + "format") == Kind;

    /// <summary>Reads the card of a file, without its images.</summary>
    /// <exception cref="InvalidDataException">It is no distilled set, is of a later format, or its card is not understood.</exception>
    public static DistilledCard Read(SafetensorsFile file)
    {
        if (!IsIn(file))
            throw new InvalidDataException($"{file.Path} is no distilled set: its header's {Prefix}format is {(file.Metadata.TryGetValue(Prefix + "format", out var other) ? $"'{other}'" : "missing")}, expected '{Kind}'");
        try
        {
            if (Number<int>("format-version") is var version and not Format)
                throw new InvalidDataException($"{file.Path} is of format version {version}, and this Limbeck reads {Format}: it was made by Limbeck {file.Metadata.GetValueOrDefault(Prefix + "version", "?")}; take that, or a later one");
            return new()
            {
                Method = Text("method"),
                Options = Text("options"),
                Dataset = Text("dataset"),
                ClassNames = Json<string[]>("classes"),
                Kept = Json<int[]?>("labels"),
                Normalization = new(Json<double[]>("mean"), Json<double[]>("std")) { Whitened = file.Metadata.ContainsKey(Prefix + "zca") ? Json<ZcaMark>("zca") : null },
                Network = Text("network"),
                Augmentation = Text("augmentation"),
                Iterations = Number<long>("iterations"),
                Seed = Number<int>("seed"),
                WeightsSeed = file.Metadata.ContainsKey(Prefix + "weights-seed") ? Number<int>("weights-seed") : null,
                Teacher = file.Metadata.GetValueOrDefault(Prefix + "teacher"),
                MadeBy = Text("version"),
                Evaluation = file.Metadata.GetValueOrDefault(Prefix + "evaluation"),
            };
        }
        catch (Exception odd) when (odd is FormatException or OverflowException or JsonException)
        {
            throw new InvalidDataException($"{file.Path} has a card that is not understood: {odd.Message}", odd);
        }

        string Text(string name) => file.Metadata.TryGetValue(Prefix + name, out var value) ? value : throw new InvalidDataException($"{file.Path} is an incomplete distilled set: its header lacks '{Prefix}{name}'");

        T Number<T>(string name) where T : IParsable<T> => T.Parse(Text(name), CultureInfo.InvariantCulture);

        T Json<T>(string name) => JsonSerializer.Deserialize<T>(Text(name))!;
    }

    internal IReadOnlyDictionary<string, string> Write() => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["format"] = Kind,
        ["format-version"] = Format.ToString(CultureInfo.InvariantCulture),
        ["method"] = Method,
        ["options"] = Options,
        ["dataset"] = Dataset,
        ["classes"] = JsonSerializer.Serialize(ClassNames),
        ["labels"] = JsonSerializer.Serialize(Kept),
        ["mean"] = JsonSerializer.Serialize(Normalization.Mean),
        ["std"] = JsonSerializer.Serialize(Normalization.Std),
        ["zca"] = Normalization.Whitened is { } mark ? JsonSerializer.Serialize(mark) : null,
        ["network"] = Network,
        ["augmentation"] = Augmentation,
        ["iterations"] = Iterations.ToString(CultureInfo.InvariantCulture),
        ["seed"] = Seed.ToString(CultureInfo.InvariantCulture),
        ["weights-seed"] = WeightsSeed?.ToString(CultureInfo.InvariantCulture),
        ["teacher"] = Teacher,
        ["version"] = MadeBy,
        ["evaluation"] = Evaluation,
    }.Where(entry => entry.Value is not null).ToDictionary(entry => Prefix + entry.Key, entry => entry.Value!, StringComparer.Ordinal);
}
