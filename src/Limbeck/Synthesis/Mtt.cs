using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis;

/// <summary>
/// Matching training trajectories: N steps on the synthetic images should lead where M epochs on the real ones led an expert, ‖θ_N − θ*_{t+M}‖² / ‖θ*_t − θ*_{t+M}‖². Cazenavette et al. 2022, section 3.2 and algorithm 1.
/// With a teacher's answer in the loss of the steps it is the joint form of Barinov, Filatov 2023. FTD (Du et al. 2023) is this with experts of a flat minimum (see <c>ExpertOptions.FlatRadius</c>) and an average of the images.
/// </summary>
/// <remarks>
/// The published code walks through the files of experts in a random order; here an expert is drawn for each iteration. Its step size may become negative, here it cannot. The 1e-5 that it takes for the rate of the step size corresponds to
/// another number here: see <see cref="PositiveNumbers"/>.
/// </remarks>
public sealed class Mtt : ISynthesis
{
    readonly Options options;
    readonly TrajectoryMatching matching;

    /// <summary>Makes the method.</summary>
    /// <exception cref="ArgumentException">There are no experts, or not the ones that are needed.</exception>
    public Mtt(Options options, Ingredients from)
    {
        Validator.ValidateObject(options, new(options), validateAllProperties: true);
        this.options = options;
        matching = new TrajectoryMatching(options, from, firstStart: 0);
    }

    /// <summary>Steps, trajectories and the loss inside.</summary>
    public sealed record Options : TrajectoryOptions;

    /// <inheritdoc/>
    public void Prepare(Distillate learned, Generator random) => matching.Inner.Prepare(learned);

    /// <inheritdoc/>
    public SynthesisStep Step(Distillate learned, int iteration, Generator random) => matching.Step(learned, 0, options.LastStart, random);

    /// <inheritdoc/>
    public void Dispose() => matching.Dispose();
}
