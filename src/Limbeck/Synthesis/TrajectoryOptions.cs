using System.ComponentModel.DataAnnotations;
using Limbeck.Synthesis.Unrolling;

namespace Limbeck.Synthesis;

/// <summary>What all methods that match trajectories take. Defaults: 10 images a class on CIFAR-10.</summary>
public abstract record TrajectoryOptions : InnerOptions
{
    /// <summary>N, steps on the synthetic images. Default 30: MTT.</summary>
    [Range(1, 100_000)] public int Steps { get; init; } = 30;

    /// <summary>Synthetic images of a step; null for all of them. Default: all, as in MTT up to a thousand images.</summary>
    [Range(1, 10_000_000)] public int? Batch { get; init; }

    /// <summary>What may be drawn for each step, with numbers for each image, joined by '_', or none. Default: the six of <see cref="Matching.Dsa"/>, as in MTT. For digits leave flip out.</summary>
    public string Augmentation { get; init; } = "color_crop_cutout_flip_scale_rotate";

    /// <summary>M, epochs of the expert to match. Default 2: MTT and DATM on CIFAR-10.</summary>
    [Range(1, 10_000)] public int ExpertEpochs { get; init; } = 2;

    /// <summary>T⁺: starts are drawn from the epochs before this one. Default 20. Late starts make harder images; raise it from 1 until it gets unstable (the authors' advice).</summary>
    [Range(1, 10_000)] public int LastStart { get; init; } = 20;
}
