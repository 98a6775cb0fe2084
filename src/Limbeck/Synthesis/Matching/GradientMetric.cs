namespace Limbeck.Synthesis.Matching;

/// <summary>How two gradients of a network are compared.</summary>
public enum GradientMetric
{
    /// <summary>Σ over output units of 1 − cos: DC and DSA. Zhao, Mopuri, Bilen 2021 (ICLR), equation 10.</summary>
    Cosine,

    /// <summary>Σ of squared differences: IDC.</summary>
    Squares,

    /// <summary>Σ of absolute differences: IDC for ImageNet.</summary>
    Absolute,
}
