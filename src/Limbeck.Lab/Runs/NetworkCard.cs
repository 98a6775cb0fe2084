using System.Globalization;
using System.Text.Json;
using Limbeck.Data;
using Limbeck.Data.PyTorch;
using Limbeck.Data.Whitening;
using Limbeck.Lab.Recipes;
using Limbeck.Models;
using Limbeck.Torch.Serialization;
using Limbeck.Training;

namespace Limbeck.Lab.Runs;

/// <summary>What a network file says of itself, in the header's metadata: enough to make the network and to show it images as it saw them.</summary>
/// <param name="Model">Its name in the zoo.</param>
/// <param name="Classes">Number of logits.</param>
/// <param name="Input">Shape of its images.</param>
/// <param name="Normalization">What its images were normalised with.</param>
/// <param name="Dataset">The dataset that it learned from.</param>
/// <param name="Labels">The dataset's labels that its classes are, in their order; null for all.</param>
/// <param name="Key">Key of the stage that trained it.</param>
public sealed record NetworkCard(string Model, int Classes, ImageShape Input, Normalization Normalization, string Dataset, IReadOnlyList<int>? Labels, string Key)
{
    const string Prefix = "limbeck.";
    const string Import = "make a network file of it: limbeck import WEIGHTS FILE --network NAME --data NAME";

    /// <summary>Reads the card of a network file, without its weights.</summary>
    /// <exception cref="InvalidDataException">It has no card, or one that is not understood.</exception>
    public static NetworkCard Read(string path)
    {
        if (StateFile.IsPickled(path)) throw new InvalidDataException($"{path} is a file of torch.save, which does not say which network it holds: {Import}");
        using var file = Safetensors.Load(path);
        try
        {
            var sides = Field(file, "input").Split('x').Select(int.Parse).ToArray();
            return new(Field(file, "model"), int.Parse(Field(file, "classes")), new ImageShape(sides[0], sides[1], sides[2]),
                new Normalization(Numbers(Field(file, "mean"), double.Parse), Numbers(Field(file, "std"), double.Parse)) { Whitened = Mark(file) },
                Field(file, "dataset"), Field(file, "labels") is { Length: > 0 } labels ? Numbers(labels, int.Parse) : null, Field(file, "key"));
        }
        catch (Exception odd) when (odd is FormatException or OverflowException or IndexOutOfRangeException or JsonException)
        {
            throw new InvalidDataException($"{path} has a card that is not understood: {odd.Message}", odd);
        }
    }

    internal static NetworkCard Of(PlannedStage stage, ImageDataset images) =>
        new(stage.Model, images.Classes, images.Shape, images.Normalization.Named(), stage.Recipe.Data.Name, stage.Recipe.Data.Classes, stage.Key);

    /// <summary>The network as a teacher of a stage.</summary>
    /// <param name="network">The network, <see cref="Shown"/> the stage's images.</param>
    /// <param name="student">The stage.</param>
    /// <param name="place">Which of its teachers this is.</param>
    /// <param name="images">What the stage trains on.</param>
    /// <exception cref="FitException">It was trained on images of another shape.</exception>
    internal Teacher Teach(Network network, PlannedStage student, int place, ImageDataset images)
    {
        var name = student.Recipe.From[place];
        return Input == images.Shape
            ? new Teacher(network) { Name = name, Classes = Knows(student, images) }
            : throw new FitException($"stage '{student.Name}': its teacher {name} ({Model}) was trained on images of {Input}, and the student sees {images.Shape}: give both data of one shape");
    }

    /// <summary>The network, made to see images that are normalised otherwise than what it learned from.</summary>
    /// <exception cref="FitException">It learned from images whitened otherwise, of which only the mark is known.</exception>
    public Network Shown(Network network, ImageDataset images)
    {
        if (Normalization.IsLike(images.Normalization) || Input != images.Shape) return network;
        return Normalization is not { Whitened: not null, Zca: null }
            ? new RenormalisedNetwork(network, images.Normalization, Normalization)
            : throw new FitException($"{Model} learned from images that were {Normalization.Describe()}, and {images.Name} is {images.Normalization.Describe()} here: give both the same data settings");
    }

    // As Teacher.Classes has it: null where it knows what the student learns, in the same order.
    IReadOnlyList<int>? Knows(PlannedStage student, ImageDataset images)
    {
        if (Dataset != student.Recipe.Data.Name) return [];
        var wanted = (student.Recipe.Data.Classes ?? [.. Enumerable.Range(0, images.Classes)]).Index().ToDictionary(label => label.Item, label => label.Index);
        var places = (Labels ?? [.. Enumerable.Range(0, Classes)]).Select(label => wanted.GetValueOrDefault(label, -1)).ToList();
        return places.Contains(-1) ? [] : places.SequenceEqual(Enumerable.Range(0, images.Classes)) ? null : places;
    }

    internal IReadOnlyDictionary<string, string> Write() => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        [Prefix + "model"] = Model,
        [Prefix + "classes"] = Classes.ToString(CultureInfo.InvariantCulture),
        [Prefix + "input"] = Input.ToString(),
        [Prefix + "mean"] = string.Join(' ', Normalization.Mean),
        [Prefix + "std"] = string.Join(' ', Normalization.Std),
        [Prefix + "dataset"] = Dataset,
        [Prefix + "labels"] = string.Join(' ', Labels ?? []),
        [Prefix + "key"] = Key,
        [Prefix + "zca"] = Normalization.Whitened is { } mark ? JsonSerializer.Serialize(mark) : null,
    }.Where(entry => entry.Value is not null).ToDictionary(entry => entry.Key, entry => entry.Value!, StringComparer.Ordinal);

    static ZcaMark? Mark(SafetensorsFile file) => file.Metadata.TryGetValue(Prefix + "zca", out var written) ? JsonSerializer.Deserialize<ZcaMark>(written) : null;

    static T[] Numbers<T>(string text, Func<string, T> parse) => [.. text.Split(' ').Select(parse)];

    static string Field(SafetensorsFile file, string name) => file.Metadata.TryGetValue(Prefix + name, out var value)
        ? value
        : throw new InvalidDataException($"{file.Path} does not say which network it holds: its header has no '{Prefix}{name}'. If PyTorch has trained it, {Import}");
}
