using System.Diagnostics;
using System.Globalization;
using Limbeck.Data;
using Limbeck.Data.Distilled;
using Limbeck.Evaluation;
using Limbeck.Models;
using Limbeck.Synthesis.Unrolling;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Training.Synthesizing;

/// <summary>
/// A training by exactly the steps that a set was made for: v ← μ_i v + ∇ℓ(f(x_i; θ), y_i); θ ← θ − α_i v, x_i the images of step i, α_i its step size and μ_i its momentum (0 where the set has none). Wang et al. 2018, algorithm 1, lines 5 to 7.
/// </summary>
/// <remarks>The same steps as those that the images were learned through: no momentum but theirs, neither decay nor augmentation.</remarks>
static class OrderedSteps
{
    const string Term = "cross-entropy";

    internal static FitResult Run(Network network, DistilledSet set, DataSplit real, SetEvaluation.Options options, int seed, Teacher? teacher, Action<TrainingEvent>? tell, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var stage = $"{network.Name} on {set.Card.Method} of {set.Card.Dataset}";
        tell?.Invoke(new StageStarted(network.Name, network.ParameterCount, Epochs: 1, set.StepSizes.Count, set.Count, FirstStep: 0) { Stage = stage, Seed = seed });
        var (loss, accuracy) = Learn(network, set, options, seed, teacher, stop);
        if (!double.IsFinite(loss)) throw new DivergedException(string.Create(CultureInfo.InvariantCulture, $"{stage} (seed {seed}): the mean loss of the set's {set.StepSizes.Count} own steps is {loss}. Try an ordinary training: in-order: false"));
        network.Train(false);
        var last = new Reading(1, real.Validation is null ? null : Score(real.Validation), Score(real.Test));
        var epoch = new EpochRecord(1, loss, new Dictionary<string, double>(StringComparer.Ordinal) { [Term] = loss }, accuracy, last.Validation?.Accuracy, last.Test!.Accuracy, set.StepSizes[^1], watch.Elapsed.TotalSeconds);
        tell?.Invoke(new EpochDone(1, loss, epoch.Terms, accuracy, last.Validation, last.Test, epoch.LearningRate, epoch.Seconds) { Stage = stage, Seed = seed });
        var result = new FitResult(last, last, last, [epoch], epoch.Seconds, PeakMemoryBytes: null);
        tell?.Invoke(new StageDone(result) { Stage = stage, Seed = seed });
        return result;

        Scores Score(ImageDataset images) => Answers.Of(network, images).Score(images);
    }

    // Mean loss and share of right answers over the steps, each before its update.
    static (double Loss, double Accuracy) Learn(Network network, DistilledSet set, SetEvaluation.Options options, int seed, Teacher? teacher, CancellationToken stop)
    {
        using var scope = new Scope();
        using var random = new Generator(seed);
        Parameter[] weights = [.. network.Parameters()];
        var device = weights[0].Value.Device;
        var (imagesNCHW, orderSB) = (set.Images.To(device), set.Order!.To(device));
        var labelsN = Tensor.From<long>([.. set.Classes().Select(label => (long)label)]).To(device);
        var logitsNK = set.HasSoftLabels && !options.HardLabels ? set.Labels.To(device) : null;
        IInnerLoss loss = options.TeacherWeight > 0 && teacher is not null ? new JointLoss(new(options.TeacherWeight, options.Temperature, TeacherPath.Detached), teacher.Network) : new LabelLoss();
        Dropout.UseIn(network, random);
        network.Train();
        var (losses, rights) = (new List<Tensor>(), new List<Tensor>());
        Tensor[] velocities = [.. weights.Select(weight => weight.Value.Detach().ZerosLike())];
        for (var step = 0; step < set.StepSizes.Count; step++)
        {
            stop.ThrowIfCancellationRequested();
            using var one = new Scope();
            var rowsB = orderSB.Select(0, step);
            var batch = new InnerBatch(imagesNCHW.IndexSelect(0, rowsB), labelsN.IndexSelect(0, rowsB), logitsNK?.IndexSelect(0, rowsB), Temperature: null);
            var logitsBK = network.Call(batch.ImagesBCHW);
            var value = loss.Of(logitsBK, batch);
            losses.Add(one.Keep(value.Detach()));
            rights.Add(one.Keep(logitsBK.Detach().Argmax(1).Eq(batch.LabelsB).To(DType.Float64).Mean()));
            var slopes = Grad.Of(value, [.. weights.Select(weight => weight.Value)]);
            using var off = Grad.Off();
            Foreach.MulInPlace(velocities, set.Momenta.Count > 0 ? set.Momenta[step] : 0);
            Foreach.AddInPlace(velocities, slopes);
            Foreach.AddInPlace([.. weights.Select(weight => weight.Value)], velocities, -set.StepSizes[step]);
        }

        return (Tensor.Stack([.. losses]).Mean().Item(), Tensor.Stack([.. rights]).Mean().Item());
    }
}
