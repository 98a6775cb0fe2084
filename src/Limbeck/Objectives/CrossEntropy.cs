using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>−log softmax(s)_y, mean over the batch: what a network trained alone minimises. Of images with soft labels l: −Σ_c softmax(l)_c log softmax(s)_c.</summary>
public sealed class CrossEntropy : IObjective
{
    /// <summary>It has no options.</summary>
    public sealed record Options;

    /// <summary>Makes the objective.</summary>
    public CrossEntropy(Options? options = null) => _ = options;

    /// <inheritdoc/>
    public bool NeedsTeacher => false;

    /// <inheritdoc/>
    public Tensor Loss(in Lesson lesson)
    {
        var (student, _, batch) = lesson;
        return batch.SoftLabels is { } softBC ? Divergence.CrossEntropy(softBC, student.Logits, temperature: 1).Mean() : Of(student.Logits, batch.Labels);
    }

    // B batch, C classes
    internal static Tensor Of(Tensor studentBC, Tensor labelsB) => -studentBC.LogSoftmax(1).Gather(1, labelsB.Unsqueeze(1)).Mean();
}
