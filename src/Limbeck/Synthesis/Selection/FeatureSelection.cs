using Limbeck.Data;
using Limbeck.Models;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Selection;

/// <summary>Real images of each class, chosen by where a trained network's features put them and left as they are: by <see cref="ClassSelection.Herding"/> or <see cref="ClassSelection.KCentre"/>.</summary>
/// <remarks>Takes as many of each class as the images that it is given, in their place: what they begin as does not matter.</remarks>
public sealed class FeatureSelection : ISynthesis
{
    readonly Func<Tensor, int, int[]> rule;
    readonly Ingredients from;
    readonly Network teacher;
    readonly string place;

    /// <summary>Takes what it needs.</summary>
    /// <param name="options">Which features.</param>
    /// <param name="from">The images, and the trained network.</param>
    /// <param name="rule">Chooses so many rows of some features.</param>
    /// <exception cref="ArgumentException">There is no trained network, or it has no such place.</exception>
    public FeatureSelection(Options options, Ingredients from, Func<Tensor, int, int[]> rule)
    {
        (this.from, this.rule) = (from, rule);
        teacher = from.Teacher as Network ?? throw new ArgumentException("a choice by features needs a trained network: name one with 'from'");
        teacher.FindTap(options.Place);
        place = options.Place;
    }

    /// <inheritdoc/>
    public void Prepare(Distillate learned, Generator random)
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        var perClass = Enumerable.Range(0, learned.Classes).Select(label => learned.PlacesOf(label).Length).Distinct().ToArray();
        if (perClass is not [var count])
            throw new ArgumentException($"a choice by features takes as many images of every class, got {string.Join(" and ", perClass)}", nameof(learned));
        var chosen = ClassSelection.PerClass(rule, Features.Of(teacher, from.Real, place), from.Real.Labels, learned.Classes, count);
        var placesN = Tensor.From<long>([.. Enumerable.Range(0, learned.Classes).SelectMany(learned.PlacesOf)]);
        var imagesNCHW = from.Real.Render(Views.Plain([.. chosen.Select(sample => (long)sample)]), Augmentation.None).Images;
        learned.Images.Value.IndexCopyInPlace(0, placesN.To(learned.Device), imagesNCHW.To(learned.Device, learned.Images.Value.DType));
    }

    /// <inheritdoc/>
    public SynthesisStep Step(Distillate learned, int iteration, Generator random) =>
        new(Tensor.Zeros([], learned.Images.Value.DType, learned.Device), new Dictionary<string, Tensor>(StringComparer.Ordinal));

    /// <param name="Place">Stage name or module path of the network whose features count. Default: the vector that the last layer reads.</param>
    public sealed record Options(string Place = "pooled");
}
