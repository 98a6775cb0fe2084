namespace Limbeck.Evaluation;

/// <summary>Where one network puts some images, drawn on a plane: point i is image i of the <see cref="LatentSpace"/>.</summary>
/// <param name="Network">Whose it is.</param>
/// <param name="When">Of which moment: before training, after training, aligned.</param>
/// <param name="X">First coordinate of each image.</param>
/// <param name="Y">Second coordinate of each image.</param>
public sealed record Embedding(string Network, string When, IReadOnlyList<float> X, IReadOnlyList<float> Y)
{
    /// <summary>The moment of points that an objective has brought into one space, all on one plane.</summary>
    public const string Aligned = "aligned";
}
