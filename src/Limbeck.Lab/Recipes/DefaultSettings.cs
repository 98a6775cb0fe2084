namespace Limbeck.Lab.Recipes;

/// <summary>The settings that a recipe's stages share.</summary>
public sealed record DefaultSettings : SynthesisSettings
{
    /// <summary>Data of every stage, merged over the recipe's own.</summary>
    public DataRecipe? Data { get; init; }
}
