using System.Xml.Linq;
using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports;
using Limbeck.Studio.Tests.Reports.Samples;

namespace Limbeck.Studio.Tests.Reports;

public sealed class SearchSectionTests
{
    const string Weight = "student.objectives[1].weight";
    const string Labels = "student.objectives[0].weight";

    static readonly RunResult Run = SampleRun.Full with
    {
        Searches =
        [
            new("student", "tpe", "one in 4 goes on after epoch 1, and each time that these are multiplied by 4", [1],
                new Dictionary<string, string> { [Weight] = "0.05 to 1 by 0.05", [Labels] = $"1 − {Weight}" }, Best: 3,
                [Trial(1, "complete", 0.6, 0.8412), Trial(2, "pruned", 0.05, null), Trial(3, "complete", 0.9, 0.8633), Trial(4, "failed", 1, null), Trial(5, "complete", 0.8, 0.86)]),
        ],
    };

    [Fact]
    public void SaysWhatWasSearchedByHowManyTrialsAndWhatWasFound()
    {
        const string Summary = "student was searched by tpe (5 trials, 1 stopped early, 1 diverged). The best trial, number 3, had objectives[1].weight = 0.9, objectives[0].weight = 0.1: validation accuracy 86.33 %.";
        Assert.Equal(Summary, Report.Conclusions(Run)[^1]);
        var page = PageText.Parse(Report.Write(Run));
        var section = page.Descendants("section").Single(it => it.Attribute("id")?.Value == "search");
        Assert.Contains(Summary, section.Value, StringComparison.Ordinal);
        Assert.Contains("Test images chose nothing", section.Value, StringComparison.Ordinal);
        Assert.Contains("one in 4 goes on after epoch 1", section.Value, StringComparison.Ordinal);
        Assert.Contains("0.05 to 1 by 0.05", section.Value, StringComparison.Ordinal);
        Assert.Contains(page.Descendants("nav").Descendants("a"), link => link.Attribute("href")!.Value == "#search");
    }

    [Fact]
    public void TheTrialsAreListedTheBestFirst()
    {
        var section = PageText.Parse(Report.Write(Run)).Descendants("section").Single(it => it.Attribute("id")?.Value == "search");
        var trials = section.Descendants("table").Single(it => it.Element("caption")!.Value.StartsWith("Trials", StringComparison.Ordinal));
        Assert.Equal(["3", "5", "1", "2", "4"], trials.Element("tbody")!.Elements("tr").Select(row => row.Element("th")!.Value));
        Assert.Contains("pruned", trials.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void ARunWithoutASearchHasNoSuchSection() =>
        Assert.DoesNotContain(PageText.Parse(Report.Write(SampleRun.Full)).Descendants("section"), it => it.Attribute("id")?.Value == "search");

    static TrialResult Trial(int number, string state, double weight, double? value) =>
        new(number, state, new Dictionary<string, string> { [Weight] = $"{weight}", [Labels] = $"{Math.Round(1 - weight, 2)}" }, value);
}
