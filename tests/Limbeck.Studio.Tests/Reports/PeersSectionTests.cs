using Limbeck.Studio.Reports;
using Limbeck.Studio.Tests.Reports.Samples;
using Limbeck.Training;

namespace Limbeck.Studio.Tests.Reports;

public sealed class PeersSectionTests
{
    [Fact]
    public void Stands_each_peer_beside_its_student()
    {
        var stage = SampleRun.Full.Stages[^1];
        var run = SampleRun.Full.Map(it => it.Name != stage.Name ? it : it with
        {
            Seeds = [.. it.Seeds.Select(seed => seed with { Fit = seed.Fit with { Peers = [new PeerScore("resnet-26", seed.Fit.Last with { Test = seed.Fit.Last.Test! with { Accuracy = 0.5 + (0.01 * seed.Seed) } })] } })],
        });
        var section = PageText.Parse(Report.Write(run)).Descendants("section").Single(it => it.Attribute("id")?.Value == "peers");
        var rows = section.Descendants("tr").Skip(1).Select(row => row.Elements().Select(cell => cell.Value).ToArray()).ToArray();
        Assert.Equal([stage.Model, "resnet-26 (peer)"], rows.Select(row => row[1]));
        var mean = 50 + stage.Seeds.Average(seed => seed.Seed);
        Assert.StartsWith(mean.ToString("F2", System.Globalization.CultureInfo.InvariantCulture), rows[1][3], StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_peers_has_no_such_section() =>
        Assert.DoesNotContain(PageText.Parse(Report.Write(SampleRun.Full)).Descendants("section"), it => it.Attribute("id")?.Value == "peers");
}
