using Limbeck.Data;
using Limbeck.Objectives;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Tensors;

namespace Limbeck.Training.Metaparameters;

/// <summary>Moves the metaparameters of a training, every few steps: by the gradient of the cross-entropy on images held out, or along the line that they went.</summary>
/// <remarks>
/// The step that the gradient goes through is one of plain descent at the training's rate, whatever its optimizer: no momentum, second moment, decay or clipping, as in DARTS. In it and after it the
/// student normalises by batches and drops units as it does in training, for running means belong to other weights. What the held-out batch of an update is, is a function of seed and step alone.
/// </remarks>
sealed class MetaLearner : IDisposable
{
    readonly FitJob job;
    readonly MetaparameterOptions options;
    readonly TermParts parts;
    readonly Observed student;
    readonly Generator random;
    readonly IReadOnlyList<Metaparameter> learned;
    readonly FlatParameters weights, numbers;
    readonly ImageDataset held;
    readonly Loader batches;

    internal MetaLearner(FitJob job, MetaparameterOptions options, TermParts parts, IEnumerable<Parameter> trained, Observed student, Generator random)
    {
        (this.job, this.options, this.parts, this.student, this.random) = (job, options, parts, student, random);
        learned = parts.Metaparameters;
        (weights, numbers) = (new FlatParameters(trained), new FlatParameters(learned.Select(meta => meta.Value)));
        held = job.Data.HeldOut!;
        batches = new Loader(held, options.Batch ?? job.Options.Batch, Augmentation.None, job.Options.Seed);
        Optimizer = Optimizer.Create(options.Optimizer, learned.Select(meta => meta.Value));
        Trajectory = new Trajectory(options.Predict);
    }

    internal Optimizer Optimizer { get; }

    internal Trajectory Trajectory { get; }

    /// <summary>Which images it learns from, as results tell it.</summary>
    internal string LearnsFrom => job.Data.Tuning is null ? "validation" : "tuning";

    /// <summary>An update, if the step is due one.</summary>
    /// <param name="step">Training steps done.</param>
    /// <param name="rate">The training's rate at this step.</param>
    /// <param name="loss">The training loss of this step's batch, computed anew; null where every weight is 0.</param>
    internal void Update(long step, double rate, Func<Tensor?> loss)
    {
        if (step % options.Every != 0) return;
        using var scope = new Scope();
        var update = step / options.Every;
        if (Trajectory.At(update) is { } predicted)
        {
            numbers.Scatter(Tensor.From<double>(predicted));
            Project();
            return;
        }

        Tensor?[] gradients = numbers.Split(Gradient(update, options.Rate ?? rate, loss));
        if (options.Clip is { } most) GradientClip.ByValue(gradients, most);
        Optimizer.Step(gradients);
        Project();
        Trajectory.Add(update, numbers.Gather().To(DType.Float64).ToArray<double>());
    }

    public void Dispose() => Optimizer.Dispose();

    Tensor Gradient(long update, double rate, Func<Tensor?> loss)
    {
        var (epoch, place) = Math.DivRem(update, batches.StepsPerEpoch);
        var batch = held.Render(batches.ViewsOf((int)epoch, (int)place), Augmentation.None).On(student.Device);
        using var untouched = new Untouched([job.Student, .. parts.Modules], random);
        var losses = new BilevelLosses(
            (weightsP, metaM) => Imagine(weightsP, metaM, () => loss() ?? 0 * weightsP.Sum()),
            (weightsP, metaM) => Imagine(weightsP, metaM, () => CrossEntropy.Of(student.Forward(batch.Images).Logits, batch.Labels)));
        var (weightsP, metaM) = (weights.Gather(), numbers.Gather());
        return options.Method switch
        {
            HyperGradientMethod.Greedy => HyperGradient.Greedy(losses, weightsP, metaM, rate),
            HyperGradientMethod.FiniteDifference => HyperGradient.FiniteDifference(losses, weightsP, metaM, rate),
            _ => HyperGradient.Implicit(losses, weightsP, metaM, rate, options.NeumannTerms),
        };

        Tensor Imagine(Tensor weightsP, Tensor metaM, Func<Tensor> value)
        {
            untouched.Redraw();
            return weights.With(weightsP, () => numbers.With(metaM, value));
        }
    }

    void Project()
    {
        foreach (var meta in learned) meta.Value.Assign(meta.Value.Value.Detach().Clamp(meta.Lowest, meta.Highest));
    }
}
