namespace Limbeck.Lab.Runs;

/// <summary>Some of a stage's images after some iterations.</summary>
/// <param name="Iteration">How many.</param>
/// <param name="Labels">Class of each image here.</param>
/// <param name="Pixels">Bytes, image by image, channel by channel, row by row.</param>
public sealed record SetFrame(int Iteration, IReadOnlyList<int> Labels, byte[] Pixels);
