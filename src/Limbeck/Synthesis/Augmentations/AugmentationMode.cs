namespace Limbeck.Synthesis.Augmentations;

/// <summary>How many of a strategy's names a draw applies.</summary>
public enum AugmentationMode
{
    /// <summary>One of them, each as likely as the others: "S" in the codes of DSA and MTT.</summary>
    Single,

    /// <summary>All of them, in the strategy's order: "M".</summary>
    All,
}
