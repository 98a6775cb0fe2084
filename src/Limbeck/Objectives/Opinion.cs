using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>What a <see cref="Committee"/> says as one of each sample: a distribution over the classes that any of its members who count knows.</summary>
/// <param name="ScoresBC">B×C: its logarithm, up to a constant of each sample, and anything finite at other classes.</param>
/// <param name="SupportBC">B×C: which classes those are. None where nobody counts.</param>
readonly record struct Opinion(Tensor ScoresBC, Tensor SupportBC)
{
    /// <summary>T² KL(q || softmax(s/T)), the student's softmax over the same classes; mean over the batch, to which a sample that nobody speaks of adds 0.</summary>
    /// <param name="studentBC">s.</param>
    /// <param name="temperature">T, which q has already.</param>
    internal Tensor Divergence(Tensor studentBC, double temperature) => temperature * temperature *
        (Objectives.Divergence.KullbackLeiblerTerms(LogProbabilities(ScoresBC), LogProbabilities(studentBC / temperature)) * SupportBC).Sum(1).Mean();

    /// <summary>B×C: log softmax over the classes that are spoken of; next to minus infinity elsewhere.</summary>
    internal Tensor LogProbabilities(Tensor scoresBC) => SupportBC.Where(scoresBC, Tensor.Full([1], Committee.LeastLogit, scoresBC.DType, scoresBC.Device)).LogSoftmax(1);
}
