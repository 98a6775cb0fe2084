using Limbeck.Data;
using Limbeck.Torch.Tensors;

namespace Limbeck.Models;

/// <summary>Every network by name. A line here makes it known to recipes, schema, <c>limbeck models</c> and the conformance tests.</summary>
public static class Zoo
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelFamily> Families { get; } =
    [
        Family("plain-cnn-{2, 4, 6, 8, 10}", "3x3 convolutions with batch norm, max pools, one or two linear layers; wider for more than 10 classes", "Mirzadeh et al. 2020",
            Models.PlainCnn.Depths, depth => $"plain-cnn-{depth}", depth => (classes, input, random) => new Models.PlainCnn(depth, classes, input, random)),
        Family("resnet-{8, 14, 20, …, 110}[x4]", "residual network of 6n + 2 layers, 16 to 64 channels (x4: 64 to 256), projection shortcuts", "He et al. 2016",
            CifarResNets, size => CifarResNet.NameOf(size.Depth, size.Wide), size => (classes, input, random) => new CifarResNet(size.Depth, size.Wide, classes, input, random)),
        Family("wrn-{10, 16, 22, …, 40}-{1, 2, …, 10}", "wide residual network: depth 6n + 4, width factor; batch norm and ReLU before each convolution", "Zagoruyko, Komodakis 2016",
            WideResNets, size => $"wrn-{size.Depth}-{size.Factor}", size => (classes, input, random) => new WideResNet(size.Depth, size.Factor, classes, input, random)),
        Family("vgg-{8, 11, 13, 16, 19}", "3x3 convolutions with batch norm, max pools, one linear layer", "Simonyan, Zisserman 2015; RepDistiller",
            Vgg.Depths, depth => $"vgg-{depth}", depth => (classes, input, random) => new Vgg(depth, classes, input, random)),
        Family("resnetv2-{10, 18, 34, 50, 101, 152}", "ImageNet's residual networks with a stem for small images", "He et al. 2016; RepDistiller",
            ResNetV2.Depths, depth => $"resnetv2-{depth}", depth => (classes, input, random) => new ResNetV2(depth, classes, input, random)),
        Family("imagenet-resnet-{18, 34, 50, 101, 152}", "residual networks for 224x224, torchvision's weights load", "He et al. 2016",
            ImageNetResNet.Depths, depth => $"imagenet-resnet-{depth}", depth => (classes, input, random) => new ImageNetResNet(depth, classes, input, random)),
        Family("mobilenet-v2[-half]", "inverted residuals with depthwise convolutions, for small images; the comparisons use the half one", "Sandler et al. 2018; RepDistiller",
            [true, false], MobileNetV2.NameOf, half => (classes, input, random) => new MobileNetV2(half, classes, input, random)),
        Family("shufflenet-v1", "grouped 1x1 convolutions, shuffled channels, depthwise convolutions, for small images", "Zhang et al. 2018; RepDistiller",
            [0], _ => "shufflenet-v1", _ => (classes, input, random) => new ShuffleNetV1(classes, input, random)),
        Family("shufflenet-v2", "blocks that half of the channels pass untouched, for small images", "Ma et al. 2018; RepDistiller",
            [0], _ => "shufflenet-v2", _ => (classes, input, random) => new ShuffleNetV2(classes, input, random)),
        Family("conv-tiny, conv-very-tiny", "three small unpadded convolutions and two linear layers", "Passalis, Tefas 2018",
            [false, true], very => very ? "conv-very-tiny" : "conv-tiny", very => (classes, input, random) => new ConvTiny(very, classes, input, random)),
        Family("convnet-d{1..8}-w{16, 32, …, 1024}[-{none, batch, layer, group, weight}]", "the network of dataset distillation: depth, width and norm (instance where none is named)", "Zhao et al. 2021",
            ConvNets, options => options.Name, options => (classes, input, random) => new ConvNet(options, classes, input, random)),
        Family("vgg-{11, 13, 16, 19}-instance", "VGG with instance norm and five pools, which dataset distillation evaluates on", "Simonyan, Zisserman 2015; Zhao et al. 2021",
            InstanceVgg.Depths, depth => $"vgg-{depth}-instance", depth => (classes, input, random) => new InstanceVgg(depth, classes, input, random)),
        Family("resnetv2-{10, 18}-instance[-pool]", "ResNet with instance norm, which dataset distillation evaluates on; pool: mean pools for strides", "He et al. 2016; Zhao et al. 2021",
            InstanceResNets, size => InstanceResNet.NameOf(size.Depth, size.Pools), size => (classes, input, random) => new InstanceResNet(size.Depth, size.Pools, classes, input, random)),
        Family("lenet", "LeNet-5 with ReLU and max pools", "LeCun et al. 1998",
            [0], _ => "lenet", _ => (classes, input, random) => new LeNet(classes, input, random)),
        Family("alexnet", "five convolutions without norm, for small images", "Krizhevsky et al. 2012",
            [0], _ => "alexnet", _ => (classes, input, random) => new AlexNet(classes, input, random)),
        Family("mlp", "two hidden layers of 128", "Zhao et al. 2021",
            [0], _ => "mlp", _ => (classes, input, random) => new Mlp(classes, input, random)),
        new($"{{name}}{GraftedNetwork.Joint}{{name}}", "the first network with the last layer of the second, which is its teacher: the student of simkd", "Chen et al. 2022",
            new Dictionary<string, ModelFamily.Maker>()),
        new("[logit-]mean({name}, {n name}, …)", "several networks that answer with the mean of their probabilities, or logits", "Hinton et al. 2015",
            new Dictionary<string, ModelFamily.Maker>()),
    ];

    /// <summary>Every name, family by family, small before large.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Families.SelectMany(family => family.Members.Keys)];

    /// <summary>CIFAR's shape, which most of these networks were made for.</summary>
    public static ImageShape Cifar { get; } = new(3, 32, 32);

    static IEnumerable<(int Depth, bool Wide)> CifarResNets => from wide in (bool[])[false, true] from n in Enumerable.Range(1, 18) select ((6 * n) + 2, wide);

    static IEnumerable<(int Depth, int Factor)> WideResNets => from n in Enumerable.Range(1, 6) from factor in Enumerable.Range(1, 10) select ((6 * n) + 4, factor);

    static IEnumerable<(int Depth, bool Pools)> InstanceResNets => from depth in (int[])[10, 18] from pools in (bool[])[false, true] select (depth, pools);

    static IEnumerable<ConvNet.Options> ConvNets =>
        from norm in (ConvNet.NormKind[])[ConvNet.NormKind.Instance, ConvNet.NormKind.None, ConvNet.NormKind.Batch, ConvNet.NormKind.Layer, ConvNet.NormKind.Group, ConvNet.NormKind.Weight]
        from depth in Enumerable.Range(1, 8)
        from power in Enumerable.Range(4, 7)
        select new ConvNet.Options(depth, 1 << power, norm);

    /// <summary>Makes a network, the same one for the same seed.</summary>
    /// <param name="name">One of <see cref="Names"/>, or two of them with <see cref="GraftedNetwork.Joint"/> between, or an ensemble as <see cref="EnsembleNetwork.NameOf"/> calls it.</param>
    /// <param name="classes">Number of logits.</param>
    /// <param name="input">Shape of the images; <see cref="Cifar"/> where none is given.</param>
    /// <param name="seed">Of the initial weights; an ensemble's members have this one and those after it.</param>
    /// <exception cref="KeyNotFoundException">There is no such network.</exception>
    public static Network Create(string name, int classes = 10, ImageShape? input = null, long seed = 1)
    {
        if (EnsembleNetwork.Parse(name) is var (members, mean)) return new EnsembleNetwork([.. members.Select((member, place) => Create(member, classes, input, seed + place))], mean);
        using var random = new Generator(seed);
        if (name.Split(GraftedNetwork.Joint) is not [var body, var donor]) return Find(name)(classes, input ?? Cifar, random);
        using var other = Create(donor, classes, input, seed);
        return new GraftedNetwork(Find(body)(classes, input ?? Cifar, random), other, random);
    }

    /// <summary>Makes a network of one of <see cref="Names"/>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="classes">Number of logits.</param>
    /// <param name="input">Shape of the images.</param>
    /// <param name="random">Source of the initial weights.</param>
    /// <exception cref="KeyNotFoundException">There is no such network.</exception>
    public static Network Create(string name, int classes, ImageShape input, Generator random) => Find(name)(classes, input, random);

    /// <summary>Whether <see cref="Create(string, int, ImageShape?, long)"/> knows a network of that name.</summary>
    public static bool Has(string name) => EnsembleNetwork.Parse(name) is var (members, _) ? members.All(Has) : name.Split(GraftedNetwork.Joint) is { Length: 1 or 2 } parts && parts.All(part => Maker(part) is not null);

    /// <summary>A plain CNN of 2, 4, 6, 8 or 10 layers. See <see cref="Models.PlainCnn"/>.</summary>
    /// <inheritdoc cref="Create(string, int, ImageShape?, long)"/>
    public static Network PlainCnn(int depth, int classes = 10, ImageShape? input = null, long seed = 1) => Create($"plain-cnn-{depth}", classes, input, seed);

    /// <summary>A residual network of 6n + 2 layers. See <see cref="CifarResNet"/>.</summary>
    /// <inheritdoc cref="Create(string, int, ImageShape?, long)"/>
    public static Network ResNet(int depth, int classes = 10, ImageShape? input = null, long seed = 1) => Create($"resnet-{depth}", classes, input, seed);

    static ModelFamily.Maker Find(string name) => Maker(name)
        ?? throw new KeyNotFoundException($"there is no model '{name}'{Spelling.Hint(name, Names)} There are: {string.Join("; ", Families.Select(family => family.Pattern))}.");

    static ModelFamily.Maker? Maker(string name) => Families.Select(family => family.Members.GetValueOrDefault(name)).FirstOrDefault(member => member is not null);

    static ModelFamily Family<T>(string pattern, string summary, string source, IEnumerable<T> sizes, Func<T, string> name, Func<T, ModelFamily.Maker> maker) =>
        new(pattern, summary, source, new OrderedDictionary<string, ModelFamily.Maker>(sizes.Select(size => KeyValuePair.Create(name(size), maker(size))), StringComparer.Ordinal));
}
