using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Models;

/// <summary>Convolutions with norms beside a shortcut, and one activation behind their sum. He et al. 2016, figure 5.</summary>
/// <remarks>A shortcut that changes shape is a strided 1×1 convolution with a norm (the paper's option B). Its name, the kind of norm, and whether a mean pool stands for the stride are what the codes of such networks differ in.</remarks>
sealed class ResidualBlock : Module
{
    const int Expansion = 4;

    readonly Sequential? shortcut;
    readonly List<Module> residual = [];
    readonly Relu end;

    ResidualBlock(int inputs, (int Kernel, int Outputs, int Stride)[] layers, string shortcutName, Style style, Generator random)
    {
        var (channels, stride) = (inputs, 1);
        foreach (var (number, (kernel, outputs, step)) in layers.Index())
        {
            residual.Add(Add($"conv{number + 1}", new Conv2d(channels, outputs, kernel, random, stride: style.StrideOf(step), padding: kernel / 2, bias: false)));
            residual.Add(Add($"bn{number + 1}", style.Norm(outputs)));
            if (number + 1 < layers.Length) residual.Add(Add($"relu{number + 1}", new Relu()));
            if (step > 1 && style.Pools) residual.Add(Add($"pool{number + 1}", new AvgPool2d(step)));
            (channels, stride) = (outputs, stride * step);
        }

        if (stride > 1 || channels != inputs)
        {
            Module[] pool = stride > 1 && style.Pools ? [new AvgPool2d(stride)] : [];
            shortcut = Add(shortcutName, new Sequential([new Conv2d(inputs, channels, 1, random, stride: style.StrideOf(stride), bias: false), .. pool, style.Norm(channels)]));
        }

        end = Add($"relu{layers.Length}", new Relu());
    }

    // Blocks in a row, the first of which changes the shape.
    internal static Sequential Stage(Kind kind, int blocks, int inputs, int width, int stride, string shortcut, Generator random, Style? style = null) =>
        new([.. Enumerable.Range(0, blocks).Select(block => new ResidualBlock(block == 0 ? inputs : Outputs(kind, width), Layers(kind, width, block == 0 ? stride : 1), shortcut, style ?? Style.Usual, random))]);

    internal static int Outputs(Kind kind, int width) => kind == Kind.Basic ? width : Expansion * width;

    // Where a block of this kind adds.
    internal static string End(Kind kind) => kind == Kind.Basic ? "relu2" : "relu3";

    protected override Tensor Forward(Tensor input) => end.Call(residual.Call(input) + (shortcut?.Call(input) ?? input));

    // The stride stands at the 3x3 convolution, as in PyTorch; the paper's bottleneck has it at the first 1x1.
    static (int Kernel, int Outputs, int Stride)[] Layers(Kind kind, int width, int stride) => kind == Kind.Basic
        ? [(3, width, stride), (3, width, 1)]
        : [(1, width, 1), (3, width, stride), (1, Outputs(kind, width), 1)];

    /// <summary>What the papers do not agree on.</summary>
    /// <param name="Norm">Makes a norm of so many channels.</param>
    /// <param name="Pools">Whether a mean pool halves the maps, in place of the stride.</param>
    internal sealed record Style(Func<int, Module> Norm, bool Pools)
    {
        internal static Style Usual { get; } = new(channels => new BatchNorm2d(channels), Pools: false);

        internal int StrideOf(int step) => Pools ? 1 : step;
    }

    internal enum Kind
    {
        // Two 3x3 convolutions.
        Basic,

        // 1x1, 3x3, 1x1, the last one four times as wide.
        Bottleneck,
    }
}
