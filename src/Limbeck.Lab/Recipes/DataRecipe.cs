using System.ComponentModel.DataAnnotations;
using Limbeck.Lab.Recipes.Binding;

namespace Limbeck.Lab.Recipes;

/// <summary>Which images a stage sees: the dataset, its validation split, the part that is trained on, and how it is augmented.</summary>
/// <remarks>
/// The validation images are taken out of the training set first, by <see cref="Seed"/>, then the tuning images; <see cref="Train"/> and <see cref="PerClass"/> then choose
/// among the rest. So stages that share <see cref="Classes"/>, <see cref="Validation"/>, <see cref="Order"/> and <see cref="Seed"/> share the validation images, and
/// none trains on them.
/// </remarks>
public sealed record DataRecipe : IValidatableObject
{
    const string FromFolder = Limbeck.Data.Sources.ImageFolder.Name;

    /// <summary>Name of the dataset.</summary>
    [RefersTo(Referent.Dataset)] public required string Name { get; init; }

    /// <summary>Folder or file of the data, relative to the file that says so. Null: where the dataset is installed.</summary>
    [RefersTo(Referent.Path), Incidental] public string? Path { get; init; }

    /// <summary>Height and width that the images of an image-folder are brought to. Null: 64.</summary>
    [Range(8, 1024)] public int? Size { get; init; }

    /// <summary>Images taken out of the training set to choose epochs by. 0: none, so that the last epoch is the result. Default 5000.</summary>
    [Range(0, 100_000_000)] public int Validation { get; init; } = 5000;

    /// <summary>Images taken out of the training set for metaparameters to learn from. Null: they learn from the validation images, which then choose the epoch of a student that they had shaped.</summary>
    [Range(1, 100_000_000)] public int? Tuning { get; init; }

    /// <summary>Training images kept, of what validation and tuning leave. Null: all.</summary>
    [Range(1, 100_000_000)] public int? Train { get; init; }

    /// <summary>Training images kept of each class. Null: all.</summary>
    [Range(1, 100_000_000)] public int? PerClass { get; init; }

    /// <summary>Whether the images held out, and those kept, are drawn at random or taken as they stand in the files. Null: random.</summary>
    public DataOrder? Order { get; init; }

    /// <summary>Labels kept, in training, validation and test; renumbered in this order. Null: all.</summary>
    [Range(0, 1_000_000), MinLength(1), Distinct] public IReadOnlyList<int>? Classes { get; init; }

    /// <summary>Random changes of the training images, each kind once at most; their order does not matter. Default: none.</summary>
    public IReadOnlyList<AugmentOptions> Augment { get; init; } = [];

    /// <summary>Subtract the training set's mean and divide by its deviation, per channel. Default true.</summary>
    public bool Normalize { get; init; } = true;

    /// <summary>ZCA whitening in place of mean and deviation, fitted to all training images of the dataset in [0, 1]: the ε that is added to the variances; 0.1 in MTT and its successors. Null: none.</summary>
    [Range(1e-12, 100)] public double? Zca { get; init; }

    /// <summary>Seed of the splits. It is apart from the recipe's seeds, so that every seed trains on the same images. Default 1.</summary>
    [Range(0, int.MaxValue)] public int Seed { get; init; } = 1;

    /// <summary>Batches prepared ahead. Changes the speed only. Default 2.</summary>
    [Range(1, 1024), Incidental] public int Prefetch { get; init; } = 2;

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (Name == FromFolder && Path is null)
            yield return new($"{FromFolder} needs 'path': the folder with the images", [nameof(Path)]);
        if (Name != FromFolder && Size is not null)
            yield return new($"size is for images of an {FromFolder}: those of {Name} have one size", [nameof(Size)]);
        if (Train is not null && PerClass is not null)
            yield return new("train and per-class both say how many images are kept: give one of them", [nameof(PerClass)]);
        if (Augment.DistinctBy(kind => kind.GetType()).Count() < Augment.Count)
            yield return new("augment has a kind twice: keep one", [nameof(Augment)]);
    }
}
