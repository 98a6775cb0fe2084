using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Evaluation;

/// <summary>Two logits that are linear in the image: margins under attack or noise are known in closed form.</summary>
sealed class LinearClassifier : Module
{
    readonly Linear linear;

    internal LinearClassifier(int seed)
    {
        using var random = new Generator(seed);
        linear = Add("linear", new Linear(TinyImages.Numbers, 2, random));
        using var scope = new Scope();
        var weights = linear.Weight.Value.Detach().ToArray<float>();
        var bias = linear.Bias!.Value.Detach().ToArray<float>();
        Weights = [.. Enumerable.Range(0, TinyImages.Numbers).Select(k => (double)weights[k] - weights[TinyImages.Numbers + k])];
        Bias = bias[0] - bias[1];
    }

    /// <summary>w_0 − w_1.</summary>
    internal double[] Weights { get; }

    /// <summary>b_0 − b_1.</summary>
    internal double Bias { get; }

    /// <summary>How far the right logit is ahead, for pixels in [0, 1].</summary>
    internal double Margin(IReadOnlyList<double> image, int label) =>
        (1 - (2 * label)) * (Bias + Enumerable.Range(0, TinyImages.Numbers).Sum(k => Weights[k] * (image[k] - TinyImages.Mean(k)) / TinyImages.Std(k)));

    protected override Tensor Forward(Tensor input) => linear.Call(input.Flatten(1));
}
