using System.ComponentModel.DataAnnotations;
using Limbeck.Models;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>
/// Deep mutual learning: 1/(K − 1) Σ_l KL(p_l || p_s) over K − 1 peers, mean over the batch. Peers learn at the same time, each by CE + 1/(K − 1) Σ KL(p_l || p_k) from the labels and
/// from all other networks, the student among them. No teacher. Zhang, Xiang, Hospedales and Lu 2018.
/// </summary>
/// <remarks>
/// The loss holds the peers' own losses too, so it is larger than the student's share of it. With weight w the student learns w·KL beside its <see cref="CrossEntropy"/>, and a peer
/// CE + w·KL: the weight is no learning rate of the peers. While w is 0 they stand still. All networks are updated from one forward pass; the paper updates one after the other, each
/// seeing the others' newest answers. As there, no gradient flows into the probabilities that are learned from. T² stands in front of KL; at the paper's T = 1 it is 1.
/// Peers are made from seeds of their own, have the student's optimizer, are saved in checkpoints, scored at the last epoch and then dropped: to keep one, make it the student. A clip bounds the gradients of all networks together. A step costs a forward and backward pass of each.
/// </remarks>
public sealed class Dml(Dml.Options options) : ITrainsPeers
{
    /// <param name="Peers">Names of the networks that learn beside the student. Default: one, of the student's own kind.</param>
    /// <param name="Temperature">Softens all outputs, in [0.01, 100]. Default 1: the paper.</param>
    public sealed record Options(IReadOnlyList<string>? Peers = null, [property: Range(0.01, 100)] double Temperature = 1);

    /// <inheritdoc/>
    public bool NeedsTeacher => false;

    /// <inheritdoc/>
    public Module MakeParts(in Setting setting) => new Peers("dml", options.Peers, setting);

    /// <inheritdoc/>
    public IReadOnlyList<Network> PeersIn(Module parts) => ((Peers)parts).Networks;

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson)
    {
        // B batch, C classes
        var (student, _, batch) = lesson;
        var peers = lesson.Parts<Peers>().Answer(batch.Images);
        return Objectives.Peers.Together([student.Logits, .. peers.Select(peer => peer.Logits)], batch.Labels, options.Temperature, lesson.Weight);
    }
}
