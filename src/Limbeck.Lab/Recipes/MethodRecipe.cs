namespace Limbeck.Lab.Recipes;

/// <summary>A method of dataset distillation. A recipe writes kind and the method's own options side by side in one map.</summary>
/// <param name="Kind">Name of the method in <see cref="Vocabulary.Methods"/>.</param>
/// <param name="Options">The method's options record, of the type that the vocabulary gives for the kind.</param>
public sealed record MethodRecipe(string Kind, object Options);
