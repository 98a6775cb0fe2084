using Limbeck.Lab.Runs;
using Limbeck.Studio.Reports.Findings;
using Limbeck.Studio.Reports.Markup;

namespace Limbeck.Studio.Reports.Sections;

/// <summary>The images that stages have synthesised, a line for each class.</summary>
internal static class ImagesSection
{
    public static Section? Of(RunResult run) => run.Sets.Count == 0 ? null : new("images", "Synthetic images", $"""
        <p class="note">A line for each class: {string.Join(", ", run.Sets.SelectMany(set => set.Labels).Distinct().Order().Select(run.ClassName))}. In the colours of the original images; what is darker than black or lighter than white is clipped. At most ten images of a class are shown.</p>
        {run.Sets.Select(Picture)}
        {SetTable.Of(run).Select(Worth)}
        {(run.Stages.Any(stage => stage.Images is not null) ? (Html)$"<p class=\"note\">{SetTable.Scores}</p>" : Html.Empty)}
        {SetTable.Missing(run).Select(why => (Html)$"<p class=\"note\">Not there of {why}</p>")}
        """);

    static Html Worth(SetTable table) => Table.Of(table.Caption, table.Rows, [.. table.Heads.Select((head, k) => new Column<IReadOnlyList<string>>(head, row => $"{row[k]}"))]);

    static Html Picture(SetPicture set) => $"""
        <figure><img src="{ImageSheet.DataUri(set)}" alt="{set.Images} synthetic images of {set.Stage}"/>
        <figcaption>{set.Stage}, seed {set.Seed}: {set.Method}, {Numbers.Plural(set.Images, "image")}{(set.Recognised is { } share ? $"; its teacher tells the class of {Numbers.Fixed(100 * share, 1)} % of them" : "")}</figcaption></figure>
        {(set.History.Count > 0 ? History(set) : Html.Empty)}

        """;

    // Side by side, a line for each class again; what is wider than the page is scrolled to.
    static Html History(SetPicture set) => $"""
        <h3>How the images of {set.Stage} came about</h3>
        <div class="scroll" role="region" aria-label="Images of {set.Stage} over the iterations" tabindex="0"><ol class="strip">
        {set.History.Select(frame => Frame(set, frame))}</ol></div>
        """;

    static Html Frame(SetPicture set, SetFrame frame) => $"""
        <li><figure><img src="{ImageSheet.DataUri(set, frame)}" alt="Images of {set.Stage} after {frame.Iteration} iterations"/>
        <figcaption>{(frame.Iteration == 0 ? "at first" : $"after {Numbers.Count(frame.Iteration)}")}</figcaption></figure></li>

        """;
}
