using Limbeck.Data;
using Limbeck.Data.Distilled;
using Limbeck.Torch.Tensors;

namespace Limbeck.Training.Synthesizing;

/// <summary>The control that belongs beside every number of a distilled set: as many real images of each class, drawn at random, with their own labels.</summary>
public static class RandomImages
{
    /// <summary>Name of the method in the set's card.</summary>
    public const string Method = "random";

    /// <summary>Draws the control of a set.</summary>
    /// <param name="set">Whose size it takes, class by class.</param>
    /// <param name="real">Training images, normalised as the set is.</param>
    /// <param name="seed">The same images for the same seed.</param>
    /// <exception cref="FitException">A class has fewer real images than synthetic ones.</exception>
    public static DistilledSet Like(DistilledSet set, ImageDataset real, int seed)
    {
        var classes = set.Classes();
        var byClass = Shuffle.Order(real.Count, seed).ToLookup(sample => real.Labels[sample]);
        long[] chosen = [.. classes.Order().CountBy(label => label).SelectMany(of => byClass[of.Key].Count() >= of.Value
            ? byClass[of.Key].Take(of.Value)
            : throw new FitException($"the control needs {of.Value} real images of class {real.ClassNames[of.Key]}, and {real.Name} has {byClass[of.Key].Count()}")).Select(sample => (long)sample)];
        using var scope = new Scope();
        var drawn = real.Render(Views.Plain(chosen), Augmentation.None);
        return new DistilledSet(drawn.Images, drawn.Labels, [], set.Card with { Normalization = real.Normalization, Method = Method, Options = "{}", Augmentation = "", Iterations = 0, Seed = seed, WeightsSeed = null, Teacher = null, Evaluation = null });
    }
}
