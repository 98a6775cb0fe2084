using System.ComponentModel.DataAnnotations;
using Limbeck.Models;
using Limbeck.Objectives;
using Limbeck.Synthesis.Augmentations;
using Limbeck.Torch;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Tensors;
using Limbeck.Training.Metaparameters;

namespace Limbeck.Training;

/// <summary>Finds what does not fit before the first step: options out of range, networks with other classes, taps that are not there.</summary>
static class Preflight
{
    internal static void Check(FitJob job)
    {
        InRange(job.Options);
        InRange(job.Options.Optimizer);
        InRange(job.Options.Schedule);
        if (job.Options.Metaparameters is { } meta)
        {
            InRange(meta);
            InRange(meta.Optimizer);
            if (meta.Predict is { } predict) InRange(predict);
        }

        InRange(job.Options.Augmentation);
        if (job.Options.Differentiable is { } changes) Understood(changes);
        foreach (var term in job.Terms) InRange(term.Weight);
        if (job.Terms.Count == 0) throw new FitException("there is no objective: nothing to learn");
        TeacherRules.Check(job);
        var teaching = job.Terms.Count(term => term.Objective.NeedsTeacher);
        if (job.Options.AdaptiveWeights is { } adaptive)
        {
            InRange(adaptive);
            if (teaching == 0) throw new FitException("adaptive weights are learned for objectives that read a teacher, and there is none among these: leave them out");
            if (job.Terms.FirstOrDefault(term => term.Objective is { NeedsTeacher: true, MayBeNegative: true }) is { } unbounded)
            {
                throw new FitException($"adaptive weights are learned for losses that stay above 0, and {unbounded.Name} can fall below: exp(−a) L + a has no minimum there, and its weight would run to the limit. "
                    + $"Leave adaptive weights out and give {unbounded.Name} a fixed weight");
            }
        }

        if (job.Options.Optimizer is DotOptions && (teaching == 0 || teaching == job.Terms.Count))
            throw new FitException("dot keeps a momentum for the task and one for the distillation: it needs an objective that reads no teacher, such as cross-entropy, and one that does. Otherwise use sgd");
        if (!job.Student.Parameters().Any(parameter => parameter.Trainable)) throw new FitException($"{job.Model} has no trainable parameter: everything in it is frozen");
        for (var epoch = 0; epoch < job.Options.Epochs; epoch++)
        {
            if (job.Terms.All(term => term.Weight.At(epoch + 0.5, job.Options.Epochs) == 0)) throw new FitException($"every objective has weight 0 in epoch {epoch + 1}: nothing to learn");
        }

        try
        {
            Try(job);
        }
        catch (Exception unfit) when (unfit is ArgumentException or InvalidOperationException)
        {
            throw new FitException($"{job.Stage}: {Refusal.Words(unfit)}", unfit);
        }
    }

    // Forward passes of two images in evaluation mode: they change nothing, and every mismatch shows.
    static void Try(FitJob job)
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        foreach (var term in job.Terms) FindPlaces(job, term);
        using var student = Observed.Student(job);
        using var faculty = new Faculty(job);
        using var still = new Stillness([job.Student, .. job.Teachers.Select(teacher => teacher.Network)]);
        if (job is { Student: GraftedNetwork grafted, Teachers: [{ Network: Network donor }] }) grafted.ThrowUnlessTakes(donor);
        var batch = job.Data.Train.Render(0, Math.Min(2, job.Data.Train.Count)).On(student.Device);
        var says = Answers(student, batch.Images, job, $"the student {job.Model}", job.Data.Train.Classes);
        foreach (var teacher in job.Teachers)
        {
            using var alone = new Observed(teacher.Network, []);
            Answers(alone, batch.Images, job, $"the teacher {teacher.Name}", teacher.Classes is { } known ? known.Count : job.Data.Train.Classes);
        }

        var taught = faculty.Answer(batch.Images);
        using var random = new Generator(job.Options.Seed, student.Device);
        using var parts = new TermParts(job, student, faculty, random);
        MetaparameterRules.Check(job, parts);
        foreach (var (k, term) in job.Terms.Index())
        {
            try
            {
                var loss = term.Objective.Loss(new Lesson(says, default, batch, parts[k], random) { Teachers = faculty.For(term, taught) });
                if (loss.Count != 1) throw new FitException($"{term.Name} returned {loss.Describe()}, expected one number");
                var value = loss.Item();
                if (!double.IsFinite(value))
                    throw new FitException($"{term.Name} is {value} on two images before training: look at its options (a temperature, a power, a margin), at the weights of both networks (a checkpoint with NaN in it) and at the scale of the images");
            }
            catch (Exception unfit) when (Misfit.Is(unfit))
            {
                throw Misfit.Of(job, term, unfit);
            }
        }
    }

    static void FindPlaces(FitJob job, Term term)
    {
        try
        {
            using var own = new Observed(job.Student, term.Objective.StudentTaps);
            using var taught = new Faculty(job with { Terms = [term] });
        }
        catch (ArgumentException unknown)
        {
            throw Misfit.Of(job, term, unknown);
        }
    }

    // Evaluation mode while an objective asks a network again: batch norms in training would move their running means.
    readonly ref struct Stillness : IDisposable
    {
        readonly IReadOnlyList<(Module Network, bool Training)> before;

        internal Stillness(IReadOnlyList<Module> networks)
        {
            before = [.. networks.Select(network => (network, network.Training))];
            foreach (var network in networks) network.Train(false);
        }

        public void Dispose()
        {
            foreach (var (network, training) in before) network.Train(training);
        }
    }

    // A teacher of another task has as many logits as it likes: nobody reads them.
    static Signals Answers(Observed network, Tensor images, FitJob job, string who, int expected)
    {
        try
        {
            var signals = network.Answer(images);
            return signals.Known.Dim == 2 && (expected == 0 || signals.Known.Size(1) == expected)
                ? signals
                : throw new FitException($"{who} answers with {signals.Known.Describe()}, and {job.Data.Train.Name} has {job.Data.Train.Classes} classes{(expected == job.Data.Train.Classes ? "" : $", of which it says to know {expected}")}: expected [{images.Size(0)}, {expected}]");
        }
        catch (TorchException refused)
        {
            throw new FitException($"{who} does not take images of {job.Data.Train.Shape}: {refused.Message}");
        }
    }

    static void Understood(DifferentiableAugmentation.Options options)
    {
        InRange(options);
        try
        {
            _ = new DifferentiableAugmentation(options);
        }
        catch (ArgumentException unknown)
        {
            throw new FitException(Refusal.Words(unknown), unknown);
        }
    }

    static void InRange(object options)
    {
        var wrong = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true))
            throw new FitException($"{options.GetType().Name}: {string.Join("; ", wrong.Select(result => result.ErrorMessage))}");
    }
}
