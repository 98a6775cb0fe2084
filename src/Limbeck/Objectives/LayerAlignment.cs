using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>
/// Σ_j Σ_i λ_ij (−E log q(t_i | s_j)) over all places i of the teacher and j of the student, Σ_i λ_ij = 1 for each j: every layer learns from every layer. q is the Gaussian of
/// <see cref="Vid"/>, −log q = log σ_c + (t − μ(s))² / (2 σ_c²), its variance σ_c² = softplus(α_c) + 10⁻⁵ learned for each channel of each pair, its mean μ a small network from any shape to any other.
/// With cross-entropy at weight β and this at 1 − β it is the loss of Oleynik, Gorpinich, Bakhteev 2023.
/// </summary>
/// <remarks>
/// The authors' code multiplies the squares by σ² where the formula divides, with one σ for each pair: least at σ = 0, so that a σ that learns switches the term off. Its first
/// notebooks add the last pair to the loss only, so that λ does nothing there; it weighs cross-entropy by 1 − β. Its later λ sums to the number of places over the whole matrix instead of to
/// one in each column.
/// The sum over a place's entries, <see cref="Reduction.BatchMean"/>, is the formula: CHW times the mean, 3,600 times for 16 channels of 15×15, and it diverges at the rates of the mean.
/// A mean network between a map and a vector is a linear layer of all entries of the map, which may be larger than the student: 230 thousand numbers from 8×15×15 to 128.
/// </remarks>
public sealed class LayerAlignment(LayerAlignment.Options options) : ILinksLayers, IMetaparametric
{
    static readonly IReadOnlyList<string> everyLayer = ["stage*", "pooled"];

    /// <param name="Coefficients">Where λ comes from. Default: all alike.</param>
    /// <param name="To">The one place of the teacher for all-to-one: its name, or its number from 0.</param>
    /// <param name="Lambda">λ for given: a row for each place of the teacher, with a number for each place of the student, in [0, 1e9]. Columns are divided by their sums.</param>
    /// <param name="Variance">σ² at the start, in [0.001, 1000]. Default log 2: the authors' code.</param>
    /// <param name="Reduction">Whether the entries of a place are averaged, or summed as in the formula. Default averaged, so that every place counts alike.</param>
    /// <param name="StudentTaps">Places in the student, of maps or of vectors. Default: all stage ends, and the vector that the last layer reads.</param>
    /// <param name="TeacherTaps">Likewise in the teacher; shapes are free.</param>
    public sealed record Options(LayerCoefficients Coefficients = LayerCoefficients.Uniform, string? To = null, [property: Range(0, 1e9)] IReadOnlyList<IReadOnlyList<double>>? Lambda = null,
        [property: Range(0.001, 1000.0)] double Variance = 0.693147, Reduction Reduction = Reduction.ElementMean, IReadOnlyList<string>? StudentTaps = null, IReadOnlyList<string>? TeacherTaps = null)
        : IValidatableObject
    {
        /// <inheritdoc/>
        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (Coefficients == LayerCoefficients.AllToOne != To is not null) yield return new("'to' says which place all-to-one learns from, and nothing else: give both or neither", [nameof(To), nameof(Coefficients)]);
            if (Coefficients == LayerCoefficients.Given != Lambda is not null) yield return new("'lambda' holds the coefficients that are given: write both, 'coefficients: given' and 'lambda', or neither", [nameof(Lambda), nameof(Coefficients)]);
        }
    }

    /// <inheritdoc/>
    public bool MayBeNegative => true;

    /// <inheritdoc/>
    public IReadOnlyList<string> StudentTaps => options.StudentTaps ?? everyLayer;

    /// <inheritdoc/>
    public IReadOnlyList<string> TeacherTaps => options.TeacherTaps ?? everyLayer;

    /// <inheritdoc/>
    public Module MakeParts(in Setting setting)
    {
        if (options.Validate(new(options)).FirstOrDefault() is { ErrorMessage: var wrong }) throw new ArgumentException($"layer-alignment: {wrong}");
        var (own, taught, random) = (Places(setting.Student, StudentTaps), Places(setting.Teacher, TeacherTaps), setting.Random);
        var places = (taught.Select(place => place.Tap).ToList(), own.Select(place => place.Tap).ToList());
        var lambda = LambdaRows.Of(options, places, random);
        return new LayerLinks(places, lambda, (i, j) => new VidHead(LayerMean.Between(own[j].Signal, taught[i].Signal, random), taught[i].Signal.Size(1), options.Variance));
    }

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson)
    {
        // L links that are there
        var links = lesson.Parts<LayerLinks>();
        var (own, taught) = (Places(lesson.Student, StudentTaps), Places(lesson.Teacher, TeacherTaps));
        var surpriseL = Tensor.Stack([.. links.Heads.Select(link => VidHead.Reduced(link.Head.Surprise(own[link.Student].Signal, taught[link.Teacher].Signal), options.Reduction))]);
        return (links.LambdaL * surpriseL).Sum();
    }

    /// <inheritdoc/>
    public IReadOnlyList<LayerLink> Links(Module parts)
    {
        var links = (LayerLinks)parts;
        var values = links.LambdaTS.Detach().To(DType.Float64).ToArray<double>();
        return [.. from i in Enumerable.Range(0, links.Places.Teacher.Count) from j in Enumerable.Range(0, links.Places.Student.Count)
            select new LayerLink(links.Places.Teacher[i], links.Places.Student[j], values[(i * links.Places.Student.Count) + j])];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Metaparameter> Metaparameters(Module parts) => ((LayerLinks)parts).Logits is { } logits ? [new(logits)] : [];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> Readings(Module parts) =>
        new OrderedDictionary<string, double>(Links(parts).Select(link => KeyValuePair.Create($"{link.Teacher} → {link.Student}", link.Weight)), StringComparer.Ordinal);

    // A place that two names have counts once: the last stage of some networks is the vector that their last layer reads.
    static List<(string Tap, Tensor Signal)> Places(Signals network, IReadOnlyList<string> taps)
    {
        var places = MapPair.Places(network, taps).DistinctBy(place => place.Maps).ToList();
        return places.Find(place => place.Maps.Dim is not (2 or 4)) is { Maps: { } odd, Tap: var where }
            ? throw new ArgumentException($"layer-alignment reads maps [B, C, H, W] and vectors [B, C], and {network.Name} gives {odd.Describe()} at '{where}': name other places in student-taps or teacher-taps")
            : places;
    }
}
