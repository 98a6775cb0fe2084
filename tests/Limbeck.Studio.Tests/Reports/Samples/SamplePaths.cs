using Limbeck.Lab.Runs;

namespace Limbeck.Studio.Tests.Reports.Samples;

/// <summary>Runs of chains, made up: a stage is named after the networks that lead to it.</summary>
internal static class SamplePaths
{
    /// <summary>All paths from 10 to 2 over 8, 6 and 4, which a beam of 2 has thinned out.</summary>
    public static RunResult Thinned { get; } = Of(
        ("10", 84.0, 83.4), ("8", 81.0, 80.6), ("6", 78.5, 78.0), ("4", 76.8, 76.9), ("2", 70.2, 70.0),
        ("10-8", 82.0, 81.4), ("10-6", 79.4, 79.1), ("10-8-6", 79.9, 79.3), ("10-4", 77.6, 77.2), ("10-8-4", 78.2, 77.6), ("10-6-4", 78.0, 77.9), ("10-8-6-4", 78.6, 78.1),
        ("10-2", 72.0, 71.8), ("10-8-2", 72.3, 71.9), ("10-6-2", 72.6, 72.6), ("10-8-6-2", 72.5, 72.7), ("10-8-4-2", 73.2, 73.1), ("10-8-6-4-2", 73.4, 73.0)) with
    {
        Skipped = [.. LeftOut("10-4-2", "10-4 is no. 4 of 4"), .. LeftOut("10-6-4-2", "10-6-4 is no. 3 of 4")],
    };

    /// <summary>Stages with the means of their validation and test accuracies over three seeds, in percent.</summary>
    public static RunResult Of(params (string Name, double Validation, double Test)[] stages) => SampleRun.Full with
    {
        Name = "takd",
        Gallery = null,
        Stages = [.. stages.Select(stage => Stage(stage.Name, stage.Validation / 100, stage.Test / 100))],
    };

    static IEnumerable<SkippedStage> LeftOut(string name, string reason) =>
        Enumerable.Range(1, 3).Select(seed => new SkippedStage(name, seed, reason) { Model = Model(name), Teachers = Teachers(name) });

    static StageResult Stage(string name, double validation, double test)
    {
        var (alone, student) = (SampleRun.Full.Stages[1], SampleRun.Full.Stages[2]);
        return (Teachers(name).Length == 0 ? alone : student) with
        {
            Name = name,
            Model = Model(name),
            Teachers = Teachers(name),
            Published = null,
            Seeds = [.. Enumerable.Range(0, 3).Select(i => Reach(student.Seeds[i], validation + ((i - 1) * 0.002), test + ((i - 1) * 0.003)))],
        };
    }

    static SeedResult Reach(SeedResult seed, double validation, double test)
    {
        var chosen = seed.Fit.Chosen;
        return seed with { Fit = seed.Fit with { Chosen = chosen with { Validation = chosen.Validation! with { Accuracy = validation }, Test = chosen.Test! with { Accuracy = test } } } };
    }

    static string Model(string name) => $"plain-cnn-{name.Split('-')[^1]}";

    static string[] Teachers(string name) => name.LastIndexOf('-') is > 0 and var last ? [name[..last]] : [];
}
