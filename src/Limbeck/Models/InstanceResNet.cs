using Limbeck.Data;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Models;

/// <summary>ResNet with instance norm on small images: four stages of 64 to 512 channels behind a 3×3 stem without pool, as dataset distillation evaluates on. After He et al. 2016, table 1.</summary>
/// <remarks>
/// The norm is a group norm with one group per channel, as in <see cref="ConvNet"/>. The form with pools (<c>ResNet18_AP</c> of the literature) halves maps by mean pools in place of strides, and its last
/// layer reads whole maps, not their means. State keys and PyTorch's default initial numbers are those of the dataset condensation code.
/// </remarks>
public sealed class InstanceResNet : Network
{
    readonly Module[] stem, stages;
    readonly Module? pool;
    readonly Module classifier;

    /// <summary>Makes a network with PyTorch's default initialisation.</summary>
    /// <param name="depth">10 or 18.</param>
    /// <param name="pools">Whether mean pools halve the maps, in place of strides.</param>
    /// <param name="classes">Number of logits.</param>
    /// <param name="input">Shape of the images.</param>
    /// <param name="random">Source of the initial weights.</param>
    public InstanceResNet(int depth, bool pools, int classes, ImageShape input, Generator random) : base(NameOf(depth, pools), classes, input)
    {
        var plan = ResNetPlan.Of(depth);
        stem = [Add("conv1", new Conv2d(input.Channels, ResNetPlan.Stem, 3, random, padding: 1, bias: false)), Add("bn1", Norm(ResNetPlan.Stem)), Add("relu", new Relu())];
        stages = [.. plan.Stages("shortcut", random, new(Norm, pools)).Select((stage, index) => Add($"layer{index + 1}", stage))];
        pool = pools ? null : Add("avgpool", new AdaptiveAvgPool2d(1));
        classifier = Add("classifier", new Linear(pools ? Flat(plan.Features, input.Height / 8, input.Width / 8) : plan.Features, classes, random));

        MarkActivation("stem", "relu");
        for (var stage = 0; stage < stages.Length; stage++) MarkActivation($"stage{stage + 1}", $"layer{stage + 1}.{plan.End(stage)}");
        MarkEnd("classifier");
    }

    /// <summary>resnetv2-18-instance, or resnetv2-18-instance-pool.</summary>
    public static string NameOf(int depth, bool pools) => $"resnetv2-{depth}-instance{(pools ? "-pool" : "")}";

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor input)
    {
        var mapsBCHW = stages.Call(stem.Call(input));
        return classifier.Call((pool?.Call(mapsBCHW) ?? mapsBCHW).Flatten(1));
    }

    static GroupNorm Norm(int channels) => new(channels, channels);
}
