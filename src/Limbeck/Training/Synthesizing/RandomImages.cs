using Limbeck.Data;
using Limbeck.Data.Distilled;
using Limbeck.Models;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Training.Synthesizing;

/// <summary>The control that belongs beside every number of a distilled set: as many real images of each class, drawn at random, with labels of the same kind: their own, or a teacher's answers for soft ones.</summary>
/// <remarks>A learned step size is the set's own and does not come with them: where no rate is asked for, networks learn from these by <see cref="SetEvaluation.UsualLr"/>.</remarks>
public static class RandomImages
{
    /// <summary>Name of the method in the set's card.</summary>
    public const string Method = "random";

    /// <summary>Draws the control of a set.</summary>
    /// <param name="set">Whose size it takes, class by class.</param>
    /// <param name="real">Training images, normalised as the set is.</param>
    /// <param name="seed">The same images for the same seed.</param>
    /// <param name="teacher">Whose logits are their labels, where those of the set are soft; null for labels of their own.</param>
    /// <exception cref="FitException">A class has fewer real images than synthetic ones.</exception>
    public static DistilledSet Like(DistilledSet set, ImageDataset real, int seed, Module? teacher = null)
    {
        var classes = set.Classes();
        var byClass = Shuffle.Order(real.Count, seed).ToLookup(sample => real.Labels[sample]);
        long[] chosen = [.. classes.Order().CountBy(label => label).SelectMany(of => byClass[of.Key].Count() >= of.Value
            ? byClass[of.Key].Take(of.Value)
            : throw new FitException($"the control needs {of.Value} real images of class {real.ClassNames[of.Key]}, and {real.Name} has {byClass[of.Key].Count()}")).Select(sample => (long)sample)];
        using var scope = new Scope();
        var drawn = real.Render(Views.Plain(chosen), Augmentation.None);
        var labels = set.HasSoftLabels && teacher is not null ? EvaluationMode.Answers(teacher, drawn.Images) : drawn.Labels;
        return new DistilledSet(drawn.Images, labels, [], set.Card with { Normalization = real.Normalization, Method = Method, Options = "{}", Augmentation = "", Iterations = 0, Seed = seed, WeightsSeed = null, Teacher = labels.Dim == 2 ? set.Card.Teacher : null, Evaluation = null });
    }

    /// <summary>Whether random images can have labels of the same kind: not where those are soft, and nobody is there to answer for real images.</summary>
    public static bool CanBeLike(DistilledSet set, SetEvaluation.Options options, Module? teacher) => !set.HasSoftLabels || options.HardLabels || teacher is not null;
}
