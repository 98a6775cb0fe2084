using System.ComponentModel.DataAnnotations;
using Limbeck.Lab.Recipes.Binding;

namespace Limbeck.Lab.Recipes;

/// <summary>How the teacher of <see cref="PathsRecipe"/> is trained, where that differs from the paths.</summary>
public sealed record TeacherSettings : TrainingSettings
{
    /// <summary>Data of the teacher, merged over the paths'.</summary>
    public DataRecipe? Data { get; init; }

    /// <summary>Seeds of the teacher; null for the recipe's.</summary>
    [Range(0, int.MaxValue), MinLength(1), Distinct] public IReadOnlyList<int>? Seeds { get; init; }
}
