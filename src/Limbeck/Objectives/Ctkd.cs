using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>
/// T² KL(softmax(t/T) || softmax(s/T)), mean over the batch, with a temperature that is trained to raise the loss while the student lowers it: T = T₀ + (T₁ − T₀) sigmoid(θ), and
/// θ's gradient is multiplied by −λ. λ grows from 0 over the first epochs, λ(e) = ½ (1 − cos(π min(e, E)/E)), so that teaching gets harder. Li et al. 2023, sections 3.1 and 3.2
/// (one temperature for all samples).
/// </summary>
/// <remarks>
/// θ starts at 1, so T at 15.6 of 1 to 21. It has the student's optimizer but no weight decay, which would draw T to the middle of its range; the authors' code decays it.
/// They weigh the loss by 0.9 beside 0.1 of cross-entropy.
/// </remarks>
public sealed class Ctkd(Ctkd.Options options) : IObjective
{
    /// <param name="Lowest">T₀, in [0.01, 100]. Default 1: the paper.</param>
    /// <param name="Highest">T₁, in [0.01, 1000]. Default 21: the paper's 1 + 20.</param>
    /// <param name="Strength">λ at its full size, in [0, 100]; 0 leaves T where it starts. Default 1: the paper.</param>
    /// <param name="Epochs">E, the epochs until then, in [0, 100000]. Default 10: the paper.</param>
    public sealed record Options(
        [property: Range(0.01, 100)] double Lowest = 1,
        [property: Range(0.01, 1000)] double Highest = 21,
        [property: Range(0.0, 100.0)] double Strength = 1,
        [property: Range(0.0, 100_000.0)] double Epochs = 10);

    /// <inheritdoc/>
    public Module MakeParts(in Setting setting) => options.Lowest < options.Highest
        ? new LearnedTemperature(options.Lowest, options.Highest)
        : throw new ArgumentException($"the temperature is learned between lowest and highest: got {options.Lowest} and {options.Highest}");

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson)
    {
        // B batch, C classes
        var (student, teacher, _) = lesson;
        var (studentBC, teacherBC) = (student.Logits, teacher.Logits);
        var T = lesson.Parts<LearnedTemperature>().Call(Tensor.Full([1], StrengthAt(lesson.Epoch), studentBC.DType, studentBC.Device));
        return (T.Square() * Divergence.KullbackLeibler((teacherBC / T).LogSoftmax(1), (studentBC / T).LogSoftmax(1))).Sum();
    }

    double StrengthAt(double epoch) => epoch >= options.Epochs ? options.Strength : options.Strength * (1 - Math.Cos(Math.PI * epoch / options.Epochs)) / 2;
}
