using Limbeck.Models;
using Limbeck.Synthesis.Unrolling;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Synthesis.Unrolling;

/// <summary>An unrolled training with all that can make one hard: batches of 4 of 6 images, an augmentation of each step, learned soft labels, a teacher, a temperature.</summary>
sealed class Setting : IDisposable
{
    readonly KnownTrajectory known = new();
    readonly Generator random = new(11);
    readonly DType dtype;
    readonly IReadOnlyList<InnerStep> steps;

    internal Setting(DType dtype, int count)
    {
        this.dtype = dtype;
        known.Teacher.To(Device.Cpu, dtype);
        steps = InnerStep.Draw(count, 6, 4, Augment, random, Device.Cpu);
    }

    internal TeacherPath Way { get; init; } = TeacherPath.Through;

    internal double Weight { get; init; } = 0.3;

    internal bool OneStepSize { get; init; } = true;

    /// <summary>Momenta to begin with: as many as steps, one, or none.</summary>
    internal int Momenta { get; init; }

    /// <summary>Without corners: a student whose gradient finite differences can follow.</summary>
    internal bool Smooth { get; init; }

    /// <summary>New leaves.</summary>
    internal UnrollInputs Inputs => new(Leaf(known.Images), known.Labels, Leaf(known.LabelLogits), Leaf(Tensor.Full([OneStepSize ? 1 : steps.Count], 0.05, DType.Float64)), Leaf(Tensor.From<double>([2])),
        Momenta == 0 ? null : Leaf(Tensor.From<double>([.. Enumerable.Range(0, Momenta).Select(step => 0.5 + (0.4 * Math.Sin(step)))])));

    internal Unrolled Run(Unroll.Options options, UnrollInputs? inputs = null, int? count = null)
    {
        using var student = Student();
        var start = known.Start.To(dtype);
        return Through(student, options).Run(start, inputs ?? Inputs, steps.Take(count ?? steps.Count).ToList(), theta => (theta - known.Goal.To(dtype)).Square().Sum() / (start - known.Goal.To(dtype)).Square().Sum());
    }

    internal long GraphBytes()
    {
        using var scope = new Scope();
        using var student = Student();
        return Through(student, new()).GraphBytes(known.Start.To(dtype), Inputs, steps[0]);
    }

    internal double ValueAt(string moved, Tensor by)
    {
        using var scope = new Scope();
        var inputs = Inputs;
        Tensor Shift(string name, Tensor values) => name == moved ? values.Detach() + by : values.Detach();
        return Run(new(), new UnrollInputs(Leaf(Shift("images", inputs.ImagesNCHW)), inputs.LabelsN, Shift("label logits", inputs.LabelLogitsNK!), Shift("step sizes", inputs.StepSizesS),
            Shift("temperature", inputs.Temperature!), inputs.MomentaS is { } momenta ? Leaf(Shift("momenta", momenta)) : null)).Loss.Item();
    }

    public void Dispose()
    {
        known.Dispose();
        random.Dispose();
    }

    ConvNet Student() => new(new(Depth: 2, Width: 4, Activation: Smooth ? ConvNet.ActivationKind.Silu : ConvNet.ActivationKind.Relu), 3, new(3, 8, 8), random);

    Unroll Through(ConvNet student, Unroll.Options options) => new(new FlatParameters(student), new JointLoss(new(Weight, Way: Way), known.Teacher), options);

    // Brightness, contrast and a mirror: a function of numbers that were drawn once.
    Func<Tensor, Tensor> Augment(int images, Generator source)
    {
        var shiftB111 = Tensor.Randn([images, 1, 1, 1], source, DType.Float64).To(dtype) * 0.3;
        var mirrored = Tensor.Randint(0, 2, [1], source).Item() == 1;
        return imagesBCHW =>
        {
            var mean = imagesBCHW.Mean([1, 2, 3], keepDim: true);
            var changed = ((imagesBCHW - mean) * 1.2) + mean + shiftB111;
            return mirrored ? changed.Flip(3) : changed;
        };
    }

    Tensor Leaf(Tensor values)
    {
        var leaf = values.Detach().To(dtype).Clone();
        leaf.RequiresGrad = true;
        return leaf;
    }
}
