using System.Globalization;
using Limbeck.Torch.Nn;
using Limbeck.Torch.Tensors;

namespace Limbeck.Objectives;

/// <summary>Maps of the student beside maps of the teacher.</summary>
/// <param name="StudentTap">Where in the student.</param>
/// <param name="Student">B×C×H×W there.</param>
/// <param name="TeacherTap">Where in the teacher.</param>
/// <param name="Teacher">B×C×H×W there, channels and size its own.</param>
readonly record struct MapPair(string StudentTap, Tensor Student, string TeacherTap, Tensor Teacher)
{
    /// <summary>Every stage end: what an objective of several layers reads where nothing else is said.</summary>
    internal static readonly IReadOnlyList<string> Stages = ["stage*"];

    /// <summary>Every stage end, before its activation.</summary>
    internal static readonly IReadOnlyList<string> StagesBefore = ["stage*.pre"];

    /// <summary>What passed the taps, first with first. Where one network has more stages, its last ones count: places belong together from the logits on down.</summary>
    /// <exception cref="ArgumentException">A place gives no maps: the message names network, place and shape.</exception>
    internal static IReadOnlyList<MapPair> Of(Signals student, IReadOnlyList<string> studentTaps, Signals teacher, IReadOnlyList<string> teacherTaps) =>
        Paired(Maps(student, studentTaps), Maps(teacher, teacherTaps));

    /// <summary>Likewise, for an objective that takes vectors too.</summary>
    internal static IReadOnlyList<MapPair> OfMapsOrVectors(Signals student, IReadOnlyList<string> studentTaps, Signals teacher, IReadOnlyList<string> teacherTaps) =>
        Paired(Places(student, studentTaps), Places(teacher, teacherTaps));

    /// <summary>Both maps at the height and width of the smaller, by adaptive average pooling of the larger.</summary>
    internal MapPair AtCommonSize() => AtCommonSize(Functional.AdaptiveAvgPool2d);

    /// <summary>Both maps at the height and width of the smaller.</summary>
    /// <param name="pool">Brings maps to a height and width.</param>
    internal MapPair AtCommonSize(Func<Tensor, long[], Tensor> pool)
    {
        long[] size = [Math.Min(Student.Size(2), Teacher.Size(2)), Math.Min(Student.Size(3), Teacher.Size(3))];
        return this with { Student = At(Student), Teacher = At(Teacher) };

        Tensor At(Tensor maps) => maps.Size(2) == size[0] && maps.Size(3) == size[1] ? maps : pool(maps, size);
    }

    /// <summary>What to say where the two do not fit: both networks, both places, both shapes, and the way out.</summary>
    internal ArgumentException Misfit(string objective, Signals student, Signals teacher, string wayOut) =>
        new($"{objective} does not fit: {student.Name} gives {Student.Describe()} at '{StudentTap}', {teacher.Name} gives {Teacher.Describe()} at '{TeacherTap}'. {wayOut}");

    /// <summary>What passed the taps of one network, each with its name.</summary>
    /// <exception cref="ArgumentException">A place gives no maps: the message names network, place and shape.</exception>
    internal static IReadOnlyList<(string Tap, Tensor Maps)> Maps(Signals network, IReadOnlyList<string> taps)
    {
        var found = Places(network, taps);
        return found.FirstOrDefault(place => place.Maps.Dim != 4) is { Maps: { } flat, Tap: { } where }
            ? throw new ArgumentException($"maps [B, C, H, W] are compared, and {network.Name} gives {flat.Describe()} at '{where}': name places of maps only")
            : found;
    }

    /// <summary>What passed the taps of one network, maps or vectors, each with its name.</summary>
    internal static IReadOnlyList<(string Tap, Tensor Maps)> Places(Signals network, IReadOnlyList<string> taps) =>
        [.. taps.SelectMany(tap => network[[tap]].Select((maps, index) => (tap.Replace("*", (index + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), maps)))];

    static IReadOnlyList<MapPair> Paired(IReadOnlyList<(string Tap, Tensor Maps)> student, IReadOnlyList<(string Tap, Tensor Maps)> teacher)
    {
        var count = Math.Min(student.Count, teacher.Count);
        return [.. student.TakeLast(count).Zip(teacher.TakeLast(count), (own, taught) => new MapPair(own.Tap, own.Maps, taught.Tap, taught.Maps))];
    }
}
