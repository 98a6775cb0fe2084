using Limbeck.Synthesis;
using Limbeck.Torch.Tensors;

namespace Limbeck.Training.Synthesizing;

/// <summary>Experts to train: what from, how, and where they are kept.</summary>
/// <param name="From">Real images, the network, and the teacher where there is one.</param>
/// <param name="Options">How.</param>
/// <param name="Folder">One file for each expert; made if it is not there.</param>
public sealed record ExpertJob(Ingredients From, ExpertOptions Options, string Folder)
{
    /// <summary>Identifies what determines the experts: files of another key are refused.</summary>
    public string Key { get; init; } = "";

    /// <summary>Draws an augmentation for so many images; null for none.</summary>
    public Func<int, Generator, Func<Tensor, Tensor>>? Augment { get; init; }

    /// <summary>Name of the stage in events.</summary>
    public string Stage { get; init; } = "experts";

    /// <summary>Experts that are trained at the same time, each on one thread of the processor. Default 1, which has all threads.</summary>
    public int AtOnce { get; init; } = 1;

    /// <summary>Who is told of progress: by several threads, where several experts are trained at the same time.</summary>
    public Action<TrainingEvent>? Tell { get; init; }
}
