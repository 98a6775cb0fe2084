using Limbeck.Data;
using Limbeck.Models;
using Limbeck.Synthesis.Unrolling;
using Limbeck.Tests.Objectives.Reference;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;
using Limbeck.Torch.Tests;

namespace Limbeck.Tests.Synthesis.Unrolling;

/// <summary>Agreement with other implementations to 1e-9 in float64.</summary>
[LeakFree]
public class KnownValuesTests
{
    [Theory]
    [InlineData("convnet3_in_3x16x16", 1001, ConvNet.NormKind.Instance, 3, 16)]
    [InlineData("convnet3_none_1x28x28", 1004, ConvNet.NormKind.None, 1, 28)]
    public void TheNetworkIsTheirs(string known, uint seed, ConvNet.NormKind norm, int channels, int side)
    {
        using var scope = new Scope();
        using var random = new Generator(1);
        using var network = new ConvNet(new(Width: 8, Norm: norm), 10, new ImageShape(channels, side, side), random);
        var stream = new ReferenceStream(seed);
        KnownValues.Fill(network, stream, 0.25);
        var pooled = network.FindTap("pooled");
        using var taps = new Taps(network, [pooled]);
        var logits = network.Call(stream.Draw(1, 4, channels, side, side));
        KnownValues.Near(KnownValues.Of(known).GetProperty("logits"), logits);
        KnownValues.Near(KnownValues.Of(known).GetProperty("embedding"), taps[pooled]);
    }

    [Theory]
    [InlineData("mtt_N5", GradientMethod.Adjoint)]
    [InlineData("mtt_N5", GradientMethod.FullUnroll)]
    [InlineData("tesla_N5", GradientMethod.Truncated)]
    public void TrajectoryMatchingIsTheirs(string known, GradientMethod method)
    {
        using var scope = new Scope();
        using var trajectory = new KnownTrajectory();
        Check(known, trajectory, trajectory.Inputs(), new LabelLoss(), method);
    }

    [Theory]
    [InlineData(GradientMethod.Adjoint)]
    [InlineData(GradientMethod.FullUnroll)]
    public void SoftLabelsAreTheirs(GradientMethod method)
    {
        using var scope = new Scope();
        using var trajectory = new KnownTrajectory();
        Check("mtt_soft_N5", trajectory, trajectory.Inputs(soft: true), new LabelLoss(), method);
    }

    [Theory]
    [InlineData(GradientMethod.Adjoint, false)]
    [InlineData(GradientMethod.Adjoint, true)]
    [InlineData(GradientMethod.FullUnroll, false)]
    public void TheJointLossIsTheirs(GradientMethod method, bool withTemperature)
    {
        using var scope = new Scope();
        using var trajectory = new KnownTrajectory();
        var loss = new JointLoss(new(Weight: 0.3, Temperature: withTemperature ? 77 : 2), trajectory.Teacher);
        Check("joint_a0.3_T2_N5_through", trajectory, trajectory.Inputs(withTemperature: withTemperature), loss, method);
    }

    static void Check(string name, KnownTrajectory trajectory, UnrollInputs inputs, IInnerLoss loss, GradientMethod method)
    {
        var known = KnownValues.Of(name);
        var found = new Unroll(trajectory.Student, loss, new(method)).Run(trajectory.Start, inputs, [.. Enumerable.Repeat(new InnerStep(), 5)], trajectory.Distance);
        KnownValues.Near(known.GetProperty("loss"), found.Loss.Item());
        KnownValues.Near(known.GetProperty("theta_N"), found.ThetaP);
        KnownValues.Near(known.GetProperty("grad_x"), found.Images!);
        KnownValues.Near(known.GetProperty("grad_lr"), found.StepSizes!.Item());
        if (known.TryGetProperty("grad_label_logits", out var labels)) KnownValues.Near(labels, found.LabelLogits!);
        if (!known.TryGetProperty("inner_loss_per_step", out var losses)) return;
        foreach (var (expected, own) in losses.EnumerateArray().Zip(found.InnerLosses.ToArray<double>())) KnownValues.Near(expected, own);
    }
}
