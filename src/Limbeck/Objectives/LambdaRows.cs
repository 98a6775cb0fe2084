using System.Globalization;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>Makes the coefficients of <see cref="LayerAlignment"/> that are not learned: a row for each place of the teacher, a column for each of the student.</summary>
static class LambdaRows
{
    /// <returns>The rows; null for coefficients that are learned.</returns>
    /// <exception cref="ArgumentException">The options do not fit the places: the message names them.</exception>
    internal static double[][]? Of(LayerAlignment.Options options, (IReadOnlyList<string> Teacher, IReadOnlyList<string> Student) places, Generator random)
    {
        var (T, S) = (places.Teacher.Count, places.Student.Count);
        return options.Coefficients switch
        {
            LayerCoefficients.Uniform => Make((_, _) => 1.0 / T),
            LayerCoefficients.Pairwise => Make((i, j) => T - i == S - j ? 1 : 0),
            LayerCoefficients.AllToOne => Find(options.To, places.Teacher) is var only ? Make((i, _) => i == only ? 1 : 0) : null,
            // 1 − U, for U may be 0 and is never 1.
            LayerCoefficients.Dirichlet => Normalised([.. (-(1 - Tensor.Rand([T, S], random, DType.Float64)).Log()).ToArray<double>().Chunk(S)], places),
            LayerCoefficients.Given => Given(options.Lambda, places),
            _ => null,
        };

        double[][] Make(Func<int, int, double> entry) => [.. Enumerable.Range(0, T).Select(i => Enumerable.Range(0, S).Select(j => entry(i, j)).ToArray())];
    }

    static int Find(string? to, IReadOnlyList<string> places)
    {
        var found = places.Index().Where(place => place.Item == to || place.Index.ToString(CultureInfo.InvariantCulture) == to).Select(place => place.Index).ToList();
        return found is [var only, ..] ? only : throw new ArgumentException($"all-to-one needs in 'to' a place of the teacher by its name or by its number from 0: got {(to is null ? "none" : $"'{to}'")}, there are {string.Join(", ", places)}");
    }

    static double[][] Given(IReadOnlyList<IReadOnlyList<double>>? lambda, (IReadOnlyList<string> Teacher, IReadOnlyList<string> Student) places)
    {
        var (T, S) = (places.Teacher.Count, places.Student.Count);
        if (lambda is null || lambda.Count != T || lambda.Any(row => row.Count != S))
        {
            throw new ArgumentException($"lambda needs {T} rows, one for each place of the teacher ({string.Join(", ", places.Teacher)}), of {S} numbers, one for each place of the student "
                + $"({string.Join(", ", places.Student)}): got {(lambda is null ? "none" : $"{lambda.Count} rows of {string.Join(", ", lambda.Select(row => row.Count))}")}");
        }

        foreach (var (i, row) in lambda.Index())
        {
            if (row.Index().FirstOrDefault(entry => !(entry.Item >= 0 && double.IsFinite(entry.Item)), (-1, 0)) is (>= 0 and var j, var wrong))
                throw new ArgumentException($"lambda[{i}][{j}] is {wrong}: coefficients are finite, and not negative");
        }

        return Normalised([.. lambda.Select(row => row.ToArray())], places);
    }

    static double[][] Normalised(double[][] rows, (IReadOnlyList<string> Teacher, IReadOnlyList<string> Student) places)
    {
        double[] sums = [.. places.Student.Index().Select(place => rows.Sum(row => row[place.Index]))];
        return Array.IndexOf(sums, 0) is var empty and >= 0
            ? throw new ArgumentException($"column {empty} of lambda is all 0: {places.Student[empty]} of the student would learn from no place. Leave it out of 'student-taps' if that is meant")
            : [.. rows.Select(row => row.Zip(sums, (entry, sum) => entry / sum).ToArray())];
    }
}
