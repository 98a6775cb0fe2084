using System.Text.Json.Serialization;

namespace Limbeck.Training.Synthesizing;

/// <summary>What a network learned from, and how: a set as it is meant, or what stands beside it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SetVariant>))]
public enum SetVariant
{
    /// <summary>The set's images with their labels.</summary>
    Own,

    /// <summary>As many real images of each class, drawn at random, with labels of the same kind.</summary>
    Random,

    /// <summary>The set's images with hard labels and without a teacher's help.</summary>
    HardLabels,

    /// <summary>The set's images without augmentation.</summary>
    Unaugmented,

    /// <summary>The random real images without augmentation.</summary>
    RandomUnaugmented,
}
