using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>A loss of distillation: from what two networks say of a batch to one number. It has no state but its options; what it trains or remembers it makes as parts.</summary>
public interface IObjective
{
    /// <summary>Whether it reads the teacher. One that does not can train a network alone.</summary>
    bool NeedsTeacher => true;

    /// <summary>Whether it reads all teachers together, <see cref="Lesson.Teachers"/>. One that does not compares with one teacher: of several, with each in turn.</summary>
    bool TeachesTogether => false;

    /// <summary>Whether it can fall below 0, as minus the logarithm of a density does. Weights that are learned, <see cref="AdaptiveWeights"/>, have no optimum for such a loss.</summary>
    bool MayBeNegative => false;

    /// <summary>Places in the student that it reads: stage names, module paths, or a pattern such as <c>stage*</c> for all stages in their order.</summary>
    IReadOnlyList<string> StudentTaps => [];

    /// <summary>Places in the teacher that it reads, likewise.</summary>
    IReadOnlyList<string> TeacherTaps => [];

    /// <summary>Makes what it trains or remembers beside the student, such as connectors: trained with the student, saved in checkpoints, no part of the student.</summary>
    /// <returns>A module that the caller owns; null for an objective without parts.</returns>
    /// <exception cref="ArgumentException">The two networks do not fit the objective: the message names networks, taps and shapes, and what would work.</exception>
    Module? MakeParts(in Setting setting) => null;

    /// <summary>The loss, a mean over the batch, differentiable in the student's signals and in the parts.</summary>
    Tensor Loss(in Lesson lesson);
}
