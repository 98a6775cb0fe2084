using Limbeck.Data.Sources;
using Limbeck.Lab.Recipes;
using Limbeck.Models;
using Limbeck.Objectives;
using Limbeck.Synthesis;

namespace Limbeck.Lab.Runs;

/// <summary>The names that recipes may use here: what the library's catalogs hold.</summary>
public static class Words
{
    /// <summary>All models, datasets, objectives and methods of dataset distillation.</summary>
    public static Vocabulary Vocabulary { get; } = new(
        [.. Zoo.Names],
        [.. Datasets.All.Select(dataset => dataset.Name), ImageFolder.Name],
        Catalog.All.ToDictionary(entry => entry.Kind, entry => entry.Options, StringComparer.Ordinal))
    {
        ModelJoint = GraftedNetwork.Joint,
        Taught = Catalog.All.Where(entry => entry.CreateDefault().NeedsTeacher).Select(entry => entry.Kind).ToHashSet(StringComparer.Ordinal),
        Methods = SynthesisCatalog.All.ToDictionary(entry => entry.Kind, entry => entry.Options, StringComparer.Ordinal),
    };
}
