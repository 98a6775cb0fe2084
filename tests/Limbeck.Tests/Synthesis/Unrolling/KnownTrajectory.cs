using Limbeck.Data;
using Limbeck.Models;
using Limbeck.Synthesis.Unrolling;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Synthesis.Unrolling;

/// <summary>The small student, its start and goal, images, labels and teacher that the known values were made with.</summary>
sealed class KnownTrajectory : IDisposable
{
    internal const double StepSize = 0.02;

    readonly ConvNet student, teacher;

    internal KnownTrajectory()
    {
        using var random = new Generator(1);
        var shape = new ImageShape(3, 8, 8);
        student = new ConvNet(new(Depth: 2, Width: 4), 3, shape, random);
        teacher = new ConvNet(new(Depth: 2, Width: 6), 3, shape, random);
        Student = new FlatParameters(student);
        var stream = new ReferenceStream(5001);
        KnownValues.Fill(student, stream, 0.25);
        Start = Student.Gather();
        Goal = Start + Tensor.Cat([.. student.Parameters().Select(parameter => stream.Draw(0.05, parameter.Value.Shape).Reshape(-1))]);
        Images = stream.Draw(1, 6, 3, 8, 8);
        LabelLogits = stream.Draw(2, 6, 3);
        KnownValues.Fill(teacher, stream, 0.5);
    }

    internal FlatParameters Student { get; }

    internal Module Teacher => teacher;

    internal Tensor Start { get; }

    internal Tensor Goal { get; }

    internal Tensor Images { get; }

    internal Tensor LabelLogits { get; }

    internal Tensor Labels => Tensor.From<long>([0, 1, 2, 0, 1, 2]);

    /// <summary>|θ_N − θ*|² / |θ_0 − θ*|².</summary>
    internal Tensor Distance(Tensor thetaP) => (thetaP - Goal).Square().Sum() / (Start - Goal).Square().Sum();

    internal UnrollInputs Inputs(bool soft = false, bool withTemperature = false) => new(Leaf(Images), Labels, soft ? Leaf(LabelLogits) : null,
        Leaf(Tensor.From<double>([StepSize])), withTemperature ? Leaf(Tensor.From<double>([2])) : null);

    public void Dispose()
    {
        student.Dispose();
        teacher.Dispose();
    }

    static Tensor Leaf(Tensor values)
    {
        var leaf = values.Detach().Clone();
        leaf.RequiresGrad = true;
        return leaf;
    }
}
