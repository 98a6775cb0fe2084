using System.ComponentModel.DataAnnotations;

namespace Limbeck.Lab.Recipes;

/// <summary>A number from the literature.</summary>
public sealed record PublishedNumber
{
    /// <summary>Test accuracy in percent, in [0, 100].</summary>
    [Range(0.0, 100.0)] public required double Test { get; init; }

    /// <summary>Its standard deviation over seeds, in percent points, if published.</summary>
    [Range(0.0, 100.0)] public double? Sd { get; init; }

    /// <summary>Which epoch it was read at. Null: the source does not say.</summary>
    public PublishedAt? At { get; init; }

    /// <summary>Where it stands: author, year, table or figure.</summary>
    public required string Source { get; init; }
}
