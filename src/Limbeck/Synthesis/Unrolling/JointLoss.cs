using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Unrolling;

/// <summary>Labels and a teacher inside of the inner step: (1 − a) H(y, softmax(s)) + a T² KL(softmax(t/T) || softmax(s/T)), mean over the batch. Barinov, Filatov 2023; Hinton, Vinyals, Dean 2015, section 2.</summary>
/// <remarks>
/// The published runs swap KL's arguments, give it probabilities for log-probabilities, and divide by the number of classes. The teacher enters a step's gradient linearly: through it costs one ordinary backward pass a step, no
/// second derivative. Detached, the gradient of the images is another: cosine 0.997, 0.971, 0.891 at a = 0.3, 0.7, 1 after 20 steps.
/// </remarks>
public sealed class JointLoss : IInnerLoss
{
    readonly Options options;
    readonly Module teacher;
    readonly LabelLoss labels = new();

    /// <summary>Makes the loss.</summary>
    /// <param name="options">a, T and the way through the teacher.</param>
    /// <param name="teacher">Gives B×K logits. It is switched to evaluation here, and never changed.</param>
    public JointLoss(Options options, Module teacher)
    {
        (this.options, this.teacher) = (options, teacher);
        teacher.Train(false);
    }

    /// <summary>How the two are mixed.</summary>
    /// <param name="Weight">a, in [0, 1]: 0 is the labels alone, 1 the teacher alone. Default 0.3: the better of the two published.</param>
    /// <param name="Temperature">T, in [0.01, 100], where it is not learned. Default 2: the best published with training on all data.</param>
    /// <param name="Way">Whether the gradient of the images goes through the teacher. Default: through, the gradient of the loss as it is written.</param>
    public sealed record Options([Range(0.0, 1.0)] double Weight = 0.3, [Range(0.01, 100)] double Temperature = 2, TeacherPath Way = TeacherPath.Through);

    /// <inheritdoc/>
    public Tensor Of(Tensor logitsBK, in InnerBatch batch)
    {
        var a = options.Weight;
        if (a == 0) return labels.Of(logitsBK, batch);
        var T = batch.Temperature ?? Tensor.Full([1], options.Temperature, logitsBK.DType, logitsBK.Device);
        var ownBK = (logitsBK / T).LogSoftmax(1);
        var taughtBK = (Ask(batch.ImagesBCHW) / T).LogSoftmax(1);
        var divergence = (T.Square() * (taughtBK.Exp() * (taughtBK - ownBK)).Sum(1).Mean()).Sum();
        return a == 1 ? divergence : (a * divergence) + ((1 - a) * labels.Of(logitsBK, batch));
    }

    Tensor Ask(Tensor imagesBCHW)
    {
        if (options.Way == TeacherPath.Through && imagesBCHW.RequiresGrad) return teacher.Call(imagesBCHW);
        using var off = Grad.Off();
        return teacher.Call(imagesBCHW);
    }
}
