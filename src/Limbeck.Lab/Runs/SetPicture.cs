using System.Text.Json;
using Limbeck.Data.Distilled;
using Limbeck.Lab.Recipes;
using Limbeck.Lab.Recipes.Binding;
using Limbeck.Torch.Tensors;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Lab.Runs;

/// <summary>Images that a stage has synthesised, as one sees them: the first few of each class.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Method">How they were made: <c>dm, 2,000 iterations</c>.</param>
/// <param name="Images">How many there are in all.</param>
/// <param name="Channels">1 or 3.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Labels">Class of each image here.</param>
/// <param name="Pixels">Bytes, image by image, channel by channel, row by row.</param>
public sealed record SetPicture(string Stage, int Seed, string Method, int Images, int Channels, int Height, int Width, IReadOnlyList<int> Labels, byte[] Pixels)
{
    const int MostPerClass = 10;

    /// <summary>Whether labels are distributions over the classes.</summary>
    public bool SoftLabels { get; init; }

    /// <summary>Whether they are real images, drawn at random, with labels of their own: what the others are compared with.</summary>
    public bool IsRandom { get; init; }

    /// <summary>The share of them whose class the teacher tells, in [0, 1]; null without a teacher. What it does not recognise, it cannot teach by.</summary>
    public double? Recognised { get; init; }

    /// <summary>How networks learned from them, but for the rate, which may be learned with the images: only what has the same can be compared.</summary>
    public string Protocol { get; init; } = "";

    /// <summary>Some of the images while they were made, the earliest first; empty where nobody looked.</summary>
    public IReadOnlyList<SetFrame> History { get; init; } = [];

    internal static SetPicture Of(PlannedStage stage, string path, IReadOnlyList<SetFrame> history)
    {
        using var set = DistilledSet.Open(path);
        var (labels, pixels) = Some(set, MostPerClass);
        return new(stage.Name, stage.Seed, $"{set.Card.Method}, {set.Card.Iterations:N0} iterations", set.Count, set.Shape.Channels, set.Shape.Height, set.Shape.Width, labels, pixels)
        {
            SoftLabels = set.HasSoftLabels,
            IsRandom = set.Card.Method == RandomImages.Method && !set.HasSoftLabels,
            Protocol = JsonSerializer.Serialize(stage.Recipe.Evaluation.Alone with { Lr = null, Whole = null }, RecipeContract.Writing),
            History = history,
        };
    }

    /// <summary>The first images of each class: their classes, and their bytes.</summary>
    internal static (IReadOnlyList<int> Labels, byte[] Pixels) Some(DistilledSet set, int perClass)
    {
        using var scope = new Scope();
        var classes = set.Classes();
        int[] shown = [.. classes.Index().GroupBy(image => image.Item, image => image.Index).OrderBy(group => group.Key).SelectMany(group => group.Take(perClass))];
        return ([.. shown.Select(image => classes[image])], set.Pixels().IndexSelect(0, Tensor.From<long>([.. shown.Select(image => (long)image)])).ToArray<byte>());
    }
}
