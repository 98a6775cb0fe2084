namespace Limbeck.Studio.Reports.Charts;

/// <summary>How a box and the line to it are drawn. Each differs in its line, so that none is told by colour alone.</summary>
internal enum TreeLook
{
    /// <summary>A thin line.</summary>
    Plain,

    /// <summary>A thick line in colour.</summary>
    Chosen,

    /// <summary>Dashes.</summary>
    Absent,
}
