using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>What an objective may look at to make its parts: both networks with the signals of a few images, and the size of the training set.</summary>
/// <param name="Student">The student's signals of a few images, in evaluation mode: their shapes are what connectors are inferred from.</param>
/// <param name="Teacher">The teacher's, likewise. Empty where there is no teacher.</param>
/// <param name="Samples">Number of training images: how long a memory with an entry for each must be.</param>
/// <param name="Random">Source of initial weights.</param>
public readonly record struct Setting(Signals Student, Signals Teacher, int Samples, Generator Random)
{
    /// <summary>The signals of each teacher, for an objective that <see cref="IObjective.TeachesTogether"/>; <see cref="Teacher"/> is the first.</summary>
    public IReadOnlyList<Signals> Teachers { get; init; } = Teacher.Exist ? [Teacher] : [];

    /// <summary>Labels of the training images, in the order of their indices.</summary>
    public IReadOnlyList<int> Labels { get; init; } = [];

    /// <summary>Images of a batch; the last one of an epoch may be smaller.</summary>
    public int Batch { get; init; } = 1;
}
