using Limbeck.Objectives;
using Limbeck.Studio.Reports.Markup;

namespace Limbeck.Studio.Reports.Charts;

/// <summary>Places of the teacher to the left, places of the student to the right, and lines between them as wide as their weights; the heavy ones carry their numbers.</summary>
/// <param name="Title">Title.</param>
/// <param name="Links">The weights; places stand in the order of their first link.</param>
internal sealed record LayerGraph(string Title, IReadOnlyList<LayerLink> Links)
{
    public const double Width = 460;
    public const double RowHeight = 46;
    public const double Left = 120;
    public const double Right = Width - 120;

    /// <summary>Width of a line of weight 1, or of the heaviest if that is more.</summary>
    public const double Widest = 16;

    const double Top = 34;
    // Numbers stand in a column for each place of the teacher, from here to there along the lines, where their lines are apart.
    const double FirstNumber = 0.35, LastNumber = 0.85;
    // Heavy is what exceeds the mean by a tenth; of few lines all are.
    const double Heavy = 1.1;
    const int FewLinks = 6;
    const int LongestName = 15;

    public Html Render()
    {
        if (Links.Count == 0)
            return Html.Empty;
        string[] teachers = [.. Links.Select(link => link.Teacher).Distinct(StringComparer.Ordinal)];
        string[] students = [.. Links.Select(link => link.Student).Distinct(StringComparer.Ordinal)];
        var rows = Math.Max(teachers.Length, students.Length);
        var unit = Widest / Math.Max(1, Links.Max(link => link.Weight));
        var least = Links.Count(link => link.Weight > 0) <= FewLinks ? 0 : Heavy * Links.Average(link => link.Weight);
        return $"""
            <figure class="chart">
            <figcaption>{Title}</figcaption>
            <svg viewBox="0 0 {Width} {Top + rows * RowHeight}" role="img" aria-label="{Describe()}">
            <g class="labels"><text x="{Left - 8}" y="16" text-anchor="end">teacher</text><text x="{Right + 8}" y="16">student</text></g>
            {Links.Where(link => link.Weight > 0).OrderBy(link => link.Weight).Select(link => Draw(link))}
            {teachers.Select((name, i) => Node(name, Left, Place(teachers, i, rows), "end", -8))}
            {students.Select((name, j) => Node(name, Right, Place(students, j, rows), "start", 8))}
            {Links.Where(link => link.Weight > least).Select(Number)}
            </svg>
            <details><summary>The numbers</summary>{Tabulate(teachers, students)}</details>
            </figure>
            """;

        (double From, double To) Ends(LayerLink link) => (Place(teachers, Array.IndexOf(teachers, link.Teacher), rows), Place(students, Array.IndexOf(students, link.Student), rows));

        Html Draw(LayerLink link)
        {
            var (from, to) = Ends(link);
            return $"""
                <g class="{Palette.Of(Array.IndexOf(teachers, link.Teacher))}"><line class="link" x1="{Left}" x2="{Right}" y1="{from:0.##}" y2="{to:0.##}" stroke-width="{unit * link.Weight:0.##}"><title>{link.Teacher} to {link.Student}: {Read(link.Weight)}</title></line></g>

                """;
        }

        Html Number(LayerLink link)
        {
            var (from, to) = Ends(link);
            var at = FirstNumber + (LastNumber - FirstNumber) * Array.IndexOf(teachers, link.Teacher) / Math.Max(1, teachers.Length - 1);
            return $"""<text class="halo" x="{Left + at * (Right - Left):0.##}" y="{from + at * (to - from) + 4:0.##}" text-anchor="middle">{Read(link.Weight)}</text>""";
        }
    }

    // The shorter column stands in the middle of the longer.
    static double Place(string[] column, int i, int rows) => Top + RowHeight * (i + 0.5 + (rows - column.Length) / 2.0);

    static Html Node(string name, double x, double y, string anchor, double apart)
    {
        var shown = name.Length <= LongestName ? name : name[..(LongestName - 1)] + "…";
        return $"""<g><title>{name}</title><circle class="node" cx="{x}" cy="{y:0.##}" r="4"/><text x="{x + apart}" y="{y + 4:0.##}" text-anchor="{anchor}">{shown}</text></g>""";
    }

    static string Read(double weight) => Numbers.Fixed(weight, 2);

    string Describe() => $"{Title}, from the heaviest: {string.Join("; ", Links.OrderByDescending(link => link.Weight).Take(12).Select(link => $"{link.Teacher} to {link.Student} {Read(link.Weight)}"))}";

    Html Tabulate(string[] teachers, string[] students) => Table.Of($"{Title}: teacher’s places in rows, student’s in columns", teachers,
        [new("teacher", teacher => $"{teacher}"), .. students.Select(student => new Column<string>(student, teacher => $"{Weight(teacher, student)}"))]);

    string Weight(string teacher, string student) => Links.FirstOrDefault(link => link.Teacher == teacher && link.Student == student) is { } link ? Numbers.Fixed(link.Weight, 3) : Numbers.None;
}
