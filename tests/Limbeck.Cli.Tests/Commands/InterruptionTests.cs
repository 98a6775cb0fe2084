using System.Text.Json.Nodes;

namespace Limbeck.Cli.Tests.Commands;

/// <summary>A run that is stopped, at any moment and by any means, comes to the same numbers to the last bit.</summary>
public sealed class InterruptionTests(InterruptionTests.Undisturbed undisturbed) : IClassFixture<InterruptionTests.Undisturbed>
{
    // Nothing of these says what a run came to.
    static readonly HashSet<string> Incidental = ["seconds", "started", "machine", "latencyMs", "stepMilliseconds", "peakMemoryBytes", "reused", "jobs"];

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("USR1", 75)]
    [InlineData("USR1", 75, "--jobs", "2")]
    public void ASignalSavesACheckpointAndResumingGivesTheSameBits(string signal, int code, params string[] more)
    {
        using var folder = new TempFolder();
        using var child = Start(folder, more);
        child.WaitFor("epoch 1/");
        child.Signal(signal);
        var ended = child.End().With(code);
        var run = Directory.GetDirectories(folder["runs"], "tiny-*").Single();
        Assert.Contains("Go on with: limbeck resume", ended.Error, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(folder["runs", ".stages"], "checkpoint.safetensors", SearchOption.AllDirectories));

        var resumed = Child.Run(["resume", run]).With(0);
        Assert.Contains("going on after step", resumed.Error, StringComparison.Ordinal);
        AssertSame(run);
    }

    // As timeout(1) does it: to the process, and to the group that it is in.
    [Fact]
    public void ASignalThatComesTwiceIsOneWish()
    {
        using var folder = new TempFolder();
        using var child = Start(folder);
        child.WaitFor("epoch 1/");
        child.Signal("TERM");
        child.Signal("TERM");
        Assert.Contains("Go on with: limbeck resume", child.End().With(143).Error, StringComparison.Ordinal);
    }

    // With two jobs both seeds of a stage run at once; the stages have a thread each, as in the undisturbed run.
    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public void KilledAtRandomMomentsItGivesTheSameBits(string jobs)
    {
        using var folder = new TempFolder();
        var random = new Random(20260731);
        using (var child = Start(folder, "--checkpoint-every", "0", "--jobs", jobs))
        {
            child.WaitFor("Writing to");
            Thread.Sleep(random.Next(200, 1500));
            child.Signal("KILL");
            child.End();
        }

        var run = Directory.GetDirectories(folder["runs"], "tiny-*").Single();
        for (var kills = 1; kills < 3; kills++)
        {
            using var child = Child.Start(["resume", run, "--checkpoint-every", "0"]);
            child.WaitFor("seed");
            Thread.Sleep(random.Next(50, 1200));
            child.Signal("KILL");
            child.End();
        }

        Child.Run(["resume", run]).With(0);
        AssertSame(run);
    }

    [Fact]
    public void QuietMeansQuietAlsoWhenStopped()
    {
        using var folder = new TempFolder();
        using var child = Start(folder, "--quiet");
        while (!File.Exists(folder["runs", ".stages"]) && !Directory.Exists(folder["runs", ".stages"])) Thread.Sleep(5);
        child.Signal("INT");
        var ended = child.End().With(130);
        Assert.Empty(ended.Out + ended.Error);
    }

    static Child Start(TempFolder folder, params string[] more) => Child.Start(["run", folder.Write("tiny.yaml", TinyRecipe.Text), "--runs", folder["runs"], .. more]);

    void AssertSame(string run)
    {
        foreach (var network in Directory.GetFiles(Path.Combine(undisturbed.Run, "networks")))
            Assert.Equal(File.ReadAllBytes(network), File.ReadAllBytes(Path.Combine(run, "networks", Path.GetFileName(network))));
        Assert.Equal(Result(undisturbed.Run), Result(run));
    }

    static string Result(string run)
    {
        var result = JsonNode.Parse(File.ReadAllText(Path.Combine(run, "result.json")))!;
        Strip(result);
        return result.ToJsonString();
    }

    static void Strip(JsonNode? node)
    {
        if (node is JsonObject map)
        {
            foreach (var key in map.Select(entry => entry.Key).Where(Incidental.Contains).ToList()) map.Remove(key);
            foreach (var (_, value) in map) Strip(value);
        }
        else if (node is JsonArray list)
        {
            foreach (var item in list) Strip(item);
        }
    }

    /// <summary>The run that nothing disturbs.</summary>
    public sealed class Undisturbed : IDisposable
    {
        readonly TempFolder folder = new();

        public Undisturbed()
        {
            using var child = Start(folder);
            child.End().With(0);
            Run = Directory.GetDirectories(folder["runs"], "tiny-*").Single();
        }

        /// <summary>Its folder.</summary>
        public string Run { get; }

        public void Dispose() => folder.Dispose();
    }
}
