using System.Text.Json.Serialization;

namespace Limbeck.Lab.Recipes;

/// <summary>What is measured beside synthetic images, by the same options.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Control>))]
public enum Control
{
    /// <summary>As many real images of each class, drawn at random, with labels of the same kind: their own, or the stage's teacher's answers for soft ones.</summary>
    Random,

    /// <summary>The images with hard labels and without a teacher's help.</summary>
    HardLabels,

    /// <summary>The images without augmentation, and random ones likewise where these are asked for.</summary>
    Unaugmented,
}
