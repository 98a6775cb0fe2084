using Limbeck.Data;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Models;

/// <summary>ResNet for photographs of 224×224: a strided 7×7 convolution and a pool before four stages of 64 to 512 channels. He et al. 2016, table 1.</summary>
/// <remarks>
/// Structure, state keys and initial numbers are torchvision's <c>resnet18</c>, …: its weights load as they are. Bottlenecks stride at their 3×3 convolution (torchvision's
/// "v1.5"), not at the first 1×1 as in the paper. Pixels are expected normalised by ImageNet's mean and deviation.
/// </remarks>
public sealed class ImageNetResNet : Network
{
    readonly Module[] stem, stages;
    readonly Module pool, classifier;

    /// <summary>Makes a network; convolutions start from N(0, 2 / (kernel² · channels out)).</summary>
    /// <param name="depth">18, 34, 50, 101 or 152.</param>
    /// <param name="classes">Number of logits.</param>
    /// <param name="input">Shape of the images.</param>
    /// <param name="random">Source of the initial weights.</param>
    public ImageNetResNet(int depth, int classes, ImageShape input, Generator random) : base($"imagenet-resnet-{depth}", classes, input)
    {
        var plan = ResNetPlan.Of(depth);
        stem =
        [
            Add("conv1", new Conv2d(input.Channels, ResNetPlan.Stem, 7, random, stride: 2, padding: 3, bias: false)),
            Add("bn1", new BatchNorm2d(ResNetPlan.Stem)), Add("relu", new Relu()), Add("maxpool", new MaxPool2d(3, stride: 2, padding: 1)),
        ];
        stages = [.. plan.Stages("downsample", random).Select((stage, index) => Add($"layer{index + 1}", stage))];
        pool = Add("avgpool", new AdaptiveAvgPool2d(1));
        classifier = Add("fc", new Linear(plan.Features, classes, random));
        DrawConvolutions(random);

        MarkActivation("stem", "relu");
        for (var stage = 0; stage < stages.Length; stage++) MarkActivation($"stage{stage + 1}", $"layer{stage + 1}.{plan.End(stage)}");
        MarkEnd("fc");
    }

    /// <summary>The depths that there are.</summary>
    public static IEnumerable<int> Depths => ResNetPlan.ByDepth.Keys.Where(depth => depth >= 18);

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor input) => classifier.Call(pool.Call(stages.Call(stem.Call(ForConvolutions(input)))).Flatten(1));
}
