using System.Text.Json.Nodes;
using Limbeck.Lab.Search;

namespace Limbeck.Lab.Tests.Search;

public sealed class JournalTests : IDisposable
{
    static readonly Parameter[] Space = [new("weight", new Interval(0.05, 1, 0.05)), new("rate", new Interval(1e-4, 1, IsLog: true)), new("T", new Choices([1, 2.5, "auto", true]))];

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("limbeck-journal-");

    string Path => System.IO.Path.Combine(folder.FullName, "search.journal");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void WhatIsWrittenIsRead()
    {
        List<Trial> written;
        using (var journal = new Journal(Path)) written = [.. Run(journal.Open("one", Space), 12).Trials, .. Run(journal.Open("two", Space[..1]), 3).Trials];
        using var again = new Journal(Path);
        List<Trial> read = [.. again.Open("one", Space).Trials, .. again.Open("two", Space[..1]).Trials];
        Assert.Equal(15, read.Count);
        Assert.All(written.Zip(read), pair =>
        {
            Assert.Equal((pair.First.Number, pair.First.State, pair.First.Value), (pair.Second.Number, pair.Second.State, pair.Second.Value));
            Assert.Equal(pair.First.Values, pair.Second.Values);
            Assert.Equal(pair.First.Reports, pair.Second.Reports);
        });
    }

    /// <summary>Names, numbers and texts as Optuna 4 writes them, which <c>JournalStorage</c> reads.</summary>
    [Fact]
    public void ItsLinesAreOptunas()
    {
        using (var journal = new Journal(Path))
        {
            var study = journal.Open("student", Space);
            study.Report(study.Next(new RandomSampler(1)).Number, 3, 0.25);
            study.End(0, TrialState.Complete, 0.5);
            study.End(study.Next(new RandomSampler(1)).Number, TrialState.Pruned);
        }

        var lines = File.ReadAllLines(Path).Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        Assert.Equal([0, 4, 5, 5, 5, 7, 6, 4, 5, 5, 5, 6], lines.Select(line => (int)line["op_code"]!));
        Assert.All(lines, line => Assert.StartsWith("limbeck-", (string)line["worker_id"]!, StringComparison.Ordinal));
        Assert.Equal(("student", 2), ((string)lines[0]["study_name"]!, (int)lines[0]["directions"]![0]!));
        Assert.Equal(0, (int)lines[1]["study_id"]!);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$", (string)lines[1]["datetime_start"]!);
        Assert.Equal(["weight", "rate", "T"], lines[2..5].Select(line => (string)line["param_name"]!));
        Assert.Equal(
            [
                """{"name":"FloatDistribution","attributes":{"step":0.05,"low":0.05,"high":1,"log":false}}""",
                """{"name":"FloatDistribution","attributes":{"step":null,"low":0.0001,"high":1,"log":true}}""",
                """{"name":"CategoricalDistribution","attributes":{"choices":[1,2.5,"auto",true]}}""",
            ],
            lines[2..5].Select(line => (string)line["distribution"]!));
        Assert.Equal((0, 3, 0.25), ((int)lines[5]["trial_id"]!, (int)lines[5]["step"]!, (double)lines[5]["intermediate_value"]!));
        Assert.Equal((0, 1, 0.5), ((int)lines[6]["trial_id"]!, (int)lines[6]["state"]!, (double)lines[6]["values"]![0]!));
        Assert.Equal((1, 2), ((int)lines[11]["trial_id"]!, (int)lines[11]["state"]!));
        Assert.Null(lines[11]["values"]);
        Assert.NotNull(lines[11]["datetime_complete"]);
    }

    /// <summary>Killed at any byte of the journal, it goes on to the same trials.</summary>
    [Fact]
    public void ASearchThatWasKilledGoesOnAsIfNothingHadHappened()
    {
        List<string> undisturbed;
        using (var journal = new Journal(Path)) undisturbed = Lines(Run(journal.Open("one", Space), 14));
        var whole = File.ReadAllBytes(Path);
        foreach (var length in Enumerable.Range(0, whole.Length).Where(length => length % 97 == 0 || length > whole.Length - 40))
        {
            File.WriteAllBytes(Path, whole[..length]);
            using var journal = new Journal(Path);
            Assert.Equal(undisturbed, Lines(Run(journal.Open("one", Space), 14)));
        }
    }

    [Fact]
    public void AHalfWrittenLineIsCutOff()
    {
        using (var journal = new Journal(Path)) Run(journal.Open("one", Space), 2);
        var whole = File.ReadAllText(Path);
        File.AppendAllText(Path, "{\"op_code\":4,\"stu");
        using (var journal = new Journal(Path)) Assert.Equal(2, journal.Open("one", Space).Trials.Count);
        Assert.Equal(whole, File.ReadAllText(Path));
    }

    [Fact]
    public void AJournalOfAnotherSearchIsRefused()
    {
        using (var journal = new Journal(Path)) Run(journal.Open("one", Space), 2);
        using var again = new Journal(Path);
        var error = Assert.Throws<InvalidDataException>(() => again.Open("one", [new("weight", new Interval(2, 3)), .. Space[1..]]));
        Assert.Contains("trial 0 of 'one' has weight = ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello", "line 1")]
    [InlineData("[]", "line 1")]
    [InlineData("{\"op_code\":1,\"study_id\":0}", "op_code 1")]
    [InlineData("{\"op_code\":4,\"study_id\":0}", "line 1")]
    public void ALineThatIsNoneIsNamed(string line, string expected)
    {
        File.WriteAllText(Path, line + "\n");
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => new Journal(Path)).Message, StringComparison.Ordinal);
    }

    // A made-up objective and pruning rule: it reports, prunes, fails and completes.
    static Study Run(Study study, int trials)
    {
        var sampler = new TpeSampler(5, new() { Startup = 4 });
        while (study.Trials.Count(trial => trial.State != TrialState.Running) < trials)
        {
            var trial = study.Next(sampler);
            var value = 1 - Math.Abs(trial.Values["weight"] - 0.3);
            if (!trial.Reports.ContainsKey(2)) study.Report(trial.Number, 2, value / 2);
            if (trial.Number % 5 == 4) study.End(trial.Number, TrialState.Failed);
            else if (value < 0.5) study.End(trial.Number, TrialState.Pruned);
            else study.End(trial.Number, TrialState.Complete, value);
        }

        return study;
    }

    static List<string> Lines(Study study) => [.. study.Trials.Select(trial => $"{trial.Number} {trial.State} {trial.Value} {string.Join(' ', trial.Values)} {string.Join(' ', trial.Reports)}")];
}
