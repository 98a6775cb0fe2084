namespace Limbeck.Data.Distilled;

/// <summary>How other codes keep distilled images: files of <c>torch.save</c> with one tensor each, in a folder.</summary>
public enum SetLayout
{
    /// <summary>MTT and its successors: <c>images_best.pt</c> (N×C×H×W), <c>labels_best.pt</c> (N classes, or N×K logits as DATM has them), <c>lr_best.pt</c> of DATM (the step size).</summary>
    Mtt,

    /// <summary>DD-Ranking: <c>images.pt</c> (N×C×H×W, class by class), and where there are some <c>labels.pt</c>, <c>lr.pt</c>.</summary>
    DdRanking,
}
