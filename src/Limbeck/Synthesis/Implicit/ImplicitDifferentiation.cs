using System.ComponentModel.DataAnnotations;
using Limbeck.Synthesis.Matching;
using Limbeck.Synthesis.Unrolling;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Optim;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Implicit;

/// <summary>
/// The gradient of a loss on real images through a training on the synthetic ones that has come to its end: dL_V/dx = −∂²L_T/∂x∂w (∂²L_T/∂w²)⁻¹ ∇_w L_V, L_T = CE(f(x; w), y) + δ/2 ‖w‖² (the implicit function theorem). The network learns on
/// between the updates of the images. Lorraine, Vicol, Duvenaud 2020 (AISTATS), algorithms 1 to 3.
/// </summary>
/// <remarks>
/// Memory is that of one step, whatever the length of the training; the gradient is right as far as the weights are at a minimum, hence the decay δ in the loss itself. A network that goes on for ever takes knowledge from the images that are gone, and the
/// last images suit it alone (Vicol et al. 2022): hence a new one after <see cref="Options.Iterations"/>. The paper's defaults for its distilled data are not told; those here are of this project. See <see cref="HyperGradient.Implicit(BilevelLosses, Tensor, Tensor, double, int)"/>
/// for what the authors' code has otherwise.
/// </remarks>
public sealed class ImplicitDifferentiation(ImplicitDifferentiation.Options options, Ingredients from) : ISynthesis
{
    readonly ClassImages real = new(from);
    readonly LabelLoss loss = new();
    Apprentice? apprentice;

    /// <inheritdoc/>
    public IReadOnlyList<(string Key, Tensor Value)> State => Ready.State;

    Apprentice Ready => apprentice ?? throw new InvalidOperationException("call Prepare before the first step: it makes the network that is trained");

    /// <inheritdoc/>
    public void Prepare(Distillate learned, Generator random)
    {
        apprentice?.Dispose();
        apprentice = new Apprentice(from, new SgdOptions { Lr = options.Rate, Momentum = options.Momentum }, random);
    }

    /// <inheritdoc/>
    public SynthesisStep Step(Distillate learned, int iteration, Generator random)
    {
        var isFirst = iteration % options.Iterations == 0;
        if (isFirst) Ready.Renew(random);
        Learn(learned, isFirst ? options.FirstUpdates : options.Updates);

        using var scope = new Scope();
        var parts = learned.Parts.Where(part => part.Value.Trainable).ToArray();
        var (weights, numbers) = (new FlatParameters(Ready.Network), new FlatParameters(parts.Select(part => part.Value)));
        var (realBCHW, labelsB) = real.DrawMixed(options.RealBatch, random);
        var losses = new BilevelLosses(
            (weightsP, metaM) => weights.With(weightsP, () => numbers.With(metaM, () => Training(learned))),
            (weightsP, _) => weights.With(weightsP, () => Validation(realBCHW, labelsB)));
        var found = numbers.Split(HyperGradient.Implicit(losses, weights.Gather(), numbers.Gather(), Solve));
        using var off = Grad.Off();
        var step = new SynthesisStep(Validation(realBCHW, labelsB), parts.Zip(found).ToDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal));
        scope.Keep([step.Loss, .. step.Gradients.Values]);
        return step;
    }

    /// <inheritdoc/>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state) => Ready.LoadState(state);

    /// <inheritdoc/>
    public void Dispose() => apprentice?.Dispose();

    Tensor Solve(Func<Tensor, Tensor> product, Tensor vectorP) => options.Inverse == InverseMethod.Neumann
        ? InverseProduct.Neumann(product, vectorP, options.SeriesRate ?? options.Rate, options.Terms)
        : InverseProduct.ConjugateGradients(product, vectorP, options.Terms, options.Damping);

    void Learn(Distillate learned, int updates)
    {
        for (var update = 0; update < updates; update++) Ready.Update(() => Training(learned));
    }

    // L_T, of whatever stands for the weights and the images now.
    Tensor Training(Distillate learned)
    {
        var network = Ready.Network;
        network.Train();
        var value = loss.Of(network.Call(learned.Images), new InnerBatch(learned.Images, learned.LabelsN(), learned.LabelLogits?.Value, Temperature: null));
        return options.Decay == 0 ? value : value + (options.Decay / 2 * network.Parameters().Select(parameter => parameter.Value.Square().Sum()).Aggregate((sum, next) => sum + next));
    }

    Tensor Validation(Tensor imagesBCHW, Tensor labelsB)
    {
        Ready.Network.Train(false);
        return Functional.CrossEntropy(Ready.Network.Call(imagesBCHW), labelsB);
    }

    /// <param name="Inverse">How the inverse Hessian is multiplied. Default: the series, as in the paper.</param>
    /// <param name="Terms">Terms of the series after the first, or steps of conjugate gradients, in [0, 10000]. Default 20.</param>
    /// <param name="SeriesRate">γ of the series, in [1e-9, 100]; below 2 over the Hessian's largest eigenvalue. Null: the network's learning rate.</param>
    /// <param name="Damping">Added to the Hessian's diagonal for conjugate gradients, in [0, 1000]. Default 0.01.</param>
    /// <param name="Decay">δ, in [0, 100]. Default 0.001.</param>
    /// <param name="Rate">Learning rate of the network, in [1e-9, 100]. Default 0.01.</param>
    /// <param name="Momentum">Of the network's updates, in [0, 0.999999]. Default 0.9.</param>
    /// <param name="FirstUpdates">Updates of a new network before the images first change with it, in [0, 1000000]. Default 500.</param>
    /// <param name="Updates">Updates of the network between two of the images, in [0, 1000000]. Default 10.</param>
    /// <param name="Iterations">Updates of the images with one network, in [1, 100000000]. Default 50.</param>
    /// <param name="RealBatch">Real images of L_V, in [1, 65536]. Default 1024.</param>
    public sealed record Options(InverseMethod Inverse = InverseMethod.Neumann, [property: Range(0, 10_000)] int Terms = 20, [property: Range(1e-9, 100)] double? SeriesRate = null,
        [property: Range(0.0, 1000)] double Damping = 0.01, [property: Range(0.0, 100)] double Decay = 0.001, [property: Range(1e-9, 100)] double Rate = 0.01, [property: Range(0.0, 0.999999)] double Momentum = 0.9,
        [property: Range(0, 1_000_000)] int FirstUpdates = 500, [property: Range(0, 1_000_000)] int Updates = 10, [property: Range(1, 100_000_000)] int Iterations = 50, [property: Range(1, 65536)] int RealBatch = 1024);
}
