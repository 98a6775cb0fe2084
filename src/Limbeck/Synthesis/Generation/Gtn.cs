using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Generation;

/// <summary>
/// Generative teaching network: images x = G_φ(z, y) of a generator, whose weights φ and noise z are learned so that after ordered steps on them a random network has a low cross-entropy on real images. z is a vector for each place in each step, the
/// curriculum. Such, Rawal, Lehman, Stanley, Clune 2020 (ICML), section 3.
/// </summary>
/// <remarks>
/// The gradient of the images comes from the unrolled steps, as in <see cref="Dd"/>, and goes on through the generator. The images of all steps are made at once, so that batch norm sees them together; the original makes those of a step. Each step
/// has a learned step size and a learned momentum; the published code learns the momentum's logarithm, which lets it pass 1. Its learners are weight-normalised, with a batch norm of means alone: <c>convnet-d2-w64-weight</c> has the first, none
/// here has the second. The published MNIST experiment also asks for the loss after every step: here that after the last one counts.
/// </remarks>
public sealed class Gtn : ISynthesis
{
    const string Weights = "generator";
    const string Curriculum = "curriculum";

    readonly Options options;
    readonly OrderedTraining training;
    readonly ImageGenerator generator;
    readonly FlatParameters flat;

    /// <summary>Makes the method.</summary>
    public Gtn(Options options, Ingredients from)
    {
        training = new OrderedTraining(options, from);
        this.options = options;
        using var random = new Generator(0);
        generator = new ImageGenerator(options.Noise + from.Real.Classes, from.Real.Shape, options.Hidden, options.Maps, random);
        flat = new FlatParameters(generator);
    }

    /// <summary>Steps, networks and the generator.</summary>
    public sealed record Options : OrderedOptions
    {
        /// <summary>Sets what the published MNIST experiment has (its file cgtn.json): a first step size of 0.02, a first momentum of 0.5, 128 real images.</summary>
        public Options() => (StepSize, Momentum, RealBatch) = (0.02, 0.5, 128);

        /// <summary>Numbers of noise for each image. Default 128: the published code.</summary>
        [Range(1, 100_000)] public int Noise { get; init; } = 128;

        /// <summary>Units of the generator's first layer. Default 1024: the published code.</summary>
        [Range(1, 100_000)] public int Hidden { get; init; } = 1024;

        /// <summary>Maps behind the generator's linear layers, of a quarter of the image's sides. Default 128: the published code.</summary>
        [Range(2, 10_000)] public int Maps { get; init; } = 128;
    }

    /// <inheritdoc/>
    public void Prepare(Distillate learned, Generator random)
    {
        training.Prepare(learned, Positivity.Log);
        learned.Images.Trainable = false;
        if (learned.Own.ContainsKey(Weights)) return;
        using var scope = new Scope();
        using var fresh = new ImageGenerator(options.Noise + learned.Classes, learned.Shape, options.Hidden, options.Maps, random);
        learned.TakeOwn(Weights, new FlatParameters(fresh).Gather());
        learned.TakeOwn(Curriculum, Tensor.Randn([learned.Count, options.Noise], random));
        Generate(learned);
    }

    /// <inheritdoc/>
    public SynthesisStep Step(Distillate learned, int iteration, Generator random)
    {
        var made = training.Step(learned, random, throughImages: true);
        using var on = Grad.On();
        var imagesNCHW = Make(learned);
        var pulled = Grad.Of([imagesNCHW], [learned.Own[Weights].Value, learned.Own[Curriculum].Value], [made.Gradients["images"]]);
        var gradients = made.Gradients.Where(gradient => gradient.Key != "images").Append(new(Weights, pulled[0])).Append(new(Curriculum, pulled[1]));
        return made with { Gradients = gradients.ToDictionary(StringComparer.Ordinal) };
    }

    /// <inheritdoc/>
    public void Generate(Distillate learned)
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        learned.Images.Assign(Make(learned));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        training.Dispose();
        generator.Dispose();
    }

    Tensor Make(Distillate learned)
    {
        var oneHotNK = learned.LabelsN().OneHot(learned.Classes).To(learned.Images.Value.DType);
        return flat.Call(learned.Own[Weights], Tensor.Cat([learned.Own[Curriculum].Value, oneHotNK], 1));
    }
}
