namespace Limbeck.Training;

/// <summary>Where one network's images lie in the space that an objective shares between networks.</summary>
/// <param name="Values">N×D numbers, row by row.</param>
/// <param name="Dimensions">D.</param>
public sealed record AlignedPoints(float[] Values, int Dimensions);
