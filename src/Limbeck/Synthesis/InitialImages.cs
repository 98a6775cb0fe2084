namespace Limbeck.Synthesis;

/// <summary>What synthetic images begin as.</summary>
public enum InitialImages
{
    /// <summary>Training images of their class, drawn at random.</summary>
    Real,

    /// <summary>N(0, 1) for every pixel, in normalised space.</summary>
    Noise,
}
