using Limbeck.Torch.Tensors;

namespace Limbeck.Synthesis.Selection;

/// <summary>Which real images stand for the others: a choice among the rows of N×D features, of one class each time. What dataset distillation has to beat.</summary>
/// <remarks>Distances are Euclidean and taken in double precision. Where two rows are equally good the first is chosen.</remarks>
public static class ClassSelection
{
    /// <summary>So many of each class, class by class, as places in the dataset.</summary>
    /// <param name="rule">Chooses so many rows of some features: <see cref="Herding"/>, <see cref="KCentre"/>, or <see cref="Any"/>.</param>
    /// <param name="featuresND">Features of all images, such as what a trained network gives its last layer.</param>
    /// <param name="labels">The N labels.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="perClass">Images of each.</param>
    /// <exception cref="ArgumentException">Features and labels do not fit, or a class has fewer images.</exception>
    public static int[] PerClass(Func<Tensor, int, int[]> rule, Tensor featuresND, IReadOnlyList<int> labels, int classes, int perClass)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perClass, 1);
        if (featuresND.Dim != 2 || featuresND.Size(0) != labels.Count)
            throw new ArgumentException($"expected a row of features for each of {labels.Count} labels, got {featuresND.Describe()}", nameof(featuresND));
        var byClass = Enumerable.Range(0, labels.Count).ToLookup(place => labels[place]);
        return [.. Enumerable.Range(0, classes).SelectMany(label => Among([.. byClass[label]], label))];

        IEnumerable<int> Among(long[] places, int label)
        {
            if (places.Length < perClass)
                throw new ArgumentException($"class {label} has {places.Length} images, expected {perClass} at least: ask for fewer, or take more data", nameof(perClass));
            using var scope = new Scope();
            return rule(featuresND.IndexSelect(0, Tensor.From<long>(places).To(featuresND.Device)), perClass).Select(row => (int)places[row]);
        }
    }

    /// <summary>
    /// Rows whose running mean keeps nearest to the mean of all: the k-th is argmin_x ‖μ − (x + Σ of those before) / k‖. Welling 2009; Rebuffi et al. 2017 (iCaRL), algorithm 4.
    /// </summary>
    /// <remarks>No row is chosen twice, as in the codes for images; Welling's herding may.</remarks>
    public static int[] Herding(Tensor featuresND, int count)
    {
        using var scope = new Scope();
        var rowsND = Checked(featuresND, count);
        var meanD = rowsND.Mean(0);
        var squaresN = rowsND.Square().Sum(1);
        var sumD = meanD.ZerosLike();
        var free = new FreeRows(rowsND);
        return [.. Enumerable.Range(1, count).Select(Next)];

        // ‖k μ − Σ − x‖² less what is the same for all x.
        int Next(int k)
        {
            using var step = new Scope();
            var wantedD = (meanD * k) - sumD;
            var chosen = free.TakeBest((2 * rowsND.Matmul(wantedD)) - squaresN);
            sumD.AddInPlace(rowsND.Select(0, chosen));
            return chosen;
        }
    }

    /// <summary>
    /// Rows that leave no other far away: first the one nearest to the mean, then again and again the one that is farthest from all chosen. Gonzalez 1985; Sener, Savarese 2018, algorithm 1.
    /// Its largest distance is at most twice the best possible.
    /// </summary>
    public static int[] KCentre(Tensor featuresND, int count)
    {
        using var scope = new Scope();
        var rowsND = Checked(featuresND, count);
        var free = new FreeRows(rowsND);
        var nearestN = (rowsND - rowsND.Mean(0)).Square().Sum(1);
        var chosen = new List<int> { free.TakeBest(-nearestN) };
        nearestN.FillInPlace(double.PositiveInfinity);
        while (chosen.Count < count)
        {
            using var step = new Scope();
            nearestN.CopyFrom(nearestN.Minimum((rowsND - rowsND.Select(0, chosen[^1])).Square().Sum(1)));
            chosen.Add(free.TakeBest(nearestN));
        }

        return [.. chosen];
    }

    /// <summary>A rule that looks at no feature: a random choice.</summary>
    public static Func<Tensor, int, int[]> Any(Generator random) => (featuresND, count) =>
    {
        using var scope = new Scope();
        return [.. Tensor.Randperm(Checked(featuresND, count).Size(0), random).ToArray<long>().Take(count).Select(row => (int)row)];
    };

    static Tensor Checked(Tensor featuresND, int count) => featuresND.Dim == 2 && count >= 1 && count <= featuresND.Size(0)
        ? featuresND.Detach().To(DType.Float64)
        : throw new ArgumentException($"expected features [N, D] of at least {count} rows (and at least one), got {featuresND.Describe()}", nameof(featuresND));
}
