using System.ComponentModel.DataAnnotations;

namespace Limbeck.Synthesis.Unrolling;

/// <summary>The training on synthetic images that a method unrolls. With a teacher in it, it is the joint form of data and model distillation.</summary>
public abstract record InnerOptions
{
    /// <summary>α, the step size, at first. Default 0.01: that of MTT's experts; its command for 10 images a class on CIFAR-10 begins with 0.001.</summary>
    [Range(1e-9, 1e3)] public double StepSize { get; init; } = 0.01;

    /// <summary>Whether the step size is learned with the images. Default true: MTT.</summary>
    public bool LearnStepSize { get; init; } = true;

    /// <summary>a, the weight of the teacher's answer in the loss of a step, in [0, 1]; the labels have 1 − a. Default 0: no teacher.</summary>
    [Range(0.0, 1.0)] public double TeacherWeight { get; init; }

    /// <summary>T, the temperature of the teacher's answer, in [0.01, 100]. Default 2: see <see cref="JointLoss.Options"/>.</summary>
    [Range(0.01, 100)] public double Temperature { get; init; } = 2;

    /// <summary>Whether the temperature is learned with the images. Default false.</summary>
    public bool LearnTemperature { get; init; }

    /// <summary>Whether the images are also changed for what the teacher then says of them. Default: yes.</summary>
    public TeacherPath TeacherPath { get; init; } = TeacherPath.Through;

    /// <summary>The way of the gradient through the steps. Default: the adjoint sweep.</summary>
    public GradientMethod Gradient { get; init; } = GradientMethod.Adjoint;

    /// <summary>Of how many last steps the adjoint sweep keeps the graph; null for as many as <see cref="Memory"/> holds, so that last bits depend on the machine. Default 0: on a processor nothing is gained from 10 steps on.</summary>
    [Range(0, 100_000)] public int? KeptGraphs { get; init; } = 0;

    /// <summary>What the graphs of steps may take, in MiB: an unrolling at once that needs more is refused before it begins. Null: half of what this process may use on a processor; unlimited elsewhere. Default null.</summary>
    [Range(1, 100_000_000)] public int? Memory { get; init; }
}
