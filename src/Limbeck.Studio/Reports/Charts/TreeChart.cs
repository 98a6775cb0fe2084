using Limbeck.Studio.Reports.Markup;

namespace Limbeck.Studio.Reports.Charts;

/// <summary>A tree from left to right: a leaf a row, a box a node, halfway between the first and the last of what hangs on it.</summary>
/// <remarks>
/// A line leaves its box upwards or downwards and then runs along the row of the box that it leads to. Rows of different branches never meet, so that it crosses no
/// other box, however many columns it skips.
/// </remarks>
/// <param name="Title">Title with unit.</param>
/// <param name="Root">The tree.</param>
internal sealed record TreeChart(string Title, TreeNode Root)
{
    public const double BoxWidth = 104;
    public const double BoxHeight = 36;
    const double RowHeight = 46;
    const double ColumnWidth = 148;
    // From where a line leaves its box to where it lies in its row.
    const double Bend = 34;
    // Half of the thickest line lies outside of its box.
    const double Edge = 2;

    public Html Render()
    {
        var rows = new Dictionary<TreeNode, double>(ReferenceEqualityComparer.Instance);
        var leaves = 0;
        Arrange(Root);
        var width = (Root.All.Max(node => node.Column) * ColumnWidth) + BoxWidth + (2 * Edge);
        var height = ((leaves - 1) * RowHeight) + BoxHeight + (2 * Edge);
        // The chosen ones last, on top of the others.
        var links = Root.All.SelectMany(from => from.Next.Select(to => (from, to))).OrderBy(link => link.to.Look == TreeLook.Chosen);
        return $"""
            <figure class="chart tree">
            <figcaption>{Title}</figcaption>
            <div class="scroll" role="region" aria-label="{Title}" tabindex="0">
            <svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{Title}: {string.Join("; ", Root.All.Select(node => node.Hint))}">
            {links.Select(link => Link(link.from, link.to))}{Root.All.Select(Box)}
            </svg>
            </div>
            </figure>
            """;

        double Arrange(TreeNode node)
        {
            double[] next = [.. node.Next.Select(Arrange)];
            return rows[node] = next.Length == 0 ? leaves++ : (next[0] + next[^1]) / 2;
        }

        Html Link(TreeNode from, TreeNode to)
        {
            var (x, y, far) = (Left(from) + BoxWidth, Middle(from), Middle(to));
            return $"""
                <g class="{Class(to.Look)}"><path d="M{x} {y}C{x + (Bend / 2)} {y} {x + (Bend / 2)} {far} {x + Bend} {far}H{Left(to)}"/></g>

                """;
        }

        Html Box(TreeNode node)
        {
            var (x, y) = (Left(node), Middle(node));
            return $"""
                <g class="{Class(node.Look)}"><title>{node.Hint}</title><rect x="{x}" y="{y - (BoxHeight / 2)}" width="{BoxWidth}" height="{BoxHeight}" rx="5"/><text class="name" x="{x + (BoxWidth / 2)}" y="{y - 3}" text-anchor="middle">{node.Name}</text><text class="value" x="{x + (BoxWidth / 2)}" y="{y + 12}" text-anchor="middle">{node.Text}</text></g>

                """;
        }

        double Middle(TreeNode node) => Edge + (BoxHeight / 2) + (rows[node] * RowHeight);
    }

    static double Left(TreeNode node) => Edge + (node.Column * ColumnWidth);

    static string Class(TreeLook look) => look switch
    {
        TreeLook.Chosen => $"{Palette.Of(0)} chosen",
        TreeLook.Absent => "absent",
        _ => "plain",
    };
}
