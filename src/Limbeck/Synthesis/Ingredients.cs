using Limbeck.Data;
using Limbeck.Models;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis;

/// <summary>What methods of dataset distillation are made from. Each takes what it needs and refuses what is missing. Nothing here is disposed by them.</summary>
/// <param name="Real">The images that are distilled.</param>
/// <param name="MakeNetwork">Makes a new student with random weights drawn from a generator, where the images are.</param>
public sealed record Ingredients(ImageDataset Real, Func<Generator, Network> MakeNetwork)
{
    /// <summary>A trained network for distillation terms, in evaluation mode; null for none.</summary>
    public Module? Teacher { get; init; }

    /// <summary>Where training on the real images led; null where the method matches no trajectories.</summary>
    public ITrajectories? Experts { get; init; }

    /// <summary>Where the networks compute.</summary>
    public Device Device { get; init; } = Device.Cpu;
}
