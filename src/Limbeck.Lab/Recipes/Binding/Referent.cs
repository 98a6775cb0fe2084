namespace Limbeck.Lab.Recipes.Binding;

/// <summary>What a text in a recipe is the name of.</summary>
internal enum Referent
{
    Model,
    Dataset,
    Path,
    Stage,
    StageOrCheckpoint,
}
