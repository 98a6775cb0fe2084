using Limbeck.Models;

namespace Limbeck.Lab.Recipes;

/// <summary>One stage with one seed: what is run, or reused where its key is already finished.</summary>
/// <param name="Name">Name of the stage.</param>
/// <param name="Seed">Seed of its initialisation, shuffling and augmentation.</param>
/// <param name="Key">SHA-256, as 64 hexadecimal digits, of all that determines the result.</param>
/// <param name="Recipe">What is run.</param>
/// <param name="From">Its teachers, or the members of an ensemble, in the order of the recipe.</param>
/// <param name="Load">The weights that it starts from; null for a fresh network.</param>
public sealed record PlannedStage(string Name, int Seed, string Key, StageRecipe Recipe, IReadOnlyList<StageParent> From, StageParent? Load)
{
    /// <summary>The same of the images that it synthesises alone, whatever networks learn from them; null for another stage.</summary>
    public string? ImagesKey { get; init; }

    /// <summary>The same of the experts that its method matches; null without them.</summary>
    public string? ExpertsKey { get; init; }

    /// <summary>Name of its network in the zoo.</summary>
    public string Model => Recipe.IsEnsemble ? EnsembleNetwork.NameOf([.. From.Select(member => member.Stage!.Model)], Recipe.Mean ?? EnsembleMean.Probabilities) : Recipe.Model;

    /// <summary>The stages whose weights it takes, which are done before it starts.</summary>
    internal IEnumerable<PlannedStage> Needs => From.Append(Load).Select(parent => parent?.Stage).OfType<PlannedStage>();
}
