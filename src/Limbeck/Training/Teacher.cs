using Limbeck.Models;
using Limbeck.Torch.Nn;

namespace Limbeck.Training;

/// <summary>A network that a student learns from: frozen, in evaluation mode, outside of any graph.</summary>
/// <param name="Network">The network: its caller's, as before.</param>
public sealed record Teacher(Module Network)
{
    /// <summary>What terms and logs call it. Default: the network's name; where there are several teachers, no two may share theirs.</summary>
    public string Name { get; init; } = Network is Network known ? known.Name : Network.GetType().Name;

    /// <summary>The student's classes that its logits stand for, in their order. Null: all of them. Empty: none, so that only its places inside can be read.</summary>
    public IReadOnlyList<int>? Classes { get; init; }
}
