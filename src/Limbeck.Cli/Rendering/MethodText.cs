using Limbeck.Lab.Methods;
using Limbeck.Lab.Recipes;
using Limbeck.Studio.Reports.Markup;

namespace Limbeck.Cli.Rendering;

/// <summary>What terminal and documentation say alike of an objective, or a method of dataset distillation.</summary>
static class MethodText
{
    /// <summary>What an objective reads: <c>logits of both, stage* of both</c>.</summary>
    public static string Reads(MethodNeeds needs) => Reads(needs.Teacher, needs.StudentTaps, needs.TeacherTaps);

    /// <summary>What an objective reads, without anything measured.</summary>
    public static string Reads(bool teacher, IReadOnlyList<string> studentTaps, IReadOnlyList<string> teacherTaps)
    {
        var (own, taught) = (Places(studentTaps), Places(teacherTaps));
        return !teacher ? $"{own} of the student" : own == taught ? $"{own} of both" : $"{own} of the student, {taught} of the teacher";

        static string Places(IReadOnlyList<string> taps) => taps.Count == 0 ? "logits" : string.Join(", ", taps);
    }

    /// <summary>What it needs, a name and an amount each.</summary>
    public static IReadOnlyList<(string What, string Amount)> Needs(MethodNeeds needs) =>
    [
        ("reads", Reads(needs)),
        ("a teacher", needs.Together ? "several, measured with two" : needs.Teacher ? "yes" : "no"),
        ("maps read", needs.TappedBytes == 0 ? "none" : $"{Numbers.Memory(needs.TappedBytes)} for each image of a batch"),
        .. needs.Pretrained == 0 ? Array.Empty<(string, string)>() : [("trains beforehand", $"{Numbers.Count(needs.Pretrained)} parameters on the teacher alone, for {needs.PretrainingEpochs} epochs")],
        ("trains beside the student", needs.Parameters == 0 ? "nothing" : $"{Numbers.Count(needs.Parameters)} parameters"),
        .. needs.Metaparameters == 0 ? Array.Empty<(string, string)>() : [("learns from images held out", $"{Numbers.Count(needs.Metaparameters)} metaparameters")],
        ("remembers", Memory(needs)),
    ];

    /// <summary>What a method of dataset distillation needs beside real images and a kind of network, as a sentence without its end.</summary>
    public static string Needs(SynthesisMethod method) => (method.NeedsExperts, method.NeedsTeacher) switch
    {
        (true, _) => "Experts: networks that are trained on the real images first (experts: { count: …, epochs: … })",
        (_, true) => "A trained network (from: STAGE)",
        _ => "Nothing but real images",
    };

    /// <summary>An option's default as one writes it.</summary>
    public static string Default(OptionInfo option) => option.Default?.Trim('"') is not (null or "null") and var given ? given : Numbers.None;

    static string Memory(MethodNeeds needs) => needs.MemoryBytes == 0
        ? "nothing"
        : Numbers.Memory(needs.MemoryBytes) + (needs.MemoryBytesPerImage == 0 ? ", however many training images" : $", {Numbers.Memory(needs.MemoryBytesPerImage)} more with each training image");
}
