using Limbeck.Data;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Models;

/// <summary>ImageNet's ResNets on small images: four stages of 64 to 512 channels (bottlenecks: 256 to 2048) behind a 3×3 stem without pool. He et al. 2016, table 1.</summary>
/// <remarks>
/// Called by RepDistiller's file resnetv2, because <c>resnet-50</c> is the 6n + 2 network of <see cref="CifarResNet"/>; its papers call them ResNet50 and so on.
/// The one of 10 layers has one block in each stage: ResNet10 of Passalis, Tefas 2018, but for the order of norm and convolution, which is pre-activation there.
/// They are not the pre-activation "ResNet v2" of He et al. State keys and initial numbers are RepDistiller's.
/// </remarks>
public sealed class ResNetV2 : Network
{
    readonly Module[] stem, stages;
    readonly Module pool, classifier;

    /// <summary>Makes a network; convolutions start from N(0, 2 / (kernel² · channels out)).</summary>
    /// <param name="depth">10, 18, 34, 50, 101 or 152.</param>
    /// <param name="classes">Number of logits.</param>
    /// <param name="input">Shape of the images.</param>
    /// <param name="random">Source of the initial weights.</param>
    public ResNetV2(int depth, int classes, ImageShape input, Generator random) : base($"resnetv2-{depth}", classes, input)
    {
        var plan = ResNetPlan.Of(depth);
        stem = [Add("conv1", new Conv2d(input.Channels, ResNetPlan.Stem, 3, random, padding: 1, bias: false)), Add("bn1", new BatchNorm2d(ResNetPlan.Stem)), Add("relu", new Relu())];
        stages = [.. plan.Stages("shortcut", random).Select((stage, index) => Add($"layer{index + 1}", stage))];
        pool = Add("avgpool", new AdaptiveAvgPool2d(1));
        classifier = Add("linear", new Linear(plan.Features, classes, random));
        DrawConvolutions(random);

        MarkActivation("stem", "relu");
        for (var stage = 0; stage < stages.Length; stage++) MarkActivation($"stage{stage + 1}", $"layer{stage + 1}.{plan.End(stage)}");
        MarkEnd("linear");
    }

    /// <summary>The depths that there are.</summary>
    public static IEnumerable<int> Depths => ResNetPlan.ByDepth.Keys;

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor input) => classifier.Call(pool.Call(stages.Call(stem.Call(ForConvolutions(input)))).Flatten(1));
}
