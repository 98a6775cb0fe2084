using Limbeck.Data;
using Limbeck.Data.Distilled;
using Limbeck.Data.Sources;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Data.Distilled;

/// <summary>Small sets that stand for a small dataset.</summary>
static class SyntheticSet
{
    internal static SyntheticOptions Source { get; } = new() { Channels = 1, Height = 12, Width = 12, Classes = 4, Train = 160, Test = 60, Noise = 30, Shift = 1 };

    internal static DataSplit Real(int validation = 0)
    {
        var whole = DataSplit.From(Synthetic.Make(Source));
        return validation == 0 ? whole : whole.Split(validation);
    }

    internal static DistilledCard Card { get; } = new()
    {
        Method = "mtt",
        Options = """{"expert-epochs":2}""",
        Dataset = "synthetic",
        ClassNames = ["pattern 0", "pattern 1", "pattern 2", "pattern 3"],
        Normalization = new([0.5], [0.25]),
        Network = "convnet-d2-w16",
        Augmentation = "color_crop",
        Iterations = 40,
        Seed = 7,
        Teacher = "ab12",
    };

    /// <summary>The first training images of each class, as if they had been learned.</summary>
    internal static DistilledSet Of(DataSplit real, int perClass, IReadOnlyList<double>? steps = null)
    {
        using var scope = new Scope();
        var chosen = real.Train.TakePerClass(perClass, seed: null);
        var batch = chosen.Render(0, chosen.Count);
        return new DistilledSet(batch.Images, batch.Labels, steps ?? [], Card);
    }
}
