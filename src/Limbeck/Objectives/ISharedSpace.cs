using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>An objective with a space of its own, into which it brings what student and teachers know of an image: reports draw where.</summary>
public interface ISharedSpace : IObjective
{
    /// <summary>Where a batch lies in that space, B×D for each network: the student first, the teachers behind in their order. It draws no random numbers.</summary>
    IReadOnlyList<Tensor> Embed(in Lesson lesson);
}
