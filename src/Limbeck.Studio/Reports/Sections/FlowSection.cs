using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Markup;

namespace Limbeck.Studio.Reports.Sections;

/// <summary>The flow matrices of teacher and student, before and after, as heat maps. Yim et al. 2017.</summary>
internal static class FlowSection
{
    // Shown at least this wide, enlarged by a whole factor: a pixel is an entry.
    const int Width = 128;

    // ColorBrewer's red and blue, which differ in lightness too.
    static readonly (byte Red, byte Green, byte Blue) positive = (178, 24, 43), zero = (247, 247, 247), negative = (33, 102, 172);

    public static Section? Of(RunResult run) => run.Flows.Count == 0 ? null : new("flows", "Flows", $"""
        <p class="note">G = F₁F₂ᵀ/HW of each section, F₁ its first maps and F₂ its last, mean over test images: entry (i, j) is how strongly channel i at the beginning and channel j at the end fire in the same places. White is 0, red positive, blue negative; the colour grows with the root of an entry, to the largest of a row.</p>
        {run.Flows.Select(Picture)}
        """);

    static Html Picture(FlowPicture flow) => $"""
        <h3>{flow.Stage}</h3>
        {flow.Sections.Select(section => Row(flow, section))}
        {Gaps(flow)}

        """;

    static Html Row(FlowPicture flow, FlowOfSection section) => $"""
        <p>{section.Name}, {section.Rows} × {section.Columns}, largest {Numbers.Significant(section.Largest)}</p>
        <ul class="gallery">
        {section.Matrices.Select(matrix => Map(flow, section, matrix))}</ul>

        """;

    static Html Map(FlowPicture flow, FlowOfSection section, FlowMatrix matrix)
    {
        var factor = (Width + section.Columns - 1) / section.Columns;
        return $"""
            <li><figure><img src="{Png.DataUri(Colours(matrix.Entries), 3, section.Rows, section.Columns)}" width="{factor * section.Columns}" height="{factor * section.Rows}" alt="Flow {section.Name} of {matrix.Of}, mean over {flow.Images} test images"/>
            <figcaption>{matrix.Of}</figcaption></figure></li>

            """;
    }

    static Html Gaps(FlowPicture flow) => Table.Of("Squared distance of each flow to the teacher’s, over the teacher’s squared length", flow.Sections,
        [new("section", section => $"{section.Name}"), .. flow.Sections[0].Matrices.Select((matrix, k) => new Column<FlowOfSection>(matrix.Of, section => $"{Numbers.Significant(section.Matrices[k].Gap)}"))]);

    // Channel by channel, as a PNG is written.
    static byte[] Colours(byte[] entries) =>
        [.. entries.Select(entry => Mix(entry, colour => colour.Red)), .. entries.Select(entry => Mix(entry, colour => colour.Green)), .. entries.Select(entry => Mix(entry, colour => colour.Blue))];

    static byte Mix(byte entry, Func<(byte Red, byte Green, byte Blue), byte> channel)
    {
        var strength = (entry - 128) / 127.0;
        var end = strength < 0 ? negative : positive;
        return (byte)Math.Round(channel(zero) + (Math.Abs(Math.Max(strength, -1)) * (channel(end) - channel(zero))));
    }
}
