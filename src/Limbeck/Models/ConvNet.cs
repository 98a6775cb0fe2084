using System.ComponentModel.DataAnnotations;
using Limbeck.Data;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Models;

/// <summary>The network of dataset distillation: blocks of 3×3 convolution, norm, activation and 2×2 pool, then one linear layer. Gidaris, Komodakis 2018; Zhao et al. 2021.</summary>
/// <remarks>
/// Its "instance norm" is a group norm with one group per channel: affine, without running statistics, the same in training and evaluation. Grey images are padded by 3
/// instead of 1 at the first convolution, which makes 28×28 into 32×32. Stages end before their pool. State keys are those of the dataset condensation code.
/// </remarks>
public sealed class ConvNet : Network
{
    readonly Sequential features;
    readonly Module classifier;

    /// <summary>Makes a network with PyTorch's default initialisation.</summary>
    /// <param name="options">Depth, width and kinds of layers.</param>
    /// <param name="classes">Number of logits.</param>
    /// <param name="input">Shape of the images.</param>
    /// <param name="random">Source of the initial weights.</param>
    public ConvNet(Options options, int classes, ImageShape input, Generator random) : base(options.Name, classes, input)
    {
        var layers = new List<Module>();
        var (channels, height, width) = (input.Channels, input.Height, input.Width);
        for (var block = 1; block <= options.Depth; block++)
        {
            var padding = block == 1 && input.Channels == 1 ? 3 : 1;
            layers.Add(options.Norm == NormKind.Weight ? WeightNormed.Conv2d(channels, options.Width, 3, random, padding) : new Conv2d(channels, options.Width, 3, random, padding: padding));
            (channels, height, width) = (options.Width, height + (2 * padding) - 2, width + (2 * padding) - 2);
            if (Norm(options, height, width) is { } norm) layers.Add(norm);
            layers.Add(Activation(options));
            MarkActivation($"stage{block}", $"features.{layers.Count - 1}");
            if (Pool(options) is not { } pool) continue;
            layers.Add(pool);
            (height, width) = (height / 2, width / 2);
        }

        features = Add("features", new Sequential([.. layers]));
        var flat = Flat(channels, height, width);
        classifier = Add<Module>("classifier", options.Norm == NormKind.Weight ? WeightNormed.Linear(flat, classes, random) : new Linear(flat, classes, random));
        MarkEnd("classifier");
    }

    /// <summary>What stands between convolution and activation.</summary>
    public enum NormKind
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>Batch norm.</summary>
        Batch,

        /// <summary>Layer norm over channels and positions.</summary>
        Layer,

        /// <summary>Group norm with a group for each channel.</summary>
        Instance,

        /// <summary>Group norm with 4 groups.</summary>
        Group,

        /// <summary>None, but convolutions and the linear layer have weights with a learned length and a learned direction. Salimans, Kingma 2016.</summary>
        Weight,
    }

    /// <summary>The nonlinearity.</summary>
    public enum ActivationKind
    {
        /// <summary>max(x, 0).</summary>
        Relu,

        /// <summary>x, or 0.01 x below 0.</summary>
        LeakyRelu,

        /// <summary>1 / (1 + exp(−x)).</summary>
        Sigmoid,

        /// <summary>x · sigmoid(x): swish.</summary>
        Silu,
    }

    /// <summary>What halves the maps.</summary>
    public enum PoolKind
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>The largest of 2×2.</summary>
        Max,

        /// <summary>The mean of 2×2.</summary>
        Average,
    }

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor input) => classifier.Call(features.Call(input).Flatten(1));

    static Module? Norm(Options options, int height, int width) => options.Norm switch
    {
        NormKind.None or NormKind.Weight => null,
        NormKind.Batch => new BatchNorm2d(options.Width),
        NormKind.Layer => new LayerNorm([options.Width, height, width]),
        NormKind.Instance => new GroupNorm(options.Width, options.Width),
        NormKind.Group => new GroupNorm(4, options.Width),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Norm, "unknown norm"),
    };

    static Module Activation(Options options) => options.Activation switch
    {
        ActivationKind.Relu => new Relu(),
        ActivationKind.LeakyRelu => new LeakyRelu(),
        ActivationKind.Sigmoid => new Sigmoid(),
        ActivationKind.Silu => new Silu(),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Activation, "unknown activation"),
    };

    static Module? Pool(Options options) => options.Pool switch
    {
        PoolKind.None => null,
        PoolKind.Max => new MaxPool2d(2),
        PoolKind.Average => new AvgPool2d(2),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Pool, "unknown pool"),
    };

    /// <summary>Which ConvNet. The defaults are the ConvNet-3 of the dataset condensation code and of all that followed it.</summary>
    /// <param name="Depth">Blocks, in [1, 8].</param>
    /// <param name="Width">Channels, in [4, 4096].</param>
    /// <param name="Norm">Normalisation.</param>
    /// <param name="Activation">Nonlinearity.</param>
    /// <param name="Pool">Pooling.</param>
    public sealed record Options([Range(1, 8)] int Depth = 3, [Range(4, 4096)] int Width = 128, NormKind Norm = NormKind.Instance,
        ActivationKind Activation = ActivationKind.Relu, PoolKind Pool = PoolKind.Average)
    {
        /// <summary>convnet-d3-w128, with what differs from the defaults behind it.</summary>
        public string Name => string.Concat($"convnet-d{Depth}-w{Width}",
            Norm == NormKind.Instance ? "" : $"-{Norm}", Activation == ActivationKind.Relu ? "" : $"-{Activation}", Pool == PoolKind.Average ? "" : $"-{Pool}-pool").ToLowerInvariant();
    }
}
