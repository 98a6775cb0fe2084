using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Limbeck.Data;
using Limbeck.Synthesis.Unrolling;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Serialization;
using Limbeck.Torch.Tensors;

namespace Limbeck.Training.Synthesizing;

/// <summary>Trains networks on the real images and keeps where they were after each epoch, a file for each network. Cazenavette et al. 2022, section 3.1.</summary>
/// <remarks>An expert is a function of the job's options and its own number: those that are there are not trained again, and one that was killed begins anew.</remarks>
public static class Experts
{
    /// <summary>Trains those that are not there yet, and opens all.</summary>
    /// <exception cref="FitException">The folder holds experts of another key, or what are none; or a teacher is asked for and there is none.</exception>
    /// <exception cref="DivergedException">A loss is not finite any more.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; the experts that were finished stay.</exception>
    public static ExpertFolder Train(ExpertJob job, CancellationToken stop = default)
    {
        Validator.ValidateObject(job.Options, new(job.Options), validateAllProperties: true);
        if (job.Options.FirstKept > job.Options.Epochs) throw new FitException($"first-kept is {job.Options.FirstKept}: expected up to the number of epochs, {job.Options.Epochs}");
        Directory.CreateDirectory(job.Folder);
        SideBySide.Run(ExpertFolder.Missing(job.Folder, job.Options.Count), job.AtOnce, (expert, stopping) => Train(job, expert, stopping), stop);
        return new ExpertFolder(job.Folder, job.Options.Count, job.Key);
    }

    static void Train(ExpertJob job, int expert, CancellationToken stop)
    {
        var (options, from) = (job.Options, job.From);
        using var scope = new Scope();
        using var initial = Source(expert);
        using var network = from.MakeNetwork(initial);
        var student = new FlatParameters(network);
        using var weights = new Parameter(student.Gather());
        using var optimizer = Optimizer.Create(options.Optimizer, [weights]);
        var loss = Loss(job);
        var loader = new Loader(from.Real, options.Batch, Augmentation.None, Shuffle.Source(options.Seed, expert).Next());
        var kept = new List<(string, Tensor)>();
        Keep(0);
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            var watch = Stopwatch.StartNew();
            using var random = Source(expert, epoch);
            var sum = Tensor.Zeros([1], device: from.Device);
            foreach (var batch in loader.Epoch(epoch))
            {
                stop.ThrowIfCancellationRequested();
                sum.AddInPlace(Step(batch, random), batch.Count);
            }

            var mean = sum.Item() / from.Real.Count;
            if (!double.IsFinite(mean)) throw new DivergedException($"the loss of expert {expert + 1} ({job.Stage}, seed {options.Seed}) is {mean} in epoch {epoch + 1}: try a smaller learning rate");
            Keep(epoch + 1);
            job.Tell?.Invoke(new ExpertEpochDone(expert + 1, options.Count, epoch + 1, options.Epochs, mean, watch.Elapsed.TotalSeconds) { Stage = job.Stage, Seed = options.Seed });
        }

        Safetensors.Save(ExpertFolder.PathOf(job.Folder, expert), kept, ExpertFolder.Notes(job.Key, network.Name));

        void Keep(int epoch)
        {
            if (epoch >= options.FirstKept) kept.Add((ExpertFolder.NameOf(epoch), weights.Value.Detach().To(Device.Cpu).Clone()));
        }

        Tensor Step(Batch rendered, Generator random)
        {
            using var inner = new Scope();
            var batch = rendered.On(from.Device);
            var imagesBCHW = job.Augment?.Invoke(batch.Count, random)(batch.Images) ?? batch.Images;
            Tensor? before = null;
            optimizer.Step([options.FlatRadius > 0 ? FlatMinimum.Slope(Slope, weights.Value, options.FlatRadius, options.FlatBalance) : Slope(weights.Value)]);
            return inner.Keep(before!);

            Tensor Slope(Tensor thetaP)
            {
                thetaP.RequiresGrad = true;
                var value = loss.Of(student.Call(thetaP, imagesBCHW), new InnerBatch(imagesBCHW, batch.Labels, null, null));
                before ??= value.Detach();
                return Grad.Of(value, [thetaP])[0];
            }
        }

        Generator Source(params ReadOnlySpan<int> place) => new(Shuffle.Source([options.Seed, .. place]).NextInt64());
    }

    static IInnerLoss Loss(ExpertJob job) => job.Options.TeacherWeight == 0 ? new LabelLoss() : new JointLoss(new(job.Options.TeacherWeight, job.Options.Temperature, TeacherPath.Detached),
        job.From.Teacher ?? throw new FitException($"teacher-weight of the experts is {job.Options.TeacherWeight}, but there is no teacher: name one, or set it to 0"));
}
