using Limbeck.Torch.Nn;

namespace Limbeck.Objectives;

/// <summary>An objective that links places of two networks, more or less strongly: reports draw them as a graph.</summary>
public interface ILinksLayers : IObjective
{
    /// <summary>The links as they are now, those of weight 0 too: place by place of the teacher, then of the student.</summary>
    /// <param name="parts">What the objective made.</param>
    IReadOnlyList<LayerLink> Links(Module parts);
}
