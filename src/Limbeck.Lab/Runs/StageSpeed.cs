using System.Diagnostics;
using Limbeck.Data;
using Limbeck.Lab.Recipes;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Tensors;
using Limbeck.Training;

namespace Limbeck.Lab.Runs;

/// <summary>How fast a kind of stage goes here.</summary>
/// <param name="SecondsPerImage">Of a training step, loading and teacher included.</param>
/// <param name="AskSeconds">Of the student's answer to one image.</param>
/// <param name="TeacherSeconds">Of the teachers' answers to one image that is not learned from, for which they are asked once; 0 without a teacher.</param>
/// <param name="RememberSeconds">Of the answers to one training image by those teachers who are asked once; the others' are in the steps.</param>
sealed record StageSpeed(double SecondsPerImage, double AskSeconds, double TeacherSeconds = 0, double RememberSeconds = 0)
{
    // An epoch here is this many steps; the first one warms up, and is not counted. With fewer, the start of an epoch, which no batch is ready for, would weigh too much.
    const int Steps = 6;
    const int MostEpochs = 400;
    const int Asked = 125;   // as many as an evaluation asks about at once
    const int Asks = 5;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    /// <summary>Time of one seed of a stage of this kind.</summary>
    internal double SecondsOf(PlannedStage stage, DataSplit data)
    {
        var asked = data.Test.Count + (data.Validation?.Count ?? 0);
        if (stage.Recipe.IsEnsemble) return asked * AskSeconds;
        var evaluations = (stage.Recipe.Epochs + stage.Recipe.EvaluateEvery - 1) / stage.Recipe.EvaluateEvery;
        return (data.Train.Count * ((stage.Recipe.Epochs * SecondsPerImage) + RememberSeconds)) + (asked * ((evaluations * AskSeconds) + TeacherSeconds));
    }

    /// <summary>Measures: trains a throw-away network for a moment, by the loop that the run will use, and lets it answer.</summary>
    internal static StageSpeed Measure(PlannedStage stage, DataShelf shelf)
    {
        var data = shelf.Open(stage.Recipe.Data);
        using var student = Networks.Create(stage, data);
        if (stage.Recipe.IsEnsemble) return new StageSpeed(0, Ask(student, data));
        using var teachers = new Teachers(stage.From.Select((parent, k) => Teacher(parent, stage, k, shelf)));
        var job = new FitJob(student, teachers.All, StageJob.Terms(stage.Recipe), data, StageJob.Options(stage) with { Epochs = MostEpochs });
        var asked = teachers.All.ToDictionary(teacher => teacher, teacher => Ask(teacher.Network, data));
        return new StageSpeed(Train(job, stage), Ask(student, data), asked.Values.Sum(), asked.Where(teacher => job.IsAskedOnce(teacher.Key)).Sum(teacher => teacher.Value));
    }

    /// <summary>A teacher of a stage: its file's network, or a fresh one in place of a network that is still to be trained.</summary>
    internal static Teacher Teacher(StageParent parent, PlannedStage student, int place, DataShelf shelf)
    {
        var images = shelf.Open(student.Recipe.Data).Train;
        var own = parent.Stage is { } made ? shelf.Open(made.Recipe.Data) : null;
        var card = own is null ? NetworkCard.Read(parent.Checkpoint!) : NetworkCard.Of(parent.Stage!, own.Train);
        var network = own is null ? Networks.Open(parent.Checkpoint!) : Networks.Create(parent.Stage!, own);
        return card.Teach(card.Shown(network, images), student, place, images);
    }

    static double Train(FitJob job, PlannedStage stage)
    {
        var data = job.Data;
        var images = Math.Min(Steps * stage.Recipe.Batch, data.Train.Count);
        var few = new DataSplit(data.Train.Choose(Enumerable.Range(0, images)), null, data.Test.Choose([0])) { Tuning = data.HeldOut };
        // So small a rate changes nothing: a recipe's own might diverge on so few images.
        var options = job.Options with { EvaluateEvery = MostEpochs, Schedule = new ConstantOptions(), Optimizer = stage.Recipe.Optimizer with { Lr = 1e-9 } };
        var seconds = new List<double>();
        using var enough = new CancellationTokenSource();
        var watch = Stopwatch.StartNew();
        try
        {
            Fit.Run(job with { Data = few, Options = options, Stage = stage.Name, Model = stage.Recipe.Model, Tell = Count }, enough.Token);
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            // It has run for long enough, which is all that it was for.
            watch.Stop();
        }

        return seconds.Skip(1).Order().ElementAt((seconds.Count - 1) / 2) / images;

        void Count(TrainingEvent happened)
        {
            if (happened is not EpochDone epoch) return;
            seconds.Add(epoch.Seconds);
            if (seconds.Count > 1 && watch.Elapsed > Patience) enough.Cancel();
        }
    }

    // Not by Answers, which scores: a teacher of some classes has no logit for the others' labels.
    static double Ask(Module network, DataSplit data)
    {
        using var off = Grad.Off();
        using var images = new Scope();
        var some = data.Test.Render(0, Math.Min(Asked, data.Test.Count));
        network.Train(false);
        return Enumerable.Range(0, Asks).Min(_ => Once()) / some.Count;

        double Once()
        {
            using var scope = new Scope();
            var watch = Stopwatch.StartNew();
            network.Call(some.Images);
            return watch.Elapsed.TotalSeconds;
        }
    }
}
