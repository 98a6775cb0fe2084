using System.ComponentModel.DataAnnotations;
using Limbeck.Torch;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Unrolling;

/// <summary>
/// N steps of gradient descent of a student on synthetic images, θ_{i+1} = θ_i − α_i v_i with v_i = μ_i v_{i−1} + g_i and g_i = ∇_θ ℓ(f(A_i(x); θ_i), y), and the gradient of an outer loss L(θ_N) for images, label logits, step sizes, momenta and
/// temperature. Without momenta v_i = g_i.
/// </summary>
/// <remarks>
/// The adjoint sweep runs the steps without a graph and keeps θ_0 … θ_N. Back from λ = dL/dθ_N, it builds the graph of g_i again and asks in one call for the products of ω_i = dL/dv_i = −α_i λ + μ_{i+1} ω_{i+1} with the derivatives of g_i
/// by θ_i, by the images and by the rest: the first is added to λ, the others to the gradients; dL/dα_i = −λ·v_i and dL/dμ_i = ω_i·v_{i−1}. It is exact, and holds the graph of one step beside N + 1 parameter vectors, with momenta N more.
/// <see cref="Options.KeptGraphs"/> of the last steps need not be built again. What a step draws must be recorded in its <see cref="InnerStep"/>: a student with dropout would draw anew, and one with running statistics would update them twice.
/// </remarks>
/// <param name="student">The network as a function of its parameters.</param>
/// <param name="loss">ℓ.</param>
/// <param name="options">The way of the gradient.</param>
public sealed class Unroll(FlatParameters student, IInnerLoss loss, Unroll.Options options)
{
    // P parameters, S step sizes or momenta: 1, or as many as steps.

    /// <summary>The way of the gradient.</summary>
    /// <param name="Method">Default: the adjoint sweep, exact in the memory of one step.</param>
    /// <param name="KeptGraphs">Of how many last steps the adjoint sweep keeps the graph, in [0, 100000]. Default 0. Each costs the memory of a step and saves the time to build it again, up to a fifth of all.</param>
    public sealed record Options(GradientMethod Method = GradientMethod.Adjoint, [Range(0, 100_000)] int KeptGraphs = 0);

    /// <summary>Trains from some weights, and differentiates what came of it.</summary>
    /// <param name="startP">θ_0.</param>
    /// <param name="inputs">What the training depends on.</param>
    /// <param name="steps">What was drawn for each step.</param>
    /// <param name="outer">L, a single element, from θ_N.</param>
    /// <exception cref="ArgumentException">There are neither one step size (or momentum) nor as many as steps.</exception>
    public Unrolled Run(Tensor startP, UnrollInputs inputs, IReadOnlyList<InnerStep> steps, Func<Tensor, Tensor> outer)
    {
        inputs.ThrowUnlessFor(steps.Count);
        using var scope = new Scope();
        using var on = Grad.On();
        var result = options.Method == GradientMethod.FullUnroll ? AtOnce(startP, inputs, steps, outer) : BackStepByStep(startP, inputs, steps, outer);
        foreach (var kept in new[] { result.Loss, result.ThetaP, result.InnerLosses, result.Images, result.LabelLogits, result.StepSizes, result.Temperature, result.Momenta }.OfType<Tensor>()) scope.Keep(kept);
        return result;
    }

    /// <summary>Bytes that the graph of one step holds until it is walked back: measured, by building it once.</summary>
    public long GraphBytes(Tensor startP, UnrollInputs inputs, InnerStep step)
    {
        using var scope = new Scope();
        using var on = Grad.On();
        var thetaP = Leaf(startP);
        using var meter = new MemoryMeter();
        using (var inner = new Scope()) inner.Keep(Slope(thetaP, inputs, step, createGraph: true).Slope);
        return meter.Held;
    }

    Unrolled AtOnce(Tensor startP, UnrollInputs inputs, IReadOnlyList<InnerStep> steps, Func<Tensor, Tensor> outer)
    {
        var losses = new List<Tensor>();
        var thetaP = Leaf(startP);
        Tensor? velocityP = null;
        for (var i = 0; i < steps.Count; i++)
        {
            using var scope = new Scope();
            var (value, slopeP) = Slope(thetaP, inputs, steps[i], createGraph: true);
            losses.Add(scope.Keep(value));
            velocityP = scope.Keep(Velocity(inputs.Momentum(i), velocityP, slopeP));
            thetaP = scope.Keep(thetaP - (inputs.StepSize(i) * velocityP));
        }

        var found = outer(thetaP);
        Tensor[] leaves = [.. inputs.Leaves, .. inputs.Rates];
        return Result(inputs, found.Detach(), thetaP.Detach(), losses, leaves, [.. Grad.OfUsed([found], leaves)]);
    }

