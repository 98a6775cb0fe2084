using Limbeck.Data;
using Limbeck.Data.Sources;
using Limbeck.Data.Storage;
using Limbeck.Lab.Recipes;

namespace Limbeck.Lab.Runs;

/// <summary>The datasets of a run: each read once, and split once for all stages that ask for the same. Stages on several threads may ask at once.</summary>
sealed class DataShelf(DataStore store) : IDisposable
{
    readonly Dictionary<(string Name, string? Path, int? Size, bool Normalize, double? Zca), DataSplit> whole = [];
    // By what decides a split, and not how its images are drawn. Shuffling all rows takes a tenth of a second, and each stage asks several times.
    readonly Dictionary<(DataSplit Whole, int Validation, int? Tuning, DataOrder? Order, int Seed, string Classes, int? PerClass, int? Train), DataSplit> splits = [];

    /// <summary>The images of a stage. Validation images are taken out first, so that stages which share seed and count share them, and none trains on them.</summary>
    /// <exception cref="Training.FitException">The recipe asks for images or classes that are not there.</exception>
    internal DataSplit Open(DataRecipe recipe)
    {
        lock (whole)
        {
            var all = Whole(recipe);
            var key = (all, recipe.Validation, recipe.Tuning, recipe.Order, recipe.Seed, string.Join(' ', recipe.Classes ?? []), recipe.PerClass, recipe.Train);
            return splits.TryGetValue(key, out var known) ? known : splits[key] = Split(all, recipe);
        }
    }

    static DataSplit Split(DataSplit split, DataRecipe recipe)
    {
        try
        {
            int? seed = recipe.Order == DataOrder.File ? null : recipe.Seed;
            if (recipe.Validation > 0) split = split.Split(recipe.Validation, seed);
            if (recipe.Tuning is { } tuning) split = split.Tune(tuning, seed);
            if (recipe.Classes is { } classes) split = split.OfClasses(classes);
            if (split.Validation is { Count: 0 })
                throw new Training.FitException($"data: none of the {recipe.Validation} images held out for validation is of the classes {string.Join(", ", recipe.Classes ?? [])}: they are taken out before the classes are chosen. Hold out more");
            if (recipe.PerClass is { } perClass) split = split with { Train = split.Train.TakePerClass(perClass, seed) };
            return recipe.Train is { } count ? split.Take(count, seed) : split;
        }
        catch (ArgumentOutOfRangeException asked)
        {
            throw new Training.FitException($"data: {Refusal.Words(asked)}");
        }
    }

    public void Dispose()
    {
        foreach (var split in whole.Values) split.Dispose();
    }

    DataSplit Whole(DataRecipe recipe)
    {
        var key = (recipe.Name, recipe.Path, recipe.Size, recipe.Normalize, recipe.Zca);
        if (whole.TryGetValue(key, out var known)) return known;
        var raw = recipe.Name == ImageFolder.Name ? ImageFolder.Load(recipe.Path!, recipe.Size is { } size ? new(size) : null) : store.Load(Datasets.Get(recipe.Name), recipe.Path);
        var split = recipe.Zca is { } epsilon ? Whitened(raw, epsilon) : DataSplit.From(raw, recipe.Normalize ? null : Normalization.None(raw.Train.Shape.Channels));
        whole.Add(key, split);
        return split;
    }

    static DataSplit Whitened(RawDataset raw, double epsilon)
    {
        try
        {
            return DataSplit.Whitened(raw, epsilon);
        }
        catch (InvalidOperationException large)
        {
            throw new Training.FitException($"data.zca: {large.Message}");
        }
    }
}
