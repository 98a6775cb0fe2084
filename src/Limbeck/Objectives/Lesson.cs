using Limbeck.Data;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>What an objective is told of one training step.</summary>
public readonly record struct Lesson
{
    readonly Module? parts;
    readonly Generator? random;

    /// <summary>Collects it.</summary>
    /// <param name="student">What the student says of the batch.</param>
    /// <param name="teacher">What the teacher says of it, outside of any graph. Empty where there is no teacher.</param>
    /// <param name="batch">Images and labels.</param>
    /// <param name="parts">What the objective made by <see cref="IObjective.MakeParts"/>.</param>
    /// <param name="random">Source of the objective's own draws; its state is saved in checkpoints.</param>
    public Lesson(Signals student, Signals teacher, Batch batch, Module? parts = null, Generator? random = null) =>
        (Student, Teachers, Batch, this.parts, this.random) = (student, teacher.Exist ? [teacher] : [], batch, parts, random);

    /// <summary>What the student says of the batch.</summary>
    public Signals Student { get; }

    /// <summary>What the teacher says of the batch, outside of any graph: the first, where there are several. Empty where there is none.</summary>
    public Signals Teacher => Teachers is [var first, ..] ? first : default;

    /// <summary>What each teacher says of the batch, for an objective that <see cref="IObjective.TeachesTogether"/>.</summary>
    public IReadOnlyList<Signals> Teachers { get; init; }

    /// <summary>Images, labels, and which samples they are.</summary>
    public Batch Batch { get; }

    /// <summary>Epochs done, in fractions.</summary>
    public double Epoch { get; init; }

    /// <summary>Source of the objective's own draws.</summary>
    /// <exception cref="InvalidOperationException">None was given.</exception>
    public Generator Random => random ?? throw new InvalidOperationException("this objective draws random numbers: give the lesson a generator");

    /// <summary>The networks and memories that the objective made for itself.</summary>
    /// <exception cref="InvalidOperationException">None were given, or another objective's.</exception>
    public T Parts<T>() where T : Module => parts as T
        ?? throw new InvalidOperationException($"this objective has parts of its own ({typeof(T).Name}): give the lesson what its MakeParts returns, got {parts?.GetType().Name ?? "none"}");

    /// <summary><c>var (student, teacher, batch) = lesson;</c></summary>
    public void Deconstruct(out Signals student, out Signals teacher, out Batch batch) => (student, teacher, batch) = (Student, Teacher, Batch);
}
