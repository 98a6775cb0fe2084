using System.Diagnostics;
using Limbeck.Data;
using Limbeck.Evaluation;
using Limbeck.Objectives;
using Limbeck.Synthesis.Augmentations;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Tensors;
using Limbeck.Training.Metaparameters;

namespace Limbeck.Training;

/// <summary>The one loop: every method trains through it.</summary>
sealed class Trainer : IDisposable
{
    readonly FitJob job;
    readonly Solitude solitude;
    readonly Loader loader;
    readonly Observed student;
    readonly Faculty faculty;
    readonly TermParts parts;
    readonly Descent descent;
    readonly MetaLearner? meta;
    readonly Schedule schedule;
    readonly DifferentiableAugmentation? differentiable;
    readonly Generator random;
    readonly (Dropout Layer, Generator? Source)[] maskSources;
    readonly Meter meter;
    readonly Progress progress = new();
    readonly StepClock clock = new();
    readonly Device device;
    readonly long steps;
    readonly Stopwatch sinceCheckpoint = Stopwatch.StartNew();
    readonly Stopwatch session = Stopwatch.StartNew();
    ChosenWeights? chosen;
    (Answers? Validation, Answers? Test) taught;

    internal Trainer(FitJob job, Solitude solitude)
    {
        (this.job, this.solitude) = (job, solitude);
        loader = new Loader(job.Data.Train, job.Options.Batch, job.Options.Augmentation, job.Options.Seed, job.Options.Prefetch);
        steps = (long)loader.StepsPerEpoch * job.Options.Epochs;
        student = Observed.Student(job);
        faculty = new Faculty(job);
        device = student.Device;
        random = new Generator(job.Options.Seed, device);
        parts = new TermParts(job, student, faculty, random);
        descent = new Descent(job, parts);
        meta = job.Options.Metaparameters is { } how ? new MetaLearner(job, how, parts, descent.Parameters, student, random) : null;
        differentiable = job.Options.Differentiable is { } changes ? new DifferentiableAugmentation(changes) : null;
        schedule = Schedule.Create(job.Options.Schedule, job.Options.Epochs, loader.StepsPerEpoch);
        maskSources = [.. job.Student.NamedModules().Select(module => module.Value).OfType<Dropout>().Select(dropout => (dropout, dropout.Random))];
        Dropout.UseIn(job.Student, random);
        foreach (var dropout in parts.Dropouts) dropout.Random = random;
        meter = new Meter(job.Terms.Count, device);
    }

    double LearningRate => job.Options.Optimizer.Lr * descent.Optimizer.LearningRateFactor;

    internal FitResult Run(CancellationToken stop)
    {
        var checkpoint = job.Checkpoint is null ? null : new Checkpoint(job, parts, descent.Optimizer, meta, random, meter, progress);
        chosen = checkpoint?.Restore();
        Tell(new StageStarted(job.Model, job.Student.ParameterCount, job.Options.Epochs, loader.StepsPerEpoch, job.Data.Train.Count, progress.Step) { Stage = job.Stage, Seed = job.Options.Seed });
        foreach (var teacher in job.Teachers) teacher.Network.Train(false);
        AskTeacher();
        faculty.Remember(stop);
        Pretrain(checkpoint, stop);
        var pace = new Pace(steps);
        while (progress.Step < steps)
        {
            var epoch = (int)(progress.Step / loader.StepsPerEpoch);
            Epoch(epoch, pace, checkpoint, stop);
            Evaluate(epoch);
            SaveIfDue(checkpoint);
        }

        progress.Seconds += session.Elapsed.TotalSeconds;
        job.Student.Train(false);
        var result = progress.Result() with { Aligned = Alignment.Of(job, parts, Ask), Links = parts.Links, Peers = ScorePeers(), TunedOn = meta?.LearnsFrom };
        if (solitude.IsUndisturbed) result = result with { PeakMemoryBytes = ProcessMemory.Peak(), StepMilliseconds = clock.Median() };
        chosen?.Restore(job.Student);
        Tell(new StageDone(result) { Stage = job.Stage, Seed = job.Options.Seed });
        return result;
    }

    // Saved at once: it may have taken as long as the student will.
    void Pretrain(Checkpoint? checkpoint, CancellationToken stop)
    {
        if (progress.Pretrained) return;
        progress.Pretrained = true;
        if (new Pretraining(job, faculty, parts, random).Run(stop)) Save(checkpoint);
    }

    void Epoch(int epoch, Pace pace, Checkpoint? checkpoint, CancellationToken stop)
    {
        job.Student.Train();
        progress.StartEpoch();
        foreach (var batch in loader.Epoch(epoch, (int)(progress.Step % loader.StepsPerEpoch)))
        {
            if (stop.IsCancellationRequested)
            {
                Save(checkpoint);
                stop.ThrowIfCancellationRequested();
            }

            descent.Optimizer.LearningRateFactor = schedule.Factor(progress.Step);
            clock.Start();
            Step(batch, (double)progress.Step / loader.StepsPerEpoch);
            clock.Stop();
            progress.Step++;
            if (pace.Step(progress.Step, batch.Count)) TellStep(epoch, pace);
            if (progress.Step % loader.StepsPerEpoch != 0) SaveIfDue(checkpoint);
        }
    }

    void Step(Batch rendered, double epoch)
    {
        using var scope = new Scope();
        var batch = Changed(rendered.On(device));
        var teaching = faculty.Teach(batch);
        meta?.Update(progress.Step, LearningRate, () => Losses(student.Forward(batch.Images)).Sum);
        var says = student.Forward(batch.Images);
        var losses = Losses(says);
        if (losses.Sum is not { } loss) return;
        descent.Step(losses);
        meter.Add(losses.Terms, loss, says.Logits, batch.Labels);

        TermLosses Losses(Signals says) => TermLosses.Of(job, parts, says, faculty, teaching, batch, random, epoch);
    }

