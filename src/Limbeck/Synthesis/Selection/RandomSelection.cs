using Limbeck.Models;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Selection;

/// <summary>Real images of each class, drawn at random and left as they are: the control that belongs beside every method. With soft labels, softmax(teacher(x)): Qin, Deng, Alvarez-Melis 2024.</summary>
/// <remarks>Soft labels alone come near to many methods: 46.3 % at 10 images a class on CIFAR-10 in that paper, where hard ones give 31.</remarks>
public sealed class RandomSelection : ISynthesis
{
    readonly Module? teacher;

    /// <summary>Takes what it needs.</summary>
    /// <exception cref="ArgumentException">Soft labels are asked for, and there is no teacher.</exception>
    public RandomSelection(Options options, Ingredients from)
    {
        if (options.SoftLabels && from.Teacher is null) throw new ArgumentException("random selection with soft labels needs a teacher: name one with 'from'");
        teacher = options.SoftLabels ? from.Teacher : null;
    }

    /// <inheritdoc/>
    public void Prepare(Distillate learned, Generator random)
    {
        if (teacher is null) return;
        using var logitsNC = EvaluationMode.Answers(teacher, learned.Images.Value);
        learned.SoftenLabels(logitsNC, learned: false);
    }

    /// <inheritdoc/>
    public SynthesisStep Step(Distillate learned, int iteration, Generator random) =>
        new(Tensor.Zeros([], learned.Images.Value.DType, learned.Device), new Dictionary<string, Tensor>(StringComparer.Ordinal));

    /// <param name="SoftLabels">Take the teacher's logits for labels. Default false.</param>
    public sealed record Options(bool SoftLabels = false);
}
