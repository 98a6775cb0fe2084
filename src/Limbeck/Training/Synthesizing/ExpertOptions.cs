using System.ComponentModel.DataAnnotations;
using Limbeck.Synthesis.Unrolling;
using Limbeck.Torch.Optim;

namespace Limbeck.Training.Synthesizing;

/// <summary>How experts are trained on the real images. Defaults: MTT's <c>buffer.py</c>.</summary>
public sealed record ExpertOptions
{
    /// <summary>Number of networks. Default 100: MTT; the joint form of Barinov and Filatov had 50.</summary>
    [Range(1, 100_000)] public int Count { get; init; } = 100;

    /// <summary>Epochs of each. Default 50: MTT. No more are needed than the last start and the epochs to match come to: 22 at 10 images a class on CIFAR-10.</summary>
    [Range(1, 100_000)] public int Epochs { get; init; } = 50;

    /// <summary>The first epoch whose end is kept; 0 is before training. Default 0.</summary>
    [Range(0, 100_000)] public int FirstKept { get; init; }

    /// <summary>Images of a step. Default 256: MTT.</summary>
    [Range(1, 1_000_000)] public int Batch { get; init; } = 256;

    /// <summary>Default: SGD with rate 0.01, without momentum, so that a student's plain steps can follow.</summary>
    public OptimizerOptions Optimizer { get; init; } = new SgdOptions { Lr = 0.01, Momentum = 0 };

    /// <summary>a, the weight of a teacher's answer in the loss, in [0, 1]; the labels have 1 − a. Default 0. A student with a teacher can reach experts with one: see <see cref="JointLoss"/>.</summary>
    [Range(0.0, 1.0)] public double TeacherWeight { get; init; }

    /// <summary>T, the temperature of the teacher's answer, in [0.01, 100]. Default 2: as inside of the steps.</summary>
    [Range(0.01, 100)] public double Temperature { get; init; } = 2;

    /// <summary>ρ: experts of a flat minimum, by the gradient a distance ρ uphill. 0 for none, which is the default; FTD takes 0.01.</summary>
    [Range(0.0, 10)] public double FlatRadius { get; init; }

    /// <summary>How much of the gradient that does not change the surrogate gap is taken away, where there is a flat radius. Default 0.3: FTD at 1 and 10 images a class on CIFAR-10; 1 at 50.</summary>
    [Range(0.0, 10)] public double FlatBalance { get; init; } = 0.3;

    /// <summary>Decides weights, order and augmentation.</summary>
    public int Seed { get; init; } = 1;
}
