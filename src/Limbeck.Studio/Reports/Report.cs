using System.Text;
using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Findings;
using Limbeck.Studio.Reports.Markup;
using Limbeck.Studio.Reports.Sections;
using Limbeck.Torch.Serialization;

namespace Limbeck.Studio.Reports;

/// <summary>A run as one HTML file that opens from disk: no network, no script, light and dark, on paper and on a phone.</summary>
public static class Report
{
    /// <summary>The page. A section that the run has no data for is left out.</summary>
    public static string Write(RunResult run)
    {
        ArgumentNullException.ThrowIfNull(run);
        Section?[] sections =
        [
            ResultsSection.Of(run), PublishedSection.Of(run), PathsSection.Of(run), SearchSection.Of(run), CurvesSection.Of(run), FlowSection.Of(run), MetaparametersSection.Of(run),
            LayersSection.Of(run), PeersSection.Of(run), LatentSection.Of(run), RobustnessSection.Of(run), ClassesSection.Of(run), AgreementSection.Of(run), GallerySection.Of(run), ImagesSection.Of(run),
            CostSection.Of(run), OriginSection.Of(run),
        ];
        return Page.Of($"{run.Name} – Limbeck", Opening.Of(run), [.. sections.OfType<Section>()], $"Written by Limbeck {run.Machine.Limbeck}.").ToString();
    }

    /// <summary>What the run shows, a sentence each, said no stronger than its seeds allow; the most telling first. What its searches found comes last.</summary>
    public static IReadOnlyList<string> Conclusions(RunResult run) => [.. Verdict.Of(run).Select(finding => finding.Lead), .. run.Searches.Select(SearchSection.Summarize)];

    /// <summary>Writes the page to a file that is there as a whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written; what was at <paramref name="path"/> is still there.</exception>
    public static void Save(RunResult run, string path)
    {
        var page = Encoding.UTF8.GetBytes(Write(run));
        AtomicFile.Write(path, file => file.Write(page));
    }
}
