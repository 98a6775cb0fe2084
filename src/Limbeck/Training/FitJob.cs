using Limbeck.Data;
using Limbeck.Objectives;
using Limbeck.Torch.Nn;

namespace Limbeck.Training;

/// <summary>One training: who learns, from whom, what, and how.</summary>
/// <param name="Student">The network that learns. Its output is B×C logits.</param>
/// <param name="Teachers">The networks that it learns from. Empty to learn from labels alone.</param>
/// <param name="Terms">The summands of the loss. One that compares with one teacher, and names none of several, becomes one for each.</param>
/// <param name="Data">Images to learn from, to choose by and to report on.</param>
/// <param name="Options">How.</param>
public sealed record FitJob(Module Student, IReadOnlyList<Teacher> Teachers, IReadOnlyList<Term> Terms, DataSplit Data, FitOptions Options)
{
    /// <summary>A training with one teacher that knows all classes.</summary>
    public FitJob(Module student, Module teacher, IReadOnlyList<Term> terms, DataSplit data, FitOptions options)
        : this(student, [new Teacher(teacher)], terms, data, options)
    {
    }

    /// <summary>The summands of the loss, each with its teacher where there are several.</summary>
    public IReadOnlyList<Term> Terms { get; init; } = [.. Terms.SelectMany(term => ForEach(term, Teachers))];

    /// <summary>What logs call the terms: their kinds, with the teacher where there are several, numbered where that is there more than once.</summary>
    internal IReadOnlyList<string> TermNames => Numbered([.. Terms.Select(term => term.Teacher is { } teacher && Teachers.Count > 1 ? $"{term.Name}@{teacher}" : term.Name)]);

    /// <summary>Name of the stage in events.</summary>
    public string Stage { get; init; } = "training";

    /// <summary>Name of the student in events.</summary>
    public string Model { get; init; } = "network";

    /// <summary>Where to keep a checkpoint, and go on from if it is there; null for none.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Identifies what determines the result: a checkpoint of another key is refused.</summary>
    public string Key { get; init; } = "";

    /// <summary>Time between two checkpoints. Default half a minute: what one may lose.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Who is told of progress.</summary>
    public Action<TrainingEvent>? Tell { get; init; }

    /// <summary>Whether a teacher is asked about each training image once, for all epochs: where images are shown as they are, and its logits alone are read.</summary>
    public bool IsAskedOnce(Teacher teacher) => Options is { Epochs: > 1, Differentiable: null } && Options.Augmentation == Augmentation.None && IsHeard(teacher) && TapsOf(teacher).Length == 0;

    /// <summary>Whether a term compares with a teacher.</summary>
    internal static bool Reads(Term term, Teacher teacher) => term.Objective.NeedsTeacher && (term.Teacher is null || term.Teacher == teacher.Name);

    /// <summary>Whether any term does.</summary>
    internal bool IsHeard(Teacher teacher) => Terms.Any(term => Reads(term, teacher));

    /// <summary>The places inside a teacher that the terms read.</summary>
    internal string[] TapsOf(Teacher teacher) => [.. Terms.Where(term => Reads(term, teacher)).SelectMany(term => term.Objective.TeacherTaps)];

    static IEnumerable<Term> ForEach(Term term, IReadOnlyList<Teacher> teachers) => teachers.Count > 1 && term is { Teacher: null, Objective: { NeedsTeacher: true, TeachesTogether: false } }
        ? teachers.Select(teacher => term with { Teacher = teacher.Name })
        : [term];

    static IReadOnlyList<string> Numbered(IReadOnlyList<string> names) =>
        [.. names.Select((name, k) => names.Take(k).Count(earlier => earlier == name) is var before and > 0 ? $"{name}-{before + 1}" : name)];
}
