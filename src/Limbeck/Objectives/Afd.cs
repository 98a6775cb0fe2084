using System.ComponentModel.DataAnnotations;
using Limbeck.Models;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>
/// Online adversarial feature distillation: T²/(K − 1) Σ_l KL(p_l || p_s) over K − 1 peers that learn at the same time, as in <see cref="Dml"/>, and a term on the last maps f: a
/// discriminator D_k for each network tells its maps from those of the network before it in a circle, and each network makes its maps pass for the other's:
/// Σ_k [(1 − D_k(f_k))² + (1 − D_k(f_{k−1}))² + D_k(f_k)²], means over places and batch. No teacher. Chung, Park, Kim and Kwak 2020.
/// </summary>
/// <remarks>
/// The first of the three squares trains network k with D_k held constant, the other two train D_k with the maps held constant: none of them works against another in one step.
/// The paper makes two updates of a batch, one by the logits' loss and one by the adversarial loss, the latter with a slower rate of its own. Here all is one loss and one step of one
/// optimizer, and <see cref="Options.Adversarial"/> stands for the slower rate: under SGD it scales the rate of the discriminators. Where maps differ in channels, transfer
/// layers (1×1 convolution, batch norm) bring them to the most that a network has; they learn with their network. Where they differ in size, the larger are pooled. Discriminators are
/// a 3×3 convolution, batch norm, leaky ReLU, and a 1×1 convolution to one number a place. With more than two networks the logits are learned from all others, the maps from one.
/// What <see cref="Dml"/> says of weights, steps and the peers' fate holds here too, but that weight w scales the discriminators' losses. (The name is used for attention-based feature
/// distillation as well, which this is not.)
/// </remarks>
public sealed class Afd(Afd.Options options) : ITrainsPeers
{
    /// <param name="Peers">Names of the networks that learn beside the student. Default: one, of the student's own kind.</param>
    /// <param name="Temperature">T, softens all outputs, in [0.01, 100]. Default 3: the paper's.</param>
    /// <param name="Adversarial">Weight of the squares of the discriminators, in [0, 1000]. Default 0.1: ours, for the paper's slower rate.</param>
    /// <param name="StudentTap">Where the student's maps are read. Default: the end of the last stage.</param>
    /// <param name="PeerTap">Likewise in every peer; channels and size are free.</param>
    public sealed record Options(IReadOnlyList<string>? Peers = null, [property: Range(0.01, 100)] double Temperature = 3, [property: Range(0.0, 1000.0)] double Adversarial = 0.1,
        string? StudentTap = null, string? PeerTap = null);

    /// <inheritdoc/>
    public bool NeedsTeacher => false;

    /// <inheritdoc/>
    public IReadOnlyList<string> StudentTaps => options.StudentTap is { } tap ? [tap] : MapPair.Stages;

    IReadOnlyList<string> PeerTaps => options.PeerTap is { } tap ? [tap] : MapPair.Stages;

    /// <inheritdoc/>
    public Module MakeParts(in Setting setting)
    {
        var peers = new Peers("afd", options.Peers, setting);
        try
        {
            // In evaluation mode, so that no running mean moves.
            peers.Train(false);
            var shown = peers.Answer(Tensor.Zeros([2, setting.Input.Channels, setting.Input.Height, setting.Input.Width]), PeerTaps);
            peers.Train();
            return new Adversaries(peers, [.. Maps(setting.Student, shown).Select(maps => maps.Size(1))], setting.Random);
        }
        catch (ArgumentException)
        {
            peers.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<Network> PeersIn(Module parts) => ((Adversaries)parts).Peers.Networks;

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson)
    {
        // B batch, C classes
        var (student, _, batch) = lesson;
        var adversaries = lesson.Parts<Adversaries>();
        var peers = adversaries.Peers.Answer(batch.Images, PeerTaps);
        var together = Objectives.Peers.Together([student.Logits, .. peers.Select(peer => peer.Logits)], batch.Labels, options.Temperature, lesson.Weight);
        return together + (options.Adversarial * adversaries.Loss(Maps(student, peers)));
    }

    // Of every network, the student first: B×C×H×W.
    IReadOnlyList<Tensor> Maps(Signals student, IReadOnlyList<Signals> peers) =>
        [MapPair.Maps(student, StudentTaps)[^1].Maps, .. peers.Select(peer => MapPair.Maps(peer, PeerTaps)[^1].Maps)];
}
