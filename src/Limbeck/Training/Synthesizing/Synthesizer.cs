using System.Diagnostics;
using Limbeck.Data;
using Limbeck.Synthesis;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Tensors;

namespace Limbeck.Training.Synthesizing;

/// <summary>The one loop of dataset distillation: every method learns its images through it.</summary>
/// <remarks>Deterministic from its seed; a run that was killed at any moment goes on from its checkpoint to the same bits (CPU, one thread).</remarks>
public sealed class Synthesizer : IDisposable
{
    readonly SynthesisJob job;
    readonly Distillate learned, good;
    readonly Distillate? average;
    readonly Dictionary<string, Optimizer> optimizers;
    readonly SynthesisProgress progress = new();
    readonly SynthesisCheckpoint? checkpoint;
    readonly Stopwatch sinceCheckpoint = Stopwatch.StartNew();
    readonly Stopwatch session = Stopwatch.StartNew();

    Synthesizer(SynthesisJob job)
    {
        (this.job, learned) = (job, job.Learned);
        Prepare();
        (good, average) = (learned.Clone(), job.Options.Average is null ? null : learned.Clone());
        optimizers = learned.Parts.Where(part => part.Value.Trainable)
            .ToDictionary(part => part.Name, part => Optimizer.Create(OptionsOf(part.Name), [part.Value]), StringComparer.Ordinal);
        checkpoint = job.Checkpoint is null ? null : new SynthesisCheckpoint(job, optimizers, good, average, progress);
    }

    /// <summary>Runs a synthesis, from its checkpoint if there is one.</summary>
    /// <exception cref="FitException">The checkpoint is of another synthesis.</exception>
    /// <exception cref="ArgumentException">The method cannot distil into these images.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; the checkpoint, if one was asked for, holds all that was done.</exception>
    public static SynthesisResult Run(SynthesisJob job, CancellationToken stop = default)
    {
        using var synthesizer = new Synthesizer(job);
        return synthesizer.Run(stop);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        good.Dispose();
        average?.Dispose();
        foreach (var optimizer in optimizers.Values) optimizer.Dispose();
    }

    SynthesisResult Run(CancellationToken stop)
    {
        checkpoint?.Restore();
        var iterations = job.Options.Iterations;
        Tell(new SynthesisStarted(job.Name, learned.Count, iterations, progress.Iteration) { Stage = job.Stage, Seed = job.Options.Seed });
        if (progress.Iteration == 0) job.Watch?.Invoke(0, learned);
        var pace = new Pace(iterations);
        string? diverged = null;
        while (progress.Iteration < iterations && diverged is null)
        {
            if (stop.IsCancellationRequested)
            {
                Save();
                stop.ThrowIfCancellationRequested();
            }

            diverged = Iterate();
            if (diverged is not null) break;
            if (pace.Step(progress.Iteration, 1)) TellIteration(pace);
            if (progress.Iteration % job.WatchEvery == 0 || progress.Iteration == iterations) job.Watch?.Invoke(progress.Iteration, learned);
            if (sinceCheckpoint.Elapsed > job.CheckpointEvery) Save();
        }

        var result = new SynthesisResult(progress.Iteration, progress.Losses, progress.Skipped, progress.Seconds + session.Elapsed.TotalSeconds)
        {
            Diverged = diverged,
            Averaged = average?.Clone(),
        };
        Tell(new SynthesisDone(result) { Stage = job.Stage, Seed = job.Options.Seed });
        return result;
    }

    void Prepare()
    {
        using var scope = new Scope();
        using var random = Source();
        job.Method.Prepare(learned, random);
    }

    // Null, or what broke.
    string? Iterate()
    {
        using var scope = new Scope();
        using var random = Source(progress.Iteration);
        var step = job.Method.Step(learned, progress.Iteration, random);
        var loss = step.Loss.Item();
        if (Broken(step, loss) is { } broken) return Back(broken);
        good.LoadState(learned.State().ToDictionary(StringComparer.Ordinal));
        if (loss > job.Options.SkipAbove) progress.Skipped++;
        else if (Update(step) is { } overflow) return Back(overflow);
        progress.Losses.Add(loss);
        return null;

        string Back(string why)
        {
            learned.LoadState(good.State().ToDictionary(StringComparer.Ordinal));
            return why;
        }
    }

    // Null, or what broke.
    string? Update(SynthesisStep step)
    {
        foreach (var (part, optimizer) in optimizers) optimizer.Step([step.Gradients.GetValueOrDefault(part)]);
        job.Method.Generate(learned);
        if (job.Options.Clamp) learned.Clamp();
        if (Diverged(learned.NotFinite().Select(part => $"after the update, {part} are not finite")) is { } overflow)
            return overflow;
        if (average is null) return null;
        using var off = Grad.Off();
        foreach (var (mean, now) in average.Parts.Zip(learned.Parts)) mean.Value.Value.LerpInPlace(now.Value.Value, 1 - job.Options.Average!.Value);
        job.Method.Generate(average);
        return null;
    }

    string? Broken(SynthesisStep step, double loss)
    {
        if (step.Gradients.Keys.Except(optimizers.Keys).FirstOrDefault() is { } unknown)
            throw new InvalidOperationException($"{job.Name} gives a gradient for '{unknown}', which is not learned here: {string.Join(", ", optimizers.Keys)}");
        return Diverged([.. double.IsFinite(loss) ? [] : (string[])[$"the loss is {loss}"],
            .. step.Gradients.Where(gradient => !double.IsFinite(gradient.Value.Norm().Item())).Select(gradient => $"the gradient of {gradient.Key} is not finite")]);
    }

    string? Diverged(IEnumerable<string> wrong) => string.Join(", ", wrong) is { Length: > 0 } what
        ? $"{job.Stage} (seed {job.Options.Seed}) diverged at iteration {progress.Iteration}: {what}. The last images whose loss was finite are kept. Try smaller rates, skip-above, or clamp."
        : null;

    OptimizerOptions OptionsOf(string part) => part switch
    {
        "images" => job.Options.ImageOptimizer,
        "label-logits" => job.Options.LabelOptimizer,
        "step-sizes" or "momenta" => job.Options.StepSizeOptimizer,
        "temperature" => job.Options.TemperatureOptimizer,
        _ when learned.Own.ContainsKey(part) => job.Options.ImageOptimizer,
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "no optimizer is set for this part"),
    };

    Generator Source(params ReadOnlySpan<int> iteration) => new(Shuffle.Source([job.Options.Seed, .. iteration]).NextInt64());

    void Save()
    {
        if (checkpoint is null) return;
        progress.Seconds += session.Elapsed.TotalSeconds;
        session.Restart();
        checkpoint.Save();
        sinceCheckpoint.Restart();
        Tell(new CheckpointSaved(job.Checkpoint!, progress.Iteration) { Stage = job.Stage, Seed = job.Options.Seed });
    }

    void TellIteration(Pace pace)
    {
        var (rate, remaining) = pace.Read(progress.Iteration);
        Tell(new IterationDone(progress.Iteration, job.Options.Iterations, progress.Losses[^1], progress.Skipped, rate, remaining)
        {
            Stage = job.Stage,
            Seed = job.Options.Seed,
            StepSize = learned.StepSizes?.Read().Average(),
        });
    }

    void Tell(TrainingEvent happened) => job.Tell?.Invoke(happened);
}
