using Limbeck.Models;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Unrolling;

/// <summary>The student that is trained on synthetic images, and how: what the unrolled methods share.</summary>
sealed class InnerTraining : IDisposable
{
    readonly InnerOptions options;
    readonly Network network;
    readonly IInnerLoss loss;
    Unroll? planned;

    /// <exception cref="ArgumentException">A teacher is asked for, and there is none.</exception>
    internal InnerTraining(InnerOptions options, Ingredients from)
    {
        this.options = options;
        loss = options.TeacherWeight == 0 ? new LabelLoss() : new JointLoss(new(options.TeacherWeight, options.Temperature, options.TeacherPath),
            from.Teacher ?? throw new ArgumentException($"teacher-weight is {options.TeacherWeight}, but there is no teacher: name one, or set it to 0", nameof(from)));
        using (var random = new Generator(0)) network = from.MakeNetwork(random);
        Student = new FlatParameters(network);
    }

    /// <summary>The network as a function of its parameters.</summary>
    internal FlatParameters Student { get; }

    /// <summary>Gives a distillate the step size and the temperature.</summary>
    internal void Prepare(Distillate learned, int sizes = 1, Positivity? form = null)
    {
        if (learned.Shape != network.Input) throw new ArgumentException($"images are {learned.Shape}, {network.Name} takes {network.Input}", nameof(learned));
        if (learned.Classes != network.Classes) throw new ArgumentException($"images have {learned.Classes} classes, {network.Name} has {network.Classes}", nameof(learned));
        learned.TakeSteps([.. Enumerable.Repeat(options.StepSize, sizes)], options.LearnStepSize, form);
        if (options is { TeacherWeight: > 0, LearnTemperature: true }) learned.TakeTemperature(options.Temperature, learned: true);
    }

    /// <summary>Trains from some weights, and differentiates.</summary>
    /// <exception cref="ArgumentException">The graphs of all steps do not fit into memory.</exception>
    internal Unrolled Run(Distillate learned, Tensor startP, IReadOnlyList<InnerStep> steps, Func<Tensor, Tensor> outer, bool throughImages = false)
    {
        var inputs = UnrollInputs.Of(learned, throughImages: throughImages);
        planned ??= GraphPlan.Of(options, Student, loss, startP, inputs, steps);
        return planned.Run(startP, inputs, steps, outer);
    }

    public void Dispose() => network.Dispose();
}
