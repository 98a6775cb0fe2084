using System.ComponentModel.DataAnnotations;
using Limbeck.Data;
using Limbeck.Evaluation.Projections;

namespace Limbeck.Evaluation;

/// <summary>Where networks put the same images, drawn on planes.</summary>
/// <param name="Method">How the planes were found, for people.</param>
/// <param name="ClassNames">Names of the labels.</param>
/// <param name="Labels">Label of each image.</param>
/// <param name="Embeddings">One for each network and moment. Those of the moment <see cref="Embedding.Aligned"/> share a plane; any other has its own.</param>
public sealed record LatentSpace(string Method, IReadOnlyList<string> ClassNames, IReadOnlyList<int> Labels, IReadOnlyList<Embedding> Embeddings)
{
    /// <summary>Test images that are drawn: enough to see clusters, few enough to see points.</summary>
    public const int Images = 500;

    /// <summary>What the networks' last layers read of some test images, teachers and student, drawn on planes.</summary>
    public sealed record Options : MeasureOptions
    {
        /// <summary>How a plane is found. Default: t-SNE.</summary>
        public Projection Projection { get; init; } = Projection.TSne;

        /// <summary>t-SNE's smooth count of neighbours. Default 30.</summary>
        [Range(2.0, 1000.0)] public double Perplexity { get; init; } = 30;
    }

    /// <summary>The images that are drawn: <see cref="Images"/> at random, the same for every network; all if there are no more.</summary>
    public static ImageDataset Choose(ImageDataset data) => Images < data.Count ? data.Take(Images, seed: 0) : data;
}
