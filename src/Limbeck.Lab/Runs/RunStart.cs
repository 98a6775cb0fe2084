namespace Limbeck.Lab.Runs;

/// <summary>What began a run.</summary>
/// <param name="Scale">The recipe's scale, or null.</param>
/// <param name="Started">When.</param>
/// <param name="Jobs">How many stages run side by side, as <see cref="Runner.Jobs"/>: going on with other threads would give other bits.</param>
public sealed record RunStart(string? Scale, DateTimeOffset Started, int Jobs = 1);
