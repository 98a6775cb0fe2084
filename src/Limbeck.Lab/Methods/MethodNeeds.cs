using Limbeck.Objectives;
using Limbeck.Torch.Autograd;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Lab.Methods;

/// <summary>What an objective needs beside a student and its training images.</summary>
/// <param name="Teacher">Whether it reads a teacher.</param>
/// <param name="StudentTaps">Places in the student that it reads beside the logits.</param>
/// <param name="TeacherTaps">Places in the teacher, likewise.</param>
/// <param name="Parameters">Numbers that it trains with the student, and that are no part of it.</param>
/// <param name="Pretrained">Numbers that learn from the teacher alone before the student starts, and stay as they are from then on.</param>
/// <param name="PretrainingEpochs">Epochs that this takes.</param>
/// <param name="MemoryBytes">What it keeps and does not train: buffers, frozen networks.</param>
/// <param name="MemoryBytesPerImage">How much of that each training image adds.</param>
/// <param name="TappedBytes">Size of what it reads at the taps of both networks, for each image of a batch, in float32.</param>
public sealed record MethodNeeds(
    bool Teacher, IReadOnlyList<string> StudentTaps, IReadOnlyList<string> TeacherTaps, long Parameters, long Pretrained, int PretrainingEpochs,
    long MemoryBytes, long MemoryBytesPerImage, long TappedBytes)
{
    /// <summary>Numbers that learn from images held out of training.</summary>
    public long Metaparameters { get; init; }

    // What most papers train with.
    const int Batch = 64;

    // The fewest that can be weighed against one another.
    const int Committee = 2;

    /// <summary>Whether it reads several teachers together; what it needs is then of two.</summary>
    public bool Together { get; init; }

    /// <summary>Measures it between two networks, by what the objective makes for their signals.</summary>
    /// <param name="objective">With the options that count.</param>
    /// <param name="student">Signals with its taps; their shapes decide the size of connectors.</param>
    /// <param name="teacher">Likewise.</param>
    /// <param name="images">Number of training images, even: what memories may grow with.</param>
    /// <exception cref="ArgumentException">The objective does not fit the networks.</exception>
    public static MethodNeeds Of(IObjective objective, Signals student, Signals teacher, int images)
    {
        using var off = Grad.Off();
        using var scope = new Scope();
        var classes = (int)student.Logits.Size(1);
        var teachers = Enumerable.Repeat(teacher, objective.TeachesTogether ? Committee : 1).ToList();
        var (trained, before, memory, meta) = Made(images);
        var (_, _, ofHalf, _) = Made(images / 2);
        var read = student[objective.StudentTaps].Distinct().Concat(teachers.SelectMany(one => one[objective.TeacherTaps].Distinct()));
        return new(objective.NeedsTeacher, objective.StudentTaps, objective.TeacherTaps, trained, before, before == 0 ? 0 : ((IPretrained)objective).PretrainingEpochs,
            memory, (memory - ofHalf) / (images / 2), read.Sum(tensor => Bytes(tensor) / tensor.Size(0))) { Together = objective.TeachesTogether, Metaparameters = meta };

        (long Trained, long Before, long KeptBytes, long Meta) Made(int samples)
        {
            using var random = new Generator(1);
            using var parts = objective.MakeParts(new Setting(student, teacher, samples, random) { Teachers = teachers, Labels = [.. Enumerable.Range(0, samples).Select(image => image % classes)], Batch = Batch });
            if (parts is null) return default;
            Parameter[] before = objective is IPretrained pretrained ? [.. pretrained.PretrainedParameters(parts)] : [];
            Parameter[] meta = objective is IMetaparametric learner ? [.. learner.Metaparameters(parts).Select(number => number.Value)] : [];
            Parameter[] learning = [.. parts.Parameters().Where(parameter => parameter.Trainable).Union(before)];
            var kept = parts.State().Sum(entry => Bytes(entry.Value)) - learning.Sum(parameter => Bytes(parameter.Value));
            return (Count(learning.Except(before).Except(meta)), Count(before), kept, Count(meta));
        }
    }

    static long Count(IEnumerable<Parameter> parameters) => parameters.Sum(parameter => parameter.Value.Count);

    static long Bytes(Tensor tensor) => tensor.Count * tensor.DType.Size();
}
