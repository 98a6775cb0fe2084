using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Limbeck.Lab.Recipes.Binding;

namespace Limbeck.Lab.Recipes;

/// <summary>
/// All chains of teachers from a big network to a small one, each over some of the assistants. They become stages when the recipe is read: <c>10</c> is trained,
/// <c>10-4</c> learns from it, <c>10-4-2</c> from <c>10-4</c>; a beginning that paths share is one stage. Mirzadeh et al. 2020.
/// </summary>
/// <remarks>
/// Stages are called after what tells the networks' names apart. Whatever else stands here belongs to every stage of a path, and all of it but the objectives to the
/// networks that learn from labels. A stage of that name among <c>stages</c>, without a network of its own, is a patch over it.
/// </remarks>
public sealed record PathsRecipe : TrainingSettings, IValidatableObject
{
    // 2^8 paths are 512 stages: more is a slip of the keyboard.
    private const int MostAssistants = 8;

    /// <summary>Model where every path begins; trained from labels.</summary>
    [RefersTo(Referent.Model)] public required string Teacher { get; init; }

    /// <summary>Models that a path may lead over, in this order, from the biggest on, 8 at most: n of them make 2^n paths.</summary>
    [RefersTo(Referent.Model), MinLength(1), Distinct] public required IReadOnlyList<string> Assistants { get; init; }

    /// <summary>Model where every path ends.</summary>
    [RefersTo(Referent.Model)] public required string Student { get; init; }

    /// <summary>Assistants on one path at most: 1 for the sweep over the size of the one assistant. Null: all.</summary>
    [Range(1, MostAssistants)] public int? AtMost { get; init; }

    /// <summary>What every network of a path learns from the one before it.</summary>
    [MinLength(1)] public required IReadOnlyList<ObjectiveRecipe> Objectives { get; init; }

    /// <summary>Data of all these stages, merged over the recipe's and over the defaults'.</summary>
    public DataRecipe? Data { get; init; }

    /// <summary>Settings of the teacher, merged over those of the paths.</summary>
    public TeacherSettings? TeacherSettings { get; init; }

    /// <summary>Train assistants and student from labels as well: what the paths are compared with, and what the size rule reads. Default true.</summary>
    public bool Lone { get; init; } = true;

    /// <summary>Go on from this many of the paths that have come to the same network, the best ones by mean validation accuracy over the seeds. Null: from all.</summary>
    [Range(1, 1000)] public int? Beam { get; init; }

    /// <summary>How many paths there are.</summary>
    [JsonIgnore] public int Count => Enumerable.Range(0, Math.Min(AtMost ?? int.MaxValue, Assistants.Count) + 1).Sum(Subsets);

    // How many ways there are to take so many of the assistants.
    private int Subsets(int size) => Enumerable.Range(1, size).Aggregate(1, (ways, i) => ways * (Assistants.Count - size + i) / i);

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (Assistants.Count > MostAssistants)
            yield return new($"{Assistants.Count} assistants make {Math.Pow(2, Assistants.Count):0} paths: name at most {MostAssistants}", [nameof(Assistants)]);
    }
}
