using Limbeck.Data;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Generation;

/// <summary>From a vector for each image to the image: two linear layers, then twice an enlargement and a convolution, all weight-normalised; batch norm and leaky ReLU (0.1) between them, 2 tanh at the end. Such et al. 2020, appendix.</summary>
/// <remarks>2 tanh covers what normalised pixels of natural images come to. Sides that are no multiples of 4 are reached by enlarging to them.</remarks>
sealed class ImageGenerator : Module
{
    const double Leak = 0.1;
    const double Reach = 2;
    const int Kernel = 3;

    readonly ImageShape shape;
    readonly Module[] layers;
    readonly Module[] scales;
    readonly long maps;

    /// <param name="inputs">Numbers of a vector.</param>
    /// <param name="shape">Of the images.</param>
    /// <param name="hidden">Units of the first layer.</param>
    /// <param name="maps">Maps of a quarter of the image's sides; half as many of half of them.</param>
    /// <param name="random">Source of the weights: He et al. 2015.</param>
    internal ImageGenerator(long inputs, ImageShape shape, long hidden, long maps, Generator random)
    {
        (this.shape, this.maps) = (shape, maps);
        var features = maps * Quarter(shape.Height) * Quarter(shape.Width);
        layers =
        [
            Add("linear1", Layer(hidden, inputs)), Add("linear2", Layer(features, hidden)),
            Add("conv1", Layer(maps / 2, maps, Kernel, Kernel)), Add("conv2", new WeightNormed(Drawn(shape.Channels, maps / 2, Kernel, Kernel), new Parameter(Tensor.Zeros([shape.Channels])))),
        ];
        scales = [Add("norm1", new BatchScale(hidden)), Add("norm2", new BatchScale(features)), Add("norm3", new BatchScale(maps / 2))];

        WeightNormed Layer(params long[] shape) => new(Drawn(shape), bias: null);

        Parameter Drawn(params long[] shape)
        {
            var weight = Tensor.Empty(shape);
            Init.KaimingNormal(weight, random);
            return new Parameter(weight);
        }
    }

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor input)
    {
        var value = Activated(0, input);
        value = Activated(1, value).Reshape(-1, maps, Quarter(shape.Height), Quarter(shape.Width));
        value = Activated(2, Enlarged(value, Half(shape.Height), Half(shape.Width)));
        return Reach * layers[3].Call(Enlarged(value, shape.Height, shape.Width)).Tanh();

        Tensor Activated(int layer, Tensor below) => scales[layer].Call(layers[layer].Call(below)).LeakyRelu(Leak);
    }

    // With a border, so that a convolution without padding keeps the size.
    static Tensor Enlarged(Tensor mapsBCHW, long height, long width) => Functional.Nearest(mapsBCHW, [height, width]).PadReflected([1, 1, 1, 1]);

    static long Quarter(int side) => (side + 3) / 4;

    static long Half(int side) => (side + 1) / 2;
}
