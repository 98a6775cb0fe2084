namespace Limbeck.Data.Whitening;

/// <summary>What a whitening was: enough to fit it again, and to tell whether it came out the same. A few numbers in place of two matrices, which for 3×32×32 take 75 MB.</summary>
/// <param name="Epsilon">ε.</param>
/// <param name="Fingerprint">See <see cref="Zca.Mark"/>.</param>
public sealed record ZcaMark(double Epsilon, IReadOnlyList<double> Fingerprint)
{
    // Other libraries and thread counts move the numbers by 1e-6 or less; a tenth of the images less, by 1e-2.
    const double Tolerance = 1e-3;

    /// <summary>Whether both are of the same whitening: each number to a thousandth.</summary>
    public bool Agrees(ZcaMark other) => Math.Abs(Epsilon - other.Epsilon) <= Tolerance * Epsilon && Fingerprint.Count == other.Fingerprint.Count
        && Fingerprint.Zip(other.Fingerprint).All(pair => Math.Abs(pair.First - pair.Second) <= Tolerance * Math.Abs(pair.First));
}
