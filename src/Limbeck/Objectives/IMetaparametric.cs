using Limbeck.Torch.Nn;

namespace Limbeck.Objectives;

/// <summary>An objective that may have metaparameters.</summary>
public interface IMetaparametric : IObjective
{
    /// <summary>What is to learn from images held out. Empty where the options fix all.</summary>
    /// <param name="parts">What the objective made.</param>
    IReadOnlyList<Metaparameter> Metaparameters(Module parts);

    /// <summary>What logs and reports tell of them as they are now: names with numbers.</summary>
    /// <param name="parts">What the objective made.</param>
    IReadOnlyDictionary<string, double> Readings(Module parts);
}
