using System.ComponentModel.DataAnnotations;
using Limbeck.Synthesis.Unrolling;

namespace Limbeck.Synthesis;

/// <summary>Ordered steps on synthetic images from random weights, and the real images on which the result is judged. The number of steps comes from the images: as many as there are groups of <see cref="PerStep"/> a class, times <see cref="Passes"/>.</summary>
public abstract record OrderedOptions : InnerOptions
{
    /// <summary>Images of each class in a step. Default 1: DD.</summary>
    [Range(1, 100_000)] public int PerStep { get; init; } = 1;

    /// <summary>How often the steps are gone through. Default 3 in DD, as in its paper; 1 where a generator makes the images.</summary>
    [Range(1, 10_000)] public int Passes { get; init; } = 1;

    /// <summary>μ, the momentum of each step at first, in [0, 0.999]; 0 for plain descent, and nothing to learn. That of the first step has no effect. Default 0 in DD, 0.5 where a generator makes the images: the papers' codes.</summary>
    [Range(0.0, 0.999)] public double Momentum { get; init; }

    /// <summary>Whether the momenta are learned with the images, one for each step, kept between 0 and 1. Default true.</summary>
    public bool LearnMomentum { get; init; } = true;

    /// <summary>Seed of the one network that all iterations begin with; null to draw new weights in each. Default null.</summary>
    public int? FixedSeed { get; init; }

    /// <summary>Networks of an iteration, where they are drawn. Default 4 in DD, as in its paper; 1 where a generator makes the images.</summary>
    [Range(1, 1000)] public int Networks { get; init; } = 1;

    /// <summary>Real images of the outer loss. Default 1024 in DD, 128 where a generator makes the images: the papers' codes.</summary>
    [Range(1, 1_000_000)] public int RealBatch { get; init; } = 1024;
}