    Unrolled BackStepByStep(Tensor startP, UnrollInputs inputs, IReadOnlyList<InnerStep> steps, Func<Tensor, Tensor> outer)
    {
        var (losses, path, velocities, graphs) = (new List<Tensor>(), new List<Tensor> { Leaf(startP) }, new Tensor?[steps.Count], new Tensor?[steps.Count]);
        var given = inputs.Detached();
        for (var i = 0; i < steps.Count; i++)
        {
            using var scope = new Scope();
            var keep = steps.Count - i <= options.KeptGraphs;
            var (value, slopeP) = Slope(path[i], keep ? inputs : given, steps[i], keep);
            if (keep) graphs[i] = scope.Keep(slopeP);
            losses.Add(scope.Keep(value));
            var velocityP = Velocity(given.Momentum(i), i == 0 ? null : velocities[i - 1], slopeP.Detach());
            if (given.MomentaS is not null) velocities[i] = scope.Keep(velocityP);
            path.Add(scope.Keep(Leaf(path[i] - (given.StepSize(i) * velocityP))));
        }

        var found = outer(path[^1]);
        var lambdaP = Grad.Of(found, [path[^1]])[0];
        var leaves = inputs.Leaves;
        var (sums, forSteps, forMomenta) = (new Tensor?[leaves.Length], new Tensor[steps.Count], new Tensor[steps.Count]);
        Tensor? omegaP = null;
        for (var i = steps.Count - 1; i >= 0; i--)
        {
            using var scope = new Scope();
            var slopeP = graphs[i] ?? Slope(path[i], inputs, steps[i], createGraph: true).Slope;
            forSteps[i] = scope.Keep(-(lambdaP * (velocities[i] ?? slopeP.Detach())).Sum());
            var pullP = lambdaP * -given.StepSize(i);
            if (given.MomentaS is not null)
            {
                omegaP = omegaP is null ? scope.Keep(pullP) : Replace(omegaP, scope.Keep(pullP + (given.Momentum(i + 1)! * omegaP)));
                forMomenta[i] = scope.Keep(i == 0 ? Tensor.Zeros([], pullP.DType, pullP.Device) : (omegaP * velocities[i - 1]!).Sum());
            }

            var pulled = Grad.OfUsed([slopeP], [path[i], .. leaves], [omegaP ?? pullP]);
            if (options.Method == GradientMethod.Adjoint && pulled[0] is { } pulledP) lambdaP = Replace(lambdaP, scope.Keep(lambdaP + pulledP));
            for (var k = 0; k < leaves.Length; k++)
            {
                if (pulled[k + 1] is { } part) sums[k] = sums[k] is { } sum ? Replace(sum, scope.Keep(sum + part)) : scope.Keep(part);
            }

            graphs[i]?.Dispose();
        }

        var rates = inputs.Rates.Select(rate => Together(rate, ReferenceEquals(rate, inputs.StepSizesS) ? forSteps : forMomenta));
        return Result(inputs, found.Detach(), path[^1].Detach(), losses, [.. leaves, .. inputs.Rates], [.. sums, .. rates]);
    }

    // ℓ and g_i.
    (Tensor Loss, Tensor Slope) Slope(Tensor thetaP, UnrollInputs inputs, InnerStep step, bool createGraph)
    {
        var imagesBCHW = step.RowsB is { } rows ? inputs.ImagesNCHW.IndexSelect(0, rows) : inputs.ImagesNCHW;
        if (step.Augment is { } augment) imagesBCHW = augment(imagesBCHW);
        var batch = new InnerBatch(imagesBCHW, Rows(inputs.LabelsN)!, Rows(inputs.LabelLogitsNK), inputs.Temperature);
        var value = loss.Of(student.Call(thetaP, imagesBCHW), batch);
        return (value.Detach(), Grad.Of(value, [thetaP], createGraph)[0]);

        Tensor? Rows(Tensor? allN) => step.RowsB is { } rows ? allN?.IndexSelect(0, rows) : allN;
    }

    // v: at the first step, and without momentum, the gradient itself.
    static Tensor Velocity(Tensor? momentum, Tensor? beforeP, Tensor slopeP) => momentum is null || beforeP is null ? slopeP : (momentum * beforeP) + slopeP;

    static Tensor Together(Tensor rateS, Tensor[] each)
    {
        if (each.Length == 0) return rateS.Detach().ZerosLike();
        var eachN = Tensor.Stack(each);
        return rateS.Count == 1 ? eachN.Sum().Reshape(1) : eachN;
    }

    static Unrolled Result(UnrollInputs inputs, Tensor found, Tensor thetaP, List<Tensor> losses, Tensor[] leaves, Tensor?[] gradients)
    {
        return new Unrolled(found, thetaP, losses.Count == 0 ? Tensor.Zeros([0]) : Tensor.Stack([.. losses]),
            Of(inputs.ImagesNCHW), Of(inputs.LabelLogitsNK), Of(inputs.StepSizesS), Of(inputs.Temperature), Of(inputs.MomentaS));

        // What took no part has gradient 0.
        Tensor? Of(Tensor? input) => input is not null && Array.IndexOf(leaves, input) is >= 0 and var at ? gradients[at] ?? input.Detach().ZerosLike() : null;
    }

    static Tensor Leaf(Tensor values)
    {
        var leaf = values.Detach();
        leaf.RequiresGrad = true;
        return leaf;
    }

    static Tensor Replace(Tensor old, Tensor next)
    {
        old.Dispose();
        return next;
    }
}
