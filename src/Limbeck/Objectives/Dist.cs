using System.ComponentModel.DataAnnotations;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>
/// T² [β (1 − mean ρ of rows) + γ (1 − mean ρ of columns)], ρ the correlation (Pearson's) between softmax(s/T) and softmax(t/T): a row says how one sample relates to the
/// classes, a column how one class relates to the samples of the batch. Huang et al. 2022, section 3.
/// </summary>
/// <remarks>A row or column that is all one number has no correlation and counts as ρ = 0, as in the authors' code: so columns add a constant T² γ to a batch of one.</remarks>
public sealed class Dist(Dist.Options options) : IObjective
{
    // The authors': a class that no sample of the batch shows has a column of about this length, and still a correlation.
    const double LeastNorm = 1e-8;

    /// <param name="Temperature">Softens both outputs, in [0.01, 100]. Default 1: the paper on ImageNet; 4 on CIFAR-100.</param>
    /// <param name="Beta">Weight of the relations between classes (rows), in [0, 1000]. Default 1: the authors' code, which weighs the sum by 2 beside cross-entropy.</param>
    /// <param name="Gamma">Weight of the relations between samples (columns), in [0, 1000]. Default 1: likewise.</param>
    public sealed record Options(
        [property: Range(0.01, 100)] double Temperature = 1,
        [property: Range(0.0, 1000.0)] double Beta = 1,
        [property: Range(0.0, 1000.0)] double Gamma = 1);

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson)
    {
        // B batch, C classes
        var (student, teacher, _) = lesson;
        var T = options.Temperature;
        var (studentBC, teacherBC) = ((student.Logits / T).Softmax(1), (teacher.Logits / T).Softmax(1));
        return T * T * ((options.Beta * Unlikeness(studentBC, teacherBC)) + (options.Gamma * Unlikeness(studentBC.Transpose(0, 1), teacherBC.Transpose(0, 1))));
    }

    static Tensor Unlikeness(Tensor leftRows, Tensor rightRows) => 1 - (Standard(leftRows) * Standard(rightRows)).Sum(1).Mean();

    static Tensor Standard(Tensor rows) => Pairwise.Directions(rows - rows.Mean(1, keepDim: true), LeastNorm);
}
