using Limbeck.Synthesis;

namespace Limbeck.Training.Synthesizing;

/// <summary>One synthesis: what is learned, by which method, and how.</summary>
/// <param name="Method">Says where the images should go. Stays the caller's.</param>
/// <param name="Learned">The images, as they begin. Changed in place; stays the caller's.</param>
/// <param name="Options">Iterations, rates, guards.</param>
public sealed record SynthesisJob(ISynthesis Method, Distillate Learned, SynthesisOptions Options)
{
    /// <summary>Name of the stage in events.</summary>
    public string Stage { get; init; } = "images";

    /// <summary>Name of the method in events.</summary>
    public string Name { get; init; } = Method.GetType().Name;

    /// <summary>Where to keep a checkpoint, and go on from if it is there; null for none.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Identifies what determines the result: a checkpoint of another key is refused.</summary>
    public string Key { get; init; } = "";

    /// <summary>Time between two checkpoints. Default half a minute: what one may lose.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Who is told of progress.</summary>
    public Action<TrainingEvent>? Tell { get; init; }

    /// <summary>Who looks at the images on the way, with the number of iterations done: before the first, every <see cref="WatchEvery"/>, and at the end. Not to change them. A run that goes on from a checkpoint may show some again.</summary>
    public Action<int, Distillate>? Watch { get; init; }

    /// <summary>Iterations between two looks.</summary>
    public int WatchEvery { get; init; } = 1000;
}
