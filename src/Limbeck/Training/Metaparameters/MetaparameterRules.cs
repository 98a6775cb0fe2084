using Limbeck.Objectives;
using Limbeck.Torch.Optim;

namespace Limbeck.Training.Metaparameters;

/// <summary>What must hold between metaparameters and the rest of a training.</summary>
static class MetaparameterRules
{
    /// <exception cref="FitException">Something does not.</exception>
    internal static void Check(FitJob job, TermParts parts)
    {
        var asking = job.Terms.Where((term, k) => term.Objective is IMetaparametric objective && objective.Metaparameters(parts[k]!).Count > 0).Select(term => term.Name).ToList();
        if (job.Options.Metaparameters is not { } options)
        {
            if (asking.Count > 0) throw new FitException($"{asking[0]} has metaparameters, and nothing says how they learn: set 'metaparameters', or choose options that fix them");
            return;
        }

        if (asking.Count == 0)
            throw new FitException("'metaparameters' says how metaparameters learn, and none of the objectives has any: leave it out, or let one learn, such as layer-alignment with 'coefficients: learned'");
        if (job.Data.HeldOut is null)
            throw new FitException("metaparameters learn from images held out of training, and there are none: hold some out with 'tuning' for them alone, or with 'validation'. They never see the test images");
        if (job.Options.AdaptiveWeights is not null) throw new FitException("adaptive weights and metaparameters would both weigh the losses: leave one of them out");
        if (options.Optimizer is DotOptions) throw new FitException("dot takes the gradients of two losses, and metaparameters have one: give them sgd or adam");
    }
}
