using Limbeck.Data;
using Limbeck.Data.Sources;
using Limbeck.Data.Storage;
using Limbeck.Evaluation;
using Limbeck.Lab.Runs;

namespace Limbeck.Lab.Tests.Runs;

public sealed class GalleriesTests
{
    const string Text = """
        name: tiny
        data: { name: synthetic, validation: 0, train: 200 }
        defaults: { epochs: 1, batch: 50 }
        stages:
          one: { train: conv-very-tiny, seeds: [1] }
          other: { train: conv-very-tiny, seeds: [2] }
        """;

    [Fact]
    public void ShowsTheFirstThatDivideTheNetworksAndThenTheFirstThatDoNot()
    {
        using var plan = new TinyPlan(Text);
        var run = plan.NewRun("runs");
        var gallery = new Runner(plan["runs"]).Run(run).Gallery!;

        // Every test image asked about, and chosen from all of them.
        var split = DataSplit.From(new DataStore().Load(Datasets.Get("synthetic")));
        var answers = new[] { "one", "other" }.Zip([1, 2], (stage, seed) => AllOf(run.Network(stage, seed), split.Test)).ToArray();
        var order = Shuffle.Order(split.Test.Count, 0);
        var differing = order.Where(sample => answers[0].Labels[sample] != answers[1].Labels[sample]).Take(20).ToArray();
        Assert.Equal([.. differing, .. order.Except(differing).Take(10)], gallery.Items.Select(item => item.Index));
        Assert.All(gallery.Items, item =>
        {
            Assert.Equal((answers[0].Labels[item.Index], answers[1].Labels[item.Index]), (item.Answers["one"].Label, item.Answers["other"].Label));
            Assert.Equal(answers[0].Confidences[item.Index], item.Answers["one"].Confidence, 1e-5);
            Assert.Equal(split.Test.Labels[item.Index], item.Label);
            Assert.Equal(split.Test.Pixels(item.Index), item.Pixels);
        });
    }

    // Two stages that are one: all images are asked about, and the first are shown.
    [Fact]
    public void WhereNetworksNeverDifferTheFirstAreShown()
    {
        using var plan = new TinyPlan(Text.Replace("seeds: [2]", "seeds: [1]", StringComparison.Ordinal));
        var gallery = new Runner(plan["runs"]).Run(plan.NewRun("runs")).Gallery!;
        Assert.Equal(Shuffle.Order(DataSplit.From(new DataStore().Load(Datasets.Get("synthetic"))).Test.Count, 0).Take(30), gallery.Items.Select(item => item.Index));
        Assert.All(gallery.Items, item => Assert.Equal(item.Answers["one"], item.Answers["other"]));
    }

    static Answers AllOf(string path, ImageDataset test)
    {
        using var network = Networks.Open(path);
        return Answers.Of(network, test);
    }
}
