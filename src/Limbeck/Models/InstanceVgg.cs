using Limbeck.Data;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Models;

/// <summary>VGG with instance norm on small images: five blocks of 3×3 convolutions, each with a max pool behind it, and one linear layer, as dataset distillation evaluates on.</summary>
/// <remarks>
/// After Simonyan, Zisserman 2015, table 1. The norm is a group norm with one group per channel, as in <see cref="ConvNet"/>. Grey images are padded by 3 instead of 1 at the first convolution: 28×28 becomes
/// 32×32. Stages end before their pool. State keys and PyTorch's default initial numbers are those of the dataset condensation code; <see cref="Vgg"/> is the one of the distillation of networks.
/// </remarks>
public sealed class InstanceVgg : Network
{
    static readonly int[] widths = [64, 128, 256, 512, 512];

    // Convolutions by block: the paper's A, B, D and E.
    static readonly OrderedDictionary<int, int[]> plans = new() { [11] = [1, 1, 2, 2, 2], [13] = [2, 2, 2, 2, 2], [16] = [2, 2, 3, 3, 3], [19] = [2, 2, 4, 4, 4] };

    readonly Sequential features;
    readonly Linear classifier;

    /// <summary>Makes a network with PyTorch's default initialisation.</summary>
    /// <param name="depth">11, 13, 16 or 19.</param>
    /// <param name="classes">Number of logits.</param>
    /// <param name="input">Shape of the images.</param>
    /// <param name="random">Source of the initial weights.</param>
    public InstanceVgg(int depth, int classes, ImageShape input, Generator random) : base($"vgg-{depth}-instance", classes, input)
    {
        if (!plans.TryGetValue(depth, out var plan)) throw new ArgumentOutOfRangeException(nameof(depth), depth, $"VGGs with instance norm have {string.Join(", ", plans.Keys)} layers");
        var layers = new List<Module>();
        var grown = input.Channels == 1 ? 4 : 0;
        var (channels, height, width) = (input.Channels, input.Height + grown, input.Width + grown);
        for (var block = 0; block < plan.Length; block++)
        {
            for (var convolution = 0; convolution < plan[block]; convolution++)
            {
                layers.AddRange([new Conv2d(channels, widths[block], 3, random, padding: layers.Count == 0 ? 1 + (grown / 2) : 1), new GroupNorm(widths[block], widths[block]), new Relu()]);
                channels = widths[block];
            }

            MarkActivation($"stage{block + 1}", $"features.{layers.Count - 1}");
            layers.Add(new MaxPool2d(2));
            (height, width) = (height / 2, width / 2);
        }

        features = Add("features", new Sequential([.. layers]));
        classifier = Add("classifier", new Linear(Flat(channels, height, width), classes, random));
        MarkEnd("classifier");
    }

    /// <summary>The depths that there are.</summary>
    public static IEnumerable<int> Depths => plans.Keys;

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor input) => classifier.Call(features.Call(input).Flatten(1));
}
