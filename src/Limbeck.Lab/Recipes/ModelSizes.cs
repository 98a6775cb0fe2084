namespace Limbeck.Lab.Recipes;

/// <summary>What tells the networks of one family apart: <c>10</c> and <c>4</c> of plain-cnn-10 and plain-cnn-4.</summary>
public static class ModelSizes
{
    /// <summary>The names without what all of them begin with, cut behind a dash; whole where they begin differently, and where there is one only.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyCollection<string> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        var first = models.FirstOrDefault("");
        if (models.All(model => model == first)) return [.. models];
        var alike = Enumerable.Range(0, first.Length).TakeWhile(i => models.All(model => i < model.Length && model[i] == first[i])).Count();
        var cut = first[..alike].LastIndexOf('-') + 1;
        return [.. models.Select(model => model[cut..])];
    }
}
