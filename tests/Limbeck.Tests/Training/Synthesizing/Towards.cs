using Limbeck.Synthesis;
using Limbeck.Torch.Tensors;

namespace Limbeck.Tests.Training.Synthesizing;

/// <summary>A method whose every step can be worked out by hand: images go towards a value, with noise, and with a network that is one number which grows.</summary>
sealed class Towards(double goal, double noise = 0) : ISynthesis
{
    readonly Tensor grown = Tensor.Zeros([1]).Hold();

    /// <summary>The iteration whose loss is not a number.</summary>
    internal int BreaksAt { get; init; } = -1;

    /// <summary>The iteration whose loss is as ever, and whose step size falls off a cliff.</summary>
    internal int SteepAt { get; init; } = -1;

    /// <summary>What is called in each step.</summary>
    internal Action<int>? Meanwhile { get; init; }

    public IReadOnlyList<(string Key, Tensor Value)> State => [("grown", grown)];

    public void Prepare(Distillate learned, Generator random)
    {
        learned.SoftenLabels(Tensor.Randn([learned.Count, learned.Classes], random), learned: true);
        learned.TakeSteps([0.1], learned: true);
    }

    public SynthesisStep Step(Distillate learned, int iteration, Generator random)
    {
        Meanwhile?.Invoke(iteration);
        grown.AddInPlace(Tensor.Ones([1]));
        var images = learned.Images.Value;
        var aim = goal + (noise * Tensor.Randn(images.Shape, random)) + (0.01 * grown.Detach().Clone());
        var loss = (0.5 * (images - aim).Square().Sum()) + learned.LabelLogits!.Value.Square().Sum() + learned.StepSizes!.Value.Sum();
        if (iteration == SteepAt) return new SynthesisStep(loss.Detach(), new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["step-sizes"] = Tensor.Full([1], -1000) });
        return SynthesisStep.Of(iteration == BreaksAt ? loss * double.NaN : loss, learned);
    }

    public void Dispose() => grown.Dispose();
}
