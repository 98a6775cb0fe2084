using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>
/// λ CE(y, softmax(s)) + (1 − λ) T² KL(softmax(t/T) || softmax(s/T)), mean over the batch, λ in [0, 1] and T in [0.1, 10] metaparameters: they learn from images held out of training, by the
/// gradient of the cross-entropy there. Gorpinich, Bakhteev, Strijov 2022. It is the whole loss: no cross-entropy beside it.
/// </summary>
/// <remarks>
/// The paper softens by cross-entropy without T²: <c>scaled: false</c>, whose gradient in s is T² times smaller. Its code puts λ on the distillation in place of the labels, and exchanges teacher and
/// student in the divergence. Its imagined step has the rate that training began with, its gradient the present one; here both have the present one. It sets a gradient that is no number to 0; here
/// training stops, as for any loss.
/// </remarks>
public sealed class MetaparametricSoftTargets(MetaparametricSoftTargets.Options options) : IMetaparametric
{
    const double Coldest = 0.1, Hottest = 10;

    /// <param name="Labels">λ at the start, the share of the labels, in [0, 1]. Default 0.5: the paper's naive setting.</param>
    /// <param name="Temperature">T at the start, in [0.1, 10]. Default 1: the paper's naive setting.</param>
    /// <param name="Drawn">Whether the start is drawn in place of that: λ from U(0, 1), log₁₀ T from U(−1, 1), as in the paper; its code draws T from U(0.1, 10). Default false.</param>
    /// <param name="Learned">Whether λ and T learn; false keeps them at their start, for comparison and for search. Default true.</param>
    /// <param name="Scaled">Whether the softened term has the factor T². Default true: as <see cref="SoftTargets"/>.</param>
    public sealed record Options([property: Range(0.0, 1.0)] double Labels = 0.5, [property: Range(Coldest, Hottest)] double Temperature = 1, bool Drawn = false, bool Learned = true, bool Scaled = true);

    /// <inheritdoc/>
    public Module MakeParts(in Setting setting)
    {
        var drawn = options.Drawn ? Tensor.Rand([2], setting.Random).ToArray<float>() : null;
        var mixture = drawn is null ? new Mixture(options.Labels, options.Temperature) : new Mixture(drawn[0], Math.Pow(10, (2 * drawn[1]) - 1));
        mixture.Freeze(!options.Learned);
        return mixture;
    }

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson)
    {
        // B batch, C classes
        var (student, teacher, batch) = lesson;
        var (mixture, studentBC) = (lesson.Parts<Mixture>(), student.Logits);
        var (labels, T) = (mixture.Labels.Value, mixture.Temperature.Value);
        var (ownBC, taughtBC) = ((studentBC / T).LogSoftmax(1), (teacher.Logits / T).LogSoftmax(1));
        var softened = options.Scaled ? T.Square() * Divergence.KullbackLeibler(taughtBC, ownBC) : -(taughtBC.Exp() * ownBC).Sum(1).Mean();
        return ((labels * CrossEntropy.Of(studentBC, batch.Labels)) + ((1 - labels) * softened)).Sum();
    }

    /// <inheritdoc/>
    public IReadOnlyList<Metaparameter> Metaparameters(Module parts) =>
        options.Learned ? [new(((Mixture)parts).Labels, 0, 1), new(((Mixture)parts).Temperature, Coldest, Hottest)] : [];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Readings(Module parts) => new OrderedDictionary<string, double>(StringComparer.Ordinal)
    {
        ["labels"] = ((Mixture)parts).Labels.Value.Detach().Item(),
        ["temperature"] = ((Mixture)parts).Temperature.Value.Detach().Item(),
    };

    sealed class Mixture : PartSet
    {
        internal Mixture(double labels, double temperature)
        {
            Labels = Add("labels", new Parameter(Tensor.Full([1], labels)));
            Temperature = Add("temperature", new Parameter(Tensor.Full([1], temperature)));
        }

        internal Parameter Labels { get; }

        internal Parameter Temperature { get; }
    }
}
