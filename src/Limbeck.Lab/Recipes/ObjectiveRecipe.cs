using Limbeck.Objectives;

namespace Limbeck.Lab.Recipes;

/// <summary>One term of the loss. A recipe writes kind, weight and the objective's own options side by side in one map.</summary>
/// <param name="Kind">Name of the objective in <see cref="Vocabulary.Objectives"/>.</param>
/// <param name="Weight">Its weight: a number, or a schedule over the epochs. Default 1.</param>
/// <param name="Options">The objective's options record, of the type that the vocabulary gives for the kind.</param>
public sealed record ObjectiveRecipe(string Kind, WeightSchedule Weight, object Options)
{
    /// <summary>The one of several teachers that it reads, as <c>from</c> names it. Null: each in turn, or all together where the kind does.</summary>
    public string? Teacher { get; init; }
}
