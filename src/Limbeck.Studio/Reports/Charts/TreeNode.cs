namespace Limbeck.Studio.Reports.Charts;

/// <summary>A box of a <see cref="TreeChart"/>.</summary>
/// <param name="Name">In it, above.</param>
/// <param name="Text">In it, below.</param>
/// <param name="Hint">Shown on hover, and read aloud.</param>
/// <param name="Column">Its column, from 0.</param>
/// <param name="Look">What is special about it.</param>
/// <param name="Next">What hangs on it, in columns further right.</param>
internal sealed record TreeNode(string Name, string Text, string Hint, int Column, TreeLook Look, IReadOnlyList<TreeNode> Next)
{
    /// <summary>It and all that hangs on it.</summary>
    public IEnumerable<TreeNode> All => Next.SelectMany(node => node.All).Prepend(this);
}
