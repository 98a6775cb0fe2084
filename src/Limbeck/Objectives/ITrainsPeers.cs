using Limbeck.Models;
using Limbeck.Torch.Nn;

namespace Limbeck.Objectives;

/// <summary>An objective that trains networks beside the student: they are scored at the end too.</summary>
public interface ITrainsPeers : IObjective
{
    /// <summary>These networks, in the order of their names among the options.</summary>
    /// <param name="parts">What the objective made.</param>
    IReadOnlyList<Network> PeersIn(Module parts);
}
