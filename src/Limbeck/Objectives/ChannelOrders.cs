using System.Globalization;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>A random order of channels for each width, drawn once: <see cref="Fsp"/> shuffles the teacher's matrices by them.</summary>
/// <remarks>
/// Places of one width share an order, as identity shortcuts make them: so there is a teacher, a residual one too, that differs from the given one by the order of its
/// channels alone and has these matrices.
/// </remarks>
sealed class ChannelOrders : PartSet
{
    readonly Dictionary<long, Torch.Nn.Buffer> orders;

    internal ChannelOrders(IEnumerable<long> widths, Generator random) =>
        orders = widths.Distinct().Order().ToDictionary(width => width, width => Add(width.ToString(CultureInfo.InvariantCulture), new Torch.Nn.Buffer(Tensor.Randperm(width, random))));

    /// <summary>The order of maps of so many channels, [C], int64.</summary>
    internal Tensor this[long width] => orders[width];

    /// <summary>A flow with both its sides in their orders.</summary>
    /// <param name="flowBCC">B×C₁×C₂.</param>
    internal Tensor Apply(Tensor flowBCC) => flowBCC.IndexSelect(1, this[flowBCC.Size(1)]).IndexSelect(2, this[flowBCC.Size(2)]);
}
