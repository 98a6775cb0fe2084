using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>The networks of <see cref="Afd"/>: peers of the student, a discriminator for each of all K networks, and transfer layers for those whose maps have fewer channels than others'.</summary>
sealed class Adversaries : PartSet
{
    // Leaky ReLU's, as discriminators of images have it since DCGAN.
    const double Slope = 0.2;

    readonly Module?[] transfers;
    readonly Sequential[] discriminators;

    /// <param name="peers">The other networks: these parts' from now on.</param>
    /// <param name="channels">Of each network's maps, the student's first.</param>
    /// <param name="random">Source of initial weights.</param>
    internal Adversaries(Peers peers, IReadOnlyList<long> channels, Generator random)
    {
        var common = channels.Max();
        Peers = Add("peers", peers);
        transfers = [.. channels.Select((own, k) => own == common ? null : Add($"transfer.{k}", new Sequential(new Conv2d(own, common, 1, random, bias: false), new BatchNorm2d(common))))];
        discriminators = [.. channels.Select((_, k) => Add($"discriminator.{k}",
            new Sequential(new Conv2d(common, common, 3, random, padding: 1, bias: false), new BatchNorm2d(common), new LeakyRelu(Slope), new Conv2d(common, 1, 1, random))))];
    }

    internal Peers Peers { get; }

    /// <summary>Σ_k of <see cref="Deceit"/> and <see cref="Error"/>, each network's maps before the next one's: f_0 after f_{K−1}.</summary>
    /// <param name="mapsBCHW">Each network's, the student's first.</param>
    internal Tensor Loss(IReadOnlyList<Tensor> mapsBCHW)
    {
        var alikeBCHW = Transferred(mapsBCHW);
        var losses = alikeBCHW.Select((ownBCHW, k) => Deceit(k, ownBCHW) + Error(k, alikeBCHW[(k + alikeBCHW.Count - 1) % alikeBCHW.Count], ownBCHW));
        return losses.Aggregate((sum, next) => sum + next);
    }

    /// <summary>All maps with the channels of the widest and the size of the smallest.</summary>
    internal IReadOnlyList<Tensor> Transferred(IReadOnlyList<Tensor> mapsBCHW)
    {
        var (height, width) = (mapsBCHW.Min(maps => maps.Size(2)), mapsBCHW.Min(maps => maps.Size(3)));
        return [.. mapsBCHW.Zip(transfers, (maps, transfer) =>
        {
            var pooled = maps.Size(2) == height && maps.Size(3) == width ? maps : Functional.AdaptiveAvgPool2d(maps, [height, width]);
            return transfer is null ? pooled : transfer.Call(pooled);
        })];
    }

    /// <summary>(1 − D_k(f_k))²: how far the network is from making its maps pass for another's. D_k is held constant.</summary>
    internal Tensor Deceit(int k, Tensor ownBCHW)
    {
        var held = new FlatParameters(discriminators[k]);
        return (1 - held.Call(held.Gather(), ownBCHW)).Square().Mean();
    }

    /// <summary>(1 − D_k(f_{k−1}))² + D_k(f_k)²: how wrong the discriminator is. The maps are held constant.</summary>
    internal Tensor Error(int k, Tensor othersBCHW, Tensor ownBCHW) =>
        (1 - discriminators[k].Call(othersBCHW.Detach())).Square().Mean() + discriminators[k].Call(ownBCHW.Detach()).Square().Mean();
}
