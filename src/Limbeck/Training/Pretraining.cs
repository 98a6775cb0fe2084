using System.Diagnostics;
using Limbeck.Data;
using Limbeck.Objectives;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Tensors;

namespace Limbeck.Training;

/// <summary>What happens before the student's first step: parts that learn from the teacher alone do so, and are frozen from then on.</summary>
/// <remarks>It takes the training's own optimizer, schedule, batches and augmentation. Who is stopped in it begins it anew; its end is saved.</remarks>
sealed class Pretraining(FitJob job, Faculty faculty, TermParts parts, Generator random)
{
    /// <summary>Whether there was something to teach.</summary>
    internal bool Run(CancellationToken stop)
    {
        var asking = Of(job).ToList();
        foreach (var (k, objective) in asking) Run(k, objective, stop);
        return asking.Count > 0;
    }

    void Run(int term, IPretrained objective, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        Parameter[] trained = [.. objective.PretrainedParameters(parts[term]!)];
        foreach (var parameter in trained) parameter.Trainable = true;
        var loader = new Loader(job.Data.Train, job.Options.Batch, job.Options.Augmentation, job.Options.Seed, job.Options.Prefetch);
        using var optimizer = Optimizer.Create(job.Options.Optimizer is DotOptions dot ? new SgdOptions { Lr = dot.Lr, WeightDecay = dot.WeightDecay, Momentum = dot.Momentum } : job.Options.Optimizer, trained);
        var schedule = Schedule.Create(job.Options.Schedule, objective.PretrainingEpochs, loader.StepsPerEpoch);
        var step = 0L;
        for (var epoch = 0; epoch < objective.PretrainingEpochs; epoch++)
        {
            using var meter = new Meter(0, trained[0].Value.Device);
            foreach (var rendered in loader.Epoch(epoch))
            {
                stop.ThrowIfCancellationRequested();
                using var scope = new Scope();
                optimizer.LearningRateFactor = schedule.Factor(step++);
                var batch = rendered.On(trained[0].Value.Device);
                var teachers = faculty.For(job.Terms[term], faculty.Teach(batch));
                var loss = objective.PretrainingLoss(new Lesson(default, default, batch, parts[term], random) { Teachers = teachers, Epoch = epoch });
                var gradients = Grad.Of(loss, [.. trained.Select(parameter => parameter.Value)]);
                if (job.Options.Clip is { } most) GradientClip.ByNorm(gradients, most);
                optimizer.Step(gradients);
                meter.Add([], loss, logitsBC: null, batch.Labels);
            }

            var mean = meter.Read().Loss;
            if (!double.IsFinite(mean))
                throw new DivergedException($"the parts of {job.TermNames[term]} diverged while they learned from the teacher (epoch {epoch + 1} of {objective.PretrainingEpochs}, loss {mean}): try a smaller learning rate, or clip the gradient's norm");
            job.Tell?.Invoke(new PartsTaught(job.TermNames[term], epoch + 1, objective.PretrainingEpochs, mean, watch.Elapsed.TotalSeconds) { Stage = job.Stage, Seed = job.Options.Seed });
        }

        foreach (var parameter in trained) parameter.Trainable = false;
    }

    static IEnumerable<(int Term, IPretrained Objective)> Of(FitJob job) =>
        job.Terms.Index().Where(term => term.Item.Objective is IPretrained).Select(term => (term.Index, (IPretrained)term.Item.Objective));
}
