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
    const int Told = 6;

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

    /// <summary>What the run shows, a sentence each, said no stronger than its seeds allow; the most telling first. Of more than six, those that are clear come before the others, and how many the page has besides is told. What its searches found comes last.</summary>
    public static IReadOnlyList<string> Conclusions(RunResult run)
    {
        var findings = Verdict.Of(run);
        string[] others = findings.Count > Told ? [$"{Numbers.Plural(findings.Count - Told, "more comparison")}: see the report."] : [];
        return [.. findings.OrderBy(finding => findings.Count > Told && finding.Outcome is not (Outcome.Gain or Outcome.Loss)).Take(Told).Select(finding => finding.Lead), .. others, .. run.Searches.Select(SearchSection.Summarize)];
    }

    /// <summary>Writes the page to a file that is there as a whole or not at all.</summary>
    /// <exception cref="IOException">It cannot be written; what was at <paramref name="path"/> is still there.</exception>
    public static void Save(RunResult run, string path)
    {
        var page = Encoding.UTF8.GetBytes(Write(run));
        AtomicFile.Write(path, file => file.Write(page));
    }
}
