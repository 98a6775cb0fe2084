namespace Limbeck.Lab.Recipes;

/// <summary>The names that recipes may use. Catalogs hand it in, so that the recipe language depends on none of them.</summary>
/// <param name="Models">Names of the models.</param>
/// <param name="Datasets">Names of the datasets.</param>
/// <param name="Objectives">Objectives by name, each with the type of its options record.</param>
public sealed record Vocabulary(
    IReadOnlyCollection<string> Models,
    IReadOnlyCollection<string> Datasets,
    IReadOnlyDictionary<string, Type> Objectives)
{
    /// <summary>Methods of dataset distillation by name, each with the type of its options record.</summary>
    public IReadOnlyDictionary<string, Type> Methods { get; init; } = new Dictionary<string, Type>(StringComparer.Ordinal);

    /// <summary>What stands between two names of models in the name of one that is made of both; null where there are none such.</summary>
    public string? ModelJoint { get; init; }

    /// <summary>Those of the objectives that read a teacher.</summary>
    public IReadOnlySet<string> Taught { get; init; } = new HashSet<string>();
}
