using Limbeck.Data;
using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Matching;

/// <summary>Real images of one class at a time.</summary>
sealed class ClassImages
{
    readonly Ingredients from;
    readonly ILookup<int, long> places;

    internal ClassImages(Ingredients from)
    {
        this.from = from;
        places = Enumerable.Range(0, from.Real.Count).ToLookup(place => from.Real.Labels[place], place => (long)place);
        if (Enumerable.Range(0, from.Real.Classes).FirstOrDefault(label => !places[label].Any(), -1) is var empty and >= 0)
            throw new ArgumentException($"{from.Real.Name} has no image of class {from.Real.ClassNames[empty]}: every class is matched by itself", nameof(from));
    }

    /// <summary>Different images of a class, at random: so many, or all if there are fewer. In the open scope.</summary>
    internal Tensor Draw(int label, int count, Generator random)
    {
        long[] all = [.. places[label]];
        using var scope = new Scope();
        long[] chosen = [.. Tensor.Randperm(all.Length, random).ToArray<long>().Take(count).Select(place => all[place])];
        return scope.Keep(from.Real.Render(Views.Plain(chosen), Augmentation.None).Images.To(from.Device));
    }

    /// <summary>Some of every class together, with their labels.</summary>
    internal (Tensor Images, Tensor Labels) DrawOfEach(int perClass, Generator random)
    {
        using var scope = new Scope();
        Tensor[] images = [.. Enumerable.Range(0, from.Real.Classes).Select(label => Draw(label, perClass, random))];
        var labels = images.SelectMany((some, label) => Enumerable.Repeat((long)label, (int)some.Size(0)));
        return (scope.Keep(Tensor.Cat(images)), scope.Keep(Tensor.From<long>([.. labels]).To(from.Device)));
    }

    /// <summary>Different images of any class, with their labels.</summary>
    internal (Tensor Images, Tensor Labels) DrawMixed(int count, Generator random)
    {
        using var scope = new Scope();
        long[] chosen = [.. Tensor.Randperm(from.Real.Count, random).ToArray<long>().Take(count)];
        var batch = from.Real.Render(Views.Plain(chosen), Augmentation.None).On(from.Device);
        return (scope.Keep(batch.Images), scope.Keep(batch.Labels));
    }
}