    // What is drawn is a function of seed and step: no checkpoint need hold it.
    Batch Changed(Batch batch)
    {
        if (differentiable is null) return batch;
        using var source = new Generator(Shuffle.Source(job.Options.Seed, (int)(progress.Step >> 31), (int)progress.Step).NextInt64());
        return batch with { Images = differentiable.Draw(job.Data.Shape, source, batch.Count).Apply(batch.Images) };
    }

    Lesson Ask(Batch rendered, int term)
    {
        var batch = rendered.On(device);
        return new Lesson(student.Answer(batch.Images), default, batch, parts[term], random) { Teachers = faculty.For(job.Terms[term], faculty.Answer(batch.Images)) };
    }

    void Evaluate(int epoch)
    {
        var reading = FiniteWithWeights(epoch);
        var due = (epoch + 1) % job.Options.EvaluateEvery == 0 || epoch + 1 == job.Options.Epochs;
        var validation = due ? Score(job.Data.Validation, taught.Validation) : null;
        var test = due ? Score(job.Data.Test, taught.Test) : null;
        var terms = job.TermNames.Zip(reading.Terms).ToDictionary(term => term.First, term => term.Second, StringComparer.Ordinal);
        var record = new EpochRecord(epoch + 1, reading.Loss, terms, reading.Accuracy, validation?.Accuracy, test?.Accuracy,
            LearningRate, progress.EndEpoch()) { Metaparameters = meta is null ? null : parts.Readings };
        if (progress.Add(record, validation, test)) (chosen ??= new ChosenWeights(job.Student.State())).Take(job.Student);
        meter.Reset();
        Tell(new EpochDone(record.Epoch, record.Loss, terms, record.TrainAccuracy, validation, test, record.LearningRate, record.Seconds)
        {
            Stage = job.Stage,
            Seed = job.Options.Seed,
            Metaparameters = record.Metaparameters,
        });
    }

    PeerScore[]? ScorePeers() =>
        parts.Peers.Select(peer => new PeerScore(peer.Name, new Reading(job.Options.Epochs, Score(peer, job.Data.Validation), Score(peer, job.Data.Test)))).ToArray() is { Length: > 0 } scores ? scores : null;

    static Scores? Score(Module network, ImageDataset? data) => data is null ? null : Answers.Of(network, data).Score(data);

    Scores? Score(ImageDataset? data, Answers? teacherAnswers) => data is null ? null : Answers.Of(job.Student, data).Score(data, teacherAnswers);

    void AskTeacher()
    {
        if (job.Teachers is not [{ Classes: null, Network: var teacher }]) return;
        taught = (job.Data.Validation is null ? null : Answers.Of(teacher, job.Data.Validation), Answers.Of(teacher, job.Data.Test));
    }

    void TellStep(int epoch, Pace pace)
    {
        var reading = Finite(meter.Read(), epoch);
        var (rate, remaining) = pace.Read(progress.Step);
        Tell(new StepDone(progress.Step, steps, epoch + 1, reading.Loss, rate, remaining) { Stage = job.Stage, Seed = job.Options.Seed });
    }

    // The loss is of the weights before a step: only the weights themselves tell whether that step broke them.
    Meter.Reading FiniteWithWeights(int epoch)
    {
        var reading = meter.Read();
        using var off = Grad.Off();
        using var scope = new Scope();
        var norms = Tensor.Stack([.. descent.Parameters.Select(parameter => parameter.Value.Norm())]);
        return Finite(norms.IsFinite().All() ? reading : reading with { Loss = double.NaN }, epoch);
    }

    Meter.Reading Finite(Meter.Reading reading, int epoch)
    {
        if (double.IsFinite(reading.Loss)) return reading;
        var terms = string.Join(", ", job.TermNames.Zip(reading.Terms, (name, mean) => $"{name} = {mean}"));
        throw new DivergedException($"the loss of {job.Stage} (seed {job.Options.Seed}) is {reading.Loss} by step {progress.Step} (epoch {epoch + 1}): {terms}, at learning rate {LearningRate:G4}. "
            + "The last checkpoint before it is kept. Try a smaller learning rate, a warm-up, or clip the gradient's norm.");
    }

    // Never between an epoch's last step and its evaluation: whoever goes on from there would miss the evaluation.
    void SaveIfDue(Checkpoint? checkpoint)
    {
        if (sinceCheckpoint.Elapsed > job.CheckpointEvery) Save(checkpoint);
    }

    // A checkpoint of a diverged network would be worse than none.
    void Save(Checkpoint? checkpoint)
    {
        if (checkpoint is null) return;
        FiniteWithWeights((int)(progress.Step / loader.StepsPerEpoch));
        progress.Seconds += session.Elapsed.TotalSeconds;
        session.Restart();
        checkpoint.Save(chosen);
        sinceCheckpoint.Restart();
        Tell(new CheckpointSaved(job.Checkpoint!, progress.Step) { Stage = job.Stage, Seed = job.Options.Seed });
    }

    void Tell(TrainingEvent happened) => job.Tell?.Invoke(happened);

    public void Dispose()
    {
        foreach (var (layer, source) in maskSources) layer.Random = source;
        job.Student.Train(false);
        student.Dispose();
        faculty.Dispose();
        parts.Dispose();
        descent.Dispose();
        meta?.Dispose();
        random.Dispose();
        meter.Dispose();
        chosen?.Dispose();
    }
}
