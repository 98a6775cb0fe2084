using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis;

/// <summary>
/// Difficulty-aligned trajectory matching: starts are drawn from [T⁻, T(i)), where T(i) grows from T to T⁺ over the iterations, and soft labels are learned with the images. Guo et al. 2024, sections 3.2 and 3.3.
/// Updates of a loss above <see cref="SynthesisOptions.SkipAbove"/> are left out.
/// </summary>
/// <remarks>
/// Label logits begin as the mean of those of the experts that classify the image rightly. The published code also chooses the first images among those that are classified rightly; here they are drawn among all of their class, and
/// one that no expert gets right begins with the mean of all experts.
/// </remarks>
public sealed class Datm : ISynthesis
{
    readonly Options options;
    readonly ITrajectories experts;
    readonly TrajectoryMatching matching;

    /// <summary>Makes the method.</summary>
    /// <exception cref="ArgumentException">There are no experts, or not the ones that are needed.</exception>
    public Datm(Options options, Ingredients from)
    {
        Validator.ValidateObject(options, new(options), validateAllProperties: true);
        if (options.EarlyStart <= options.FirstStart || options.EarlyStart > options.LastStart)
            throw new ArgumentException($"early-start is {options.EarlyStart}: expected above first-start, {options.FirstStart}, and up to last-start, {options.LastStart}", nameof(options));
        this.options = options;
        matching = new TrajectoryMatching(options, from, options.FirstStart);
        experts = from.Experts!;
    }

    /// <summary>Which parts of the trajectories are matched when. Defaults: 10 images a class on CIFAR-10.</summary>
    public sealed record Options : TrajectoryOptions
    {
        /// <summary>Sets the 80 steps of the paper.</summary>
        public Options() => Steps = 80;

        /// <summary>T⁻: the earliest start. Default 0; 20 to 40 for 50 images a class and more, which gain nothing from easy patterns.</summary>
        [Range(0, 10_000)] public int FirstStart { get; init; }

        /// <summary>T: at the first iteration starts are drawn from the epochs before this one, in the end from those before <see cref="TrajectoryOptions.LastStart"/>. Default 10.</summary>
        [Range(1, 10_000)] public int EarlyStart { get; init; } = 10;

        /// <summary>The iteration at which T⁺ is reached. Default 1000.</summary>
        [Range(1, 100_000_000)] public int GrowsUntil { get; init; } = 1000;

        /// <summary>The epoch of the experts whose answers the labels begin with. Default: the last one kept.</summary>
        [Range(0, 10_000)] public int? LabelEpoch { get; init; }
    }

    /// <inheritdoc/>
    public void Prepare(Distillate learned, Generator random)
    {
        matching.Inner.Prepare(learned);
        using var scope = new Scope();
        using var off = Grad.Off();
        learned.SoftenLabels(FirstLogits(learned), learned: true);
    }

    /// <inheritdoc/>
    public SynthesisStep Step(Distillate learned, int iteration, Generator random) => matching.Step(learned, options.FirstStart, End(iteration), random);

    /// <inheritdoc/>
    public void Dispose() => matching.Dispose();

    /// <summary>T(i): starts of iteration i are drawn from the epochs before this one.</summary>
    internal int End(int iteration) => (int)Math.Min(options.LastStart, options.EarlyStart + ((long)(options.LastStart - options.EarlyStart) * iteration / options.GrowsUntil));

    Tensor FirstLogits(Distillate learned)
    {
        var labelsN1 = learned.LabelsN().Unsqueeze(1);
        var (sumNK, rightN1, sumRightNK) = (learned.Images.Value.ZerosLike().Sum([1, 2, 3]).Unsqueeze(1), labelsN1.ZerosLike(), learned.Images.Value.ZerosLike().Sum([1, 2, 3]).Unsqueeze(1));
        for (var expert = 0; expert < experts.Count; expert++)
        {
            var thetaP = experts.Snapshot(expert, options.LabelEpoch ?? experts.Epochs[^1]).To(learned.Device, learned.Images.Value.DType);
            var logitsNK = matching.Inner.Student.Call(thetaP, learned.Images);
            var isRightN1 = logitsNK.Argmax(1, keepDim: true).Eq(labelsN1);
            sumNK += logitsNK;
            sumRightNK += logitsNK * isRightN1.To(logitsNK.DType);
            rightN1 += isRightN1.To(DType.Int64);
        }

        return (rightN1 > 0).Where(sumRightNK / rightN1.Clamp(min: 1), sumNK / experts.Count);
    }
}
