using System.Diagnostics;
using Limbeck.Data;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Lab.Runs;

/// <summary>How fast a kind of stage that synthesises images goes here.</summary>
/// <param name="IterationSeconds">Of an update of the images.</param>
/// <param name="EpochSeconds">Of a fresh network's pass over them.</param>
/// <param name="ScoreSeconds">Of its answer to one real image.</param>
sealed record SynthesisSpeed(double IterationSeconds, double EpochSeconds, double ScoreSeconds)
{
    // The first of each warms up, and is not counted.
    const int Tried = 3;
    const int Asked = 500;

    /// <summary>Time of one seed: the images, looks at them on the way, and the evaluation.</summary>
    internal double SecondsOf(SynthesisParts parts)
    {
        var (recipe, learning) = (parts.Stage.Recipe, parts.Learning);
        var training = recipe.Evaluation.EpochsOf(learning.ImagesPerClass * parts.Data.Classes) * EpochSeconds;
        var validation = parts.Data.Validation?.Count ?? 0;
        var looks = recipe.Choose is { } choose ? (1 + (learning.Iterations / choose.Every)) * choose.Networks : 0;
        return (learning.Iterations * IterationSeconds) + (looks * (training + (validation * ScoreSeconds)))
            + (SetTrials.CountOf(recipe.Evaluation) * recipe.Evaluation.Networks * (training + ((validation + parts.Data.Test.Count) * ScoreSeconds)));
    }

    /// <summary>Measures: a few updates, and a few passes of one network.</summary>
    internal static SynthesisSpeed Measure(SynthesisParts parts)
    {
        using var learned = parts.Start();
        using var method = parts.Method();
        var (watch, at) = (Stopwatch.StartNew(), new List<double>());
        Synthesizer.Run(parts.Job(method, learned) with
        {
            Options = parts.Learning with { Iterations = Math.Min(Tried, parts.Learning.Iterations) },
            Watch = (_, _) => at.Add(watch.Elapsed.TotalSeconds),
            WatchEvery = 1,
        });
        using var set = parts.Pack(learned, 0);
        using var network = parts.Fresh(parts.Stage.Model, seed: 1);
        var few = new DataSplit(parts.Data.Train, null, parts.Data.Test.Choose(Enumerable.Range(0, Math.Min(Asked, parts.Data.Test.Count))));
        var epochs = SetEvaluation.Train(network, set, few, parts.Stage.Recipe.Evaluation with { Epochs = Tried + 1, Steps = null }, seed: 1, parts.Teacher).Epochs.Select(epoch => epoch.Seconds).ToList();
        var pass = epochs.Skip(1).SkipLast(1).Min();
        return new SynthesisSpeed(at.Skip(1).Zip(at.Skip(2), (earlier, later) => later - earlier).DefaultIfEmpty(0).Min(), pass, Math.Max(0, epochs[^1] - pass) / few.Test.Count);
    }
}
