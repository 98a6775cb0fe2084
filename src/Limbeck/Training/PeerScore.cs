namespace Limbeck.Training;

/// <summary>What a network came to that learned beside the student.</summary>
/// <param name="Network">Its name in the zoo.</param>
/// <param name="Last">At the last epoch: no validation images choose an epoch of its own.</param>
public sealed record PeerScore(string Network, Reading Last);
