using Limbeck.Studio.Reports.Findings;
using Limbeck.Studio.Reports.Statistics;

namespace Limbeck.Studio.Reports;

/// <summary>The last stage of a path.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="Validation">Share of the validation images that it has right: what chooses.</param>
/// <param name="Test">Share of the test images: what is told.</param>
public sealed record PathEnd(string Stage, Spread? Validation, Spread? Test)
{
    internal static PathEnd? Of(PathNode? node) => node is null ? null : new(node.Name, node.Validation, node.Test);
}
