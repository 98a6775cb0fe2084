using System.Collections;
using System.Diagnostics;
using System.Globalization;
using Limbeck.Data;
using Limbeck.Torch;
using Limbeck.Training.Synthesizing;

namespace Limbeck.Lab.Runs;

/// <summary>How fast a kind of stage that synthesises images goes here.</summary>
/// <param name="IterationSeconds">Of an update of the images.</param>
/// <param name="EpochSeconds">Of a fresh network's pass over them.</param>
/// <param name="ScoreSeconds">Of its answer to one real image.</param>
/// <param name="ExpertSeconds">Of an expert's step, for each of its images, on one thread; 0 for a method without experts.</param>
sealed record SynthesisSpeed(double IterationSeconds, double EpochSeconds, double ScoreSeconds, double ExpertSeconds)
{
    // The first of each warms up, and is not counted.
    const int Tried = 3;
    const int Asked = 500;
    const int ExpertSteps = 2;

    /// <summary>Passes over the images that their own steps make; null where networks learn from them in the usual way.</summary>
    internal double? OwnPasses { get; private init; }

    /// <summary>Time of experts that are still to be trained, one on each thread.</summary>
    internal double SecondsOfExperts(SynthesisParts parts, int missing) =>
        parts.Stage.Recipe.Experts is { } planned ? ExpertSeconds * planned.Epochs * parts.Data.Train.Count * Math.Ceiling((double)missing / Engine.Threads) : 0;

    /// <summary>Time of the images of one seed, with looks at them on the way.</summary>
    internal double SecondsOfImages(SynthesisParts parts)
    {
        var looks = parts.Stage.Recipe.Choose is { } choose ? (1 + (parts.Learning.Iterations / choose.Every)) * choose.Networks : 0;
        return (parts.Learning.Iterations * IterationSeconds) + (looks * (Training(parts) + ((parts.Data.Validation?.Count ?? 0) * ScoreSeconds)));
    }

    /// <summary>Time of the evaluation of one seed.</summary>
    internal double SecondsOfEvaluation(SynthesisParts parts) =>
        parts.Stage.Recipe.Evaluation.Learners * (Training(parts) + (((parts.Data.Validation?.Count ?? 0) + parts.Data.Test.Count) * ScoreSeconds));

    double Training(SynthesisParts parts) => (OwnPasses ?? parts.Stage.Recipe.Evaluation.EpochsOf(parts.Learning.ImagesPerClass * parts.Data.Classes)) * EpochSeconds;

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
        var epochs = SetEvaluation.Train(network, set, few, parts.Stage.Recipe.Evaluation with { Epochs = Tried + 1, Steps = null, InOrder = false }, seed: 1, parts.Teacher).Epochs.Select(epoch => epoch.Seconds).ToList();
        var pass = epochs.Skip(1).SkipLast(1).Min();
        return new SynthesisSpeed(at.Skip(1).Zip(at.Skip(2), (earlier, later) => later - earlier).DefaultIfEmpty(0).Min(), pass, Math.Max(0, epochs[^1] - pass) / few.Test.Count, MeasureExpert(parts))
        {
            OwnPasses = SetEvaluation.IsInOrder(set, parts.Stage.Recipe.Evaluation) ? (double)set.Order!.Count / set.Count : null,
        };
    }

    /// <summary>All that these times depend on: of options words, counts and flags, and of real numbers whether they are 0. How great a weight or a temperature is takes no longer.</summary>
    internal static string Kind(SynthesisParts parts)
    {
        var recipe = parts.Stage.Recipe;
        object?[] all = [parts.Stage.Model, string.Join('+', parts.Stage.From.Select(teacher => teacher.Stage?.Model ?? teacher.Checkpoint)), recipe.Data.Name, parts.Data.Classes, parts.Learning with { Seed = 0, Iterations = 0 }, recipe.Method, recipe.Evaluation, recipe.Experts];
        return Said(all);

        static string Said(object? value) => value switch
        {
            null => "none",
            double number => number == 0 ? "0" : "any",
            string or Enum or IConvertible => string.Create(CultureInfo.InvariantCulture, $"{value}"),
            IEnumerable several => $"[{string.Join(' ', several.Cast<object?>().Select(Said))}]",
            _ => $"{value.GetType().Name}({string.Join(' ', value.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0).Select(property => Said(property.GetValue(value))))})",
        };
    }

    // The second epoch, for the first one warms up.
    static double MeasureExpert(SynthesisParts parts)
    {
        if (parts.Stage.Recipe.Experts is not { } planned) return 0;
        var train = parts.Data.Train.Choose(Enumerable.Range(0, Math.Min(ExpertSteps * planned.Batch, parts.Data.Train.Count)));
        var folder = Directory.CreateTempSubdirectory("limbeck-expert-");
        try
        {
            var seconds = new List<double>();
            var job = (parts with { Data = new DataSplit(train, null, parts.Data.Test) }).ExpertsIn(folder.FullName);
            Experts.Train(job with { Options = planned with { Count = 1, Epochs = 2, FirstKept = 2 }, Tell = happened => seconds.Add(((ExpertEpochDone)happened).Seconds) }).Dispose();
            return seconds[^1] / train.Count;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
