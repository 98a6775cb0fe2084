using Limbeck.Data;
using Limbeck.Evaluation;

namespace Limbeck.Lab.Runs;

/// <summary>Picks the test images that say most: where the networks differ, then some that all see alike.</summary>
static class Galleries
{
    const int Shown = 30;
    const int Differing = 20;

    // Images that are asked about at a time. Networks that differ at all do so on many of them, and the other thousands need not be asked about.
    const int AtOnce = 250;

    /// <summary>Asks each network about the test images, in a random order until enough of them divide the networks, and picks.</summary>
    /// <param name="test">The test images.</param>
    /// <param name="networks">Network file of each stage.</param>
    /// <param name="stop">Stops it.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    internal static Gallery Choose(ImageDataset test, IReadOnlyDictionary<string, string> networks, CancellationToken stop)
    {
        var (differing, alike) = (new List<GalleryItem>(), new List<GalleryItem>());
        foreach (var samples in Shuffle.Order(test.Count, 0).Chunk(AtOnce))
        {
            stop.ThrowIfCancellationRequested();
            foreach (var (sample, answers) in Ask(test.Choose(samples), samples, networks))
            {
                var seen = Divide(answers) ? differing : alike;
                if (seen.Count < Shown) seen.Add(new GalleryItem(sample, test.Pixels(sample), test.Labels[sample], answers));
            }

            if (differing.Count >= Differing || networks.Count < 2) break;
        }

        return new Gallery(test.Shape.Channels, test.Shape.Height, test.Shape.Width, [.. differing.Take(Differing).Concat(alike).Concat(differing.Skip(Differing)).Take(Shown)]);
    }

    static bool Divide(IReadOnlyDictionary<string, Answer> answers) => answers.Values.Select(answer => answer.Label).Distinct().Count() > 1;

    static IEnumerable<(int Sample, IReadOnlyDictionary<string, Answer> Answers)> Ask(ImageDataset images, int[] samples, IReadOnlyDictionary<string, string> networks)
    {
        var answers = networks.ToDictionary(entry => entry.Key, entry => Ask(entry.Value, images), StringComparer.Ordinal);
        return samples.Select((sample, place) => (sample, (IReadOnlyDictionary<string, Answer>)answers.ToDictionary(entry => entry.Key, entry => new Answer(entry.Value.Labels[place], entry.Value.Confidences[place]), StringComparer.Ordinal)));
    }

    static Answers Ask(string path, ImageDataset images)
    {
        using var network = Networks.Open(path);
        return Answers.Of(network, images);
    }
}
